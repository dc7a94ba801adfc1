// Tools, and the choice among them, for a vendor.
import type { ChatRequest, Extra, ToolDefinition } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, type Writing } from "./block-out.ts";
import { writeCacheMark } from "./cache-marks.ts";

export interface WrittenTools {
  tools?: Extra[];
  tool_choice?: Extra;
}

export function writeTools(request: ChatRequest, writing: Writing): WrittenTools {
  const tools = request.tools?.flatMap((tool, index) => writeTool(tool, `tools.${index}`, writing));
  if (writing.isOwn) return definedOnly<WrittenTools>({ tools, tool_choice: writeChoice(request) });
  if (tools?.length) return definedOnly<WrittenTools>({ tools, tool_choice: writeChoice(request) });
  // Without tools there is nothing to choose, and Anthropic refuses the word.
  if (request.tool_choice !== undefined && request.tool_choice !== "none" && request.tool_choice !== "auto")
    writing.drop("tool_choice", "there are no tools to choose from");
  return {};
}

function writeTool(tool: ToolDefinition, path: string, writing: Writing): Extra[] {
  const { name, server, description, parameters, strict, cache, extra } = tool;
  const isForeign = !writing.isOwn && (server || (extra && "type" in extra));
  if (isForeign) {
    writing.drop(path, "it runs at another vendor");
    return [];
  }
  if (server) return [{ ...extra, ...writeCacheMark(cache) }];
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  return [
    definedOnly<Extra>({
      name,
      description,
      input_schema: writing.isOwn ? parameters : { type: "object", ...(parameters ?? { properties: {} }) },
      strict: writing.isOwn ? strict : strict || undefined,
      ...writeCacheMark(cache),
      ...(writing.isOwn && extra),
    }),
  ];
}

const CHOICES = { auto: "auto", required: "any", none: "none" } as const;

function writeChoice({ tool_choice: choice, parallel_tool_calls: parallel }: ChatRequest): Extra | undefined {
  const isOneByOne = parallel === false;
  if (choice === undefined) return isOneByOne ? { type: "auto", disable_parallel_tool_use: true } : undefined;
  const said = typeof choice === "object" ? { type: "tool", name: choice.name } : { type: CHOICES[choice] };
  return isOneByOne && choice !== "none" ? { ...said, disable_parallel_tool_use: true } : said;
}
