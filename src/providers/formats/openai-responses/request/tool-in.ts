// The tools that a caller offers, which of them it wants called, and the form of the answer that it asks for.
import type { Extra, ResponseFormat, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { withExtra } from "./part-in.ts";

/**
 * Throws `providers.bad_request`. A tool that takes text in a grammar (`custom`) is the caller's own; all others but functions
 * run at the vendor, or are the vendor's own way of asking the caller: each is described by the whole of it.
 */
export function readTool(value: unknown, path: string): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {type: 'function', name: '…', parameters: {…}}");
  const type = tool.text("type");
  if (type === undefined) throw missing(tool.at("type"), "for most tools `function`");
  if (type !== "function" && type !== "custom") return { name: type, server: true, extra: value as Extra };
  const name = tool.text("name");
  if (!name) throw missing(tool.at("name"), "the tool's name");
  const definition = definedOnly<ToolDefinition>({
    name,
    description: tool.text("description"),
    parameters: type === "function" ? tool.object("parameters") : undefined,
    strict: type === "function" ? tool.flag("strict") : undefined,
  });
  return withExtra(definition, { ...(type === "custom" && { type }), ...tool.rest() });
}

interface Read<T> {
  known?: T;
  extra?: Extra;
}

/** Throws `providers.bad_request`. */
export function readToolChoice(fields: Fields): Read<ToolChoice> {
  const choice = fields.any("tool_choice");
  if (choice === undefined) return {};
  if (choice === "auto" || choice === "none" || choice === "required") return { known: choice };
  if (!isObject(choice))
    throw wrongType("tool_choice", "`auto`, `none`, `required` or an object naming a tool", choice);
  if (choice["type"] !== "function") return { extra: { tool_choice: choice } };
  const name = openFields(choice, "tool_choice", "an object with a name").text("name");
  if (!name) throw missing("tool_choice.name", "the name of one of `tools`");
  return { known: { name } };
}

/** `text`: the format of the answer, and in `extra` whatever else it says, such as `verbosity`. Throws `providers.bad_request`. */
export function readTextOptions(fields: Fields): Read<ResponseFormat> {
  const text = fields.object("text");
  if (text === undefined) return {};
  const options = openFields(text, "text", "an object");
  const format = options.object("format");
  const known = format && readFormat(format);
  const rest = { ...options.rest(), ...(format && !known && { format }) };
  return definedOnly<Read<ResponseFormat>>({ known, extra: Object.keys(rest).length > 0 ? { text: rest } : undefined });
}

function readFormat(said: Extra): ResponseFormat | undefined {
  const format = openFields(said, "text.format", "an object");
  const type = format.text("type");
  if (type === "text") return { type };
  if (type === "json_object") return { type: "json" };
  if (type !== "json_schema") return undefined;
  const [name, schema] = [format.text("name"), format.object("schema")];
  if (!name) throw missing("text.format.name", "a name for the schema");
  if (schema === undefined) throw missing("text.format.schema", "a JSON schema");
  return definedOnly<Extract<ResponseFormat, { type: "json_schema" }>>({
    type: "json_schema",
    name,
    schema,
    strict: format.flag("strict"),
    description: format.text("description"),
  });
}
