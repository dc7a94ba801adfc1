// The tools that are offered. Ollama cannot be told that one must be called, nor held to a schema.
import type { ChatRequest, Extra, ToolDefinition } from "../../../contract.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { NO_WORD, type Writing } from "./writing.ts";

/** Undefined where there are none, or none may be called. */
export function writeTools(request: ChatRequest, writing: Writing): Extra[] | undefined {
  const { tools, tool_choice: choice } = request;
  if (writing.isOwn) return tools?.map((tool) => writeTool(tool, writing));
  const functions = (tools ?? []).filter((tool, index) => isSayable(tool, `tools.${index}`, writing));
  if (choice === "none") return undefined;
  const named = typeof choice === "object" ? functions.filter(({ name }) => name === choice.name) : functions;
  if (choice === "required" || typeof choice === "object")
    writing.drop("tool_choice", "Ollama cannot be made to call a tool, only be offered no other");
  const offered = named.length > 0 ? named : functions;
  return offered.length > 0 ? offered.map((tool) => writeTool(tool, writing)) : undefined;
}

function isSayable({ server, strict, extra }: ToolDefinition, path: string, { drop }: Writing): boolean {
  if (server || (extra && "type" in extra)) {
    drop(path, "it runs at another vendor");
    return false;
  }
  if (strict) drop(`${path}.strict`, "Ollama holds no call to its schema");
  for (const key of Object.keys(extra ?? {})) drop(`${path}.${key}`, NO_WORD);
  return true;
}

function writeTool({ name, description, parameters, extra }: ToolDefinition, { isOwn }: Writing): Extra {
  const { function: inner, ...more } = (isOwn ? extra : undefined) ?? {};
  const given = isOwn ? parameters : { type: "object", ...(parameters ?? { properties: {} }) };
  const said = definedOnly<Extra>({ name, description, parameters: given });
  return { type: "function", function: { ...said, ...(isObject(inner) && inner) }, ...more };
}
