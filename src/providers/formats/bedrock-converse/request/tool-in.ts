// The tools that a caller offers, and which of them it wants called.
import type { Extra, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields } from "../../fields.ts";
import { readCachePoint } from "./cache-points.ts";

export interface ReadTools {
  tools?: ToolDefinition[];
  tool_choice?: ToolChoice;
  /** What of `toolConfig` has no canonical word. */
  extra?: Extra;
}

/** Throws `providers.bad_request`. */
export function readToolConfig(fields: Fields): ReadTools {
  const config = fields.object("toolConfig");
  if (config === undefined) return {};
  const { tools: _, toolChoice, ...more } = config;
  const choice = readChoice(toolChoice);
  const extra = { ...more, ...(choice === undefined && isObject(toolChoice) && { toolChoice }) };
  return definedOnly<ReadTools>({
    tools: readTools(openFields(config, "toolConfig", "an object")),
    tool_choice: choice,
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  });
}

function readTools(config: Fields): ToolDefinition[] | undefined {
  const given = config.list("tools");
  if (given === undefined) return undefined;
  const tools: ToolDefinition[] = [];
  for (const [index, tool] of given.entries()) {
    const mark = readCachePoint(tool);
    const last = tools.at(-1);
    if (mark && last && !last.cache) last.cache = mark;
    else tools.push(readTool(tool, config.at(`tools.${index}`)));
  }
  return tools;
}

/** A tool that is no `toolSpec` is one that Bedrock knows: described by the whole of it. */
function readTool(value: unknown, path: string): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {toolSpec: {name: '…', inputSchema: {json: {…}}}}");
  const given = tool.object("toolSpec");
  if (given === undefined) return { name: nameOf(value as Extra), server: true, extra: value as Extra };
  const spec = openFields(given, tool.at("toolSpec"), "an object");
  const name = spec.text("name");
  if (!name) throw missing(spec.at("name"), "the tool's name");
  const { json, ...otherSchema } = spec.object("inputSchema") ?? {};
  if (!isObject(json)) throw missing(spec.at("inputSchema.json"), "a JSON schema of the tool's input");
  const definition = definedOnly<ToolDefinition>({
    name,
    description: spec.text("description"),
    parameters: json,
    strict: spec.flag("strict"),
  });
  const extra = { ...spec.rest(), ...tool.rest(), ...otherSchema };
  return Object.keys(extra).length > 0 ? { ...definition, extra } : definition;
}

function nameOf(tool: Extra): string {
  const { systemTool } = tool;
  const name = isObject(systemTool) ? systemTool["name"] : undefined;
  return typeof name === "string" ? name : (Object.keys(tool)[0] ?? "tool");
}

function readChoice(choice: unknown): ToolChoice | undefined {
  if (!isObject(choice) || Object.keys(choice).length !== 1) return undefined;
  if (isObject(choice["auto"])) return "auto";
  if (isObject(choice["any"])) return "required";
  const { tool } = choice;
  return isObject(tool) && typeof tool["name"] === "string" ? { name: tool["name"] } : undefined;
}
