// The tools that a caller offers, and whether one must be called. Strictness is said once for all of them.
import type { ChatRequest, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly, type Fields, missing, openFields, wrongType } from "../../fields.ts";

/** Throws `providers.bad_request`. */
export function readTools(fields: Fields): Pick<ChatRequest, "tools" | "tool_choice" | "extra"> {
  const strict = fields.flag("strict_tools");
  const tools = fields.list("tools")?.map((tool, index) => readTool(tool, `tools.${index}`, strict));
  const isUnsaid = strict !== undefined && !tools?.length;
  return definedOnly({
    tools,
    tool_choice: readChoice(fields),
    extra: isUnsaid ? { strict_tools: strict } : undefined,
  });
}

function readTool(value: unknown, path: string, strict: boolean | undefined): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {type: 'function', function: {…}}");
  tool.text("type");
  const given = tool.any("function");
  if (given === undefined) throw missing(tool.at("function"), "an object with name, description and parameters");
  const inner = openFields(given, tool.at("function"), "an object with name, description and parameters");
  const definition = definedOnly<ToolDefinition>({
    name: inner.needed("name"),
    description: inner.text("description"),
    parameters: inner.object("parameters"),
    strict,
  });
  const more = inner.rest();
  const extra = { ...tool.rest(), ...(more && { function: more }) };
  return Object.keys(extra).length > 0 ? { ...definition, extra } : definition;
}

function readChoice(fields: Fields): ToolChoice | undefined {
  const choice = fields.any("tool_choice");
  if (choice === undefined) return undefined;
  if (choice === "REQUIRED") return "required";
  if (choice === "NONE") return "none";
  throw wrongType("tool_choice", "`REQUIRED` or `NONE`", choice);
}
