// The tools that a caller offers, and which of them it wants called.
import type { Extra, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly, type Fields, missing, openFields, wrongType } from "../../fields.ts";
import { readCacheMark } from "./cache-marks.ts";

/** Throws `providers.bad_request`. A tool with a type of its own is one that Anthropic knows: described by the whole of it. */
export function readTool(value: unknown, path: string): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {name: '…', input_schema: {…}}");
  const type = tool.text("type") ?? "custom";
  const name = tool.text("name");
  const mark = readCacheMark(tool);
  if (type !== "custom") {
    const { cache_control: _, ...described } = value as Extra;
    return { name: name ?? type, server: true, ...mark, extra: { ...described, ...mark.extra } };
  }
  if (!name) throw missing(tool.at("name"), "the tool's name");
  const parameters = tool.object("input_schema");
  if (parameters === undefined) throw missing(tool.at("input_schema"), "a JSON schema of the tool's input");
  const definition = definedOnly<ToolDefinition>({
    name,
    description: tool.text("description"),
    parameters,
    strict: tool.flag("strict"),
    cache: mark.cache,
  });
  const extra = { ...tool.rest(), ...mark.extra };
  return Object.keys(extra).length > 0 ? { ...definition, extra } : definition;
}

export interface ReadChoice {
  tool_choice?: ToolChoice;
  parallel_tool_calls?: boolean;
  extra?: Extra;
}

const CHOICES = new Map<unknown, ToolChoice>([
  ["auto", "auto"],
  ["any", "required"],
  ["none", "none"],
]);

/** Throws `providers.bad_request`. */
export function readToolChoice(fields: Fields): ReadChoice {
  const choice = fields.object("tool_choice");
  if (choice === undefined) return {};
  const { type, name, disable_parallel_tool_use: disable = null, ...more } = choice;
  if (disable !== null && typeof disable !== "boolean")
    throw wrongType("tool_choice.disable_parallel_tool_use", "true or false", disable);
  const parallel = disable === null ? {} : { parallel_tool_calls: !disable };
  const known = CHOICES.get(type);
  if (known !== undefined && Object.keys(more).length === 0) return { tool_choice: known, ...parallel };
  if (type === "tool") {
    if (typeof name !== "string" || name === "") throw missing("tool_choice.name", "the name of one of `tools`");
    return { tool_choice: { name }, ...parallel };
  }
  if (typeof type !== "string") throw missing("tool_choice.type", "`auto`, `any`, `tool` or `none`");
  return { extra: { tool_choice: choice } };
}
