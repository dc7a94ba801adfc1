// Tools, and whether one must be called, for a vendor.
import type { ChatRequest, Extra, ToolDefinition } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { NO_WORD, type Writing } from "./content-out.ts";

export interface WrittenTools {
  tools?: Extra[];
  strict_tools?: boolean;
  tool_choice?: string;
}

export function writeTools(request: ChatRequest, writing: Writing): WrittenTools {
  const { tool_choice: choice } = request;
  const offered = (request.tools ?? []).map((tool, index) => ({ tool, path: `tools.${index}` }));
  const functions = writing.isOwn ? offered : offered.filter((each) => isSayable(each, writing));
  // Cohere can be made to call some tool, not a certain one: so it is offered no other.
  const named = typeof choice === "object" ? functions.filter(({ tool }) => tool.name === choice.name) : functions;
  const isForced = choice === "required" || typeof choice === "object";
  if (isForced && named.length === 0 && !writing.isOwn) writing.drop("tool_choice", "there is no such tool to choose");
  const kept = named.length > 0 ? named : functions;
  return definedOnly<WrittenTools>({
    tools: writing.isOwn ? request.tools && kept.map(({ tool }) => writeTool(tool, writing)) : toolsOf(kept, writing),
    strict_tools: writeStrict(kept, writing),
    tool_choice: writing.isOwn || named.length > 0 ? wordFor(choice) : undefined,
  });
}

function toolsOf(kept: Offered[], writing: Writing): Extra[] | undefined {
  return kept.length > 0 ? kept.map(({ tool }) => writeTool(tool, writing)) : undefined;
}

function wordFor(choice: ChatRequest["tool_choice"]): string | undefined {
  if (choice === undefined || choice === "auto") return undefined;
  return choice === "none" ? "NONE" : "REQUIRED";
}

interface Offered {
  tool: ToolDefinition;
  path: string;
}

function isSayable({ tool, path }: Offered, { drop }: Writing): boolean {
  const { server, extra } = tool;
  if (server || (extra && "type" in extra)) {
    drop(path, "it runs at another vendor");
    return false;
  }
  for (const key of Object.keys(extra ?? {})) drop(`${path}.${key}`, NO_WORD);
  return true;
}

/** One word for all tools: those that are not meant strictly need not fit Cohere's rules for it. */
function writeStrict(tools: Offered[], writing: Writing): boolean | undefined {
  const isStrict = tools.length > 0 && tools.every(({ tool }) => tool.strict === true);
  if (isStrict) return true;
  if (writing.isOwn) return tools[0]?.tool.strict;
  for (const { tool, path } of tools)
    if (tool.strict) writing.drop(`${path}.strict`, "Cohere holds all tools to their schemas or none");
  return undefined;
}

function writeTool({ name, description, parameters, extra }: ToolDefinition, { isOwn }: Writing): Extra {
  const { function: inner, ...more } = (isOwn ? extra : undefined) ?? {};
  const given = isOwn ? parameters : { type: "object", ...(parameters ?? { properties: {} }) };
  const said = definedOnly<Extra>({ name, description, parameters: given });
  return { type: "function", function: { ...said, ...(isObject(inner) && inner) }, ...more };
}
