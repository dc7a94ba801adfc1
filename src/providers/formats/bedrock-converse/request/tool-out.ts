// Tools, and the choice among them, for a vendor.
import type { ChatRequest, Extra, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, type Writing } from "./block-out.ts";
import { writeCachePoint } from "./cache-points.ts";

/** Undefined where there is nothing to say of tools. */
export function writeToolConfig(request: ChatRequest, writing: Writing): Extra | undefined {
  return writing.isOwn ? writeOwn(request, writing) : writeCarried(request, writing);
}

function writeOwn({ tools, tool_choice: choice, extra }: ChatRequest, writing: Writing): Extra | undefined {
  const config = definedOnly<Extra>({
    tools: tools?.flatMap((tool, index) => writeTool(tool, `tools.${index}`, writing)),
    toolChoice: choice === undefined ? undefined : writeChoice(choice),
    ...(extra?.["toolConfig"] as Extra | undefined),
  });
  return Object.keys(config).length > 0 ? config : undefined;
}

function writeCarried(request: ChatRequest, writing: Writing): Extra | undefined {
  const { tools = [], tool_choice: choice, messages } = request;
  const used = messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ name }) => name));
  // There is no word for it; but what is not offered is not called.
  if (choice === "none" && used.length === 0) return undefined;
  const written = tools.flatMap((tool, index) => writeTool(tool, `tools.${index}`, writing));
  if (choice === "none") writing.drop("tool_choice", "Bedrock has no word for `none` where tools were called before");
  if (written.length === 0) {
    if (choice !== undefined && choice !== "none" && choice !== "auto")
      writing.drop("tool_choice", "there are no tools to choose from");
    // A conversation that tells of calls is refused where it tells of no tools.
    return used.length > 0 ? { tools: [...new Set(used)].map(unknownTool) } : undefined;
  }
  return definedOnly<Extra>({ tools: written, toolChoice: choice === undefined ? undefined : writeChoice(choice) });
}

function unknownTool(name: string): Extra {
  return { toolSpec: { name, inputSchema: { json: { type: "object" } } } };
}

function writeTool(tool: ToolDefinition, path: string, writing: Writing): Extra[] {
  const { name, server, description, parameters, strict, cache, extra } = tool;
  const point = cache && (writing.isOwn || writing.canCache) ? [writeCachePoint(cache)] : [];
  if (cache && point.length === 0) writing.drop(`${path}.cache`, "this model keeps nothing");
  if (server && writing.isOwn) return [{ ...extra }, ...point];
  if (server || (!writing.isOwn && extra && "type" in extra)) {
    writing.drop(path, "it runs at another vendor");
    return [];
  }
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  const spec = definedOnly<Extra>({
    name,
    // An empty one is refused.
    description: writing.isOwn ? description : description || undefined,
    inputSchema: { json: writing.isOwn ? parameters : { type: "object", ...(parameters ?? { properties: {} }) } },
    strict: writing.isOwn ? strict : strict || undefined,
    ...(writing.isOwn && extra),
  });
  return [{ toolSpec: spec }, ...point];
}

function writeChoice(choice: ToolChoice): Extra | undefined {
  if (typeof choice === "object") return { tool: { name: choice.name } };
  if (choice === "none") return undefined;
  return choice === "auto" ? { auto: {} } : { any: {} };
}
