// Tools, the choice among them, and the form of the answer, for a vendor.
import type { ChatRequest, Extra, ResponseFormat, ToolDefinition } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, type Writing } from "./part-out.ts";

export interface WrittenTools {
  tools?: Extra[];
  tool_choice?: unknown;
  parallel_tool_calls?: boolean;
}

export function writeTools(request: ChatRequest, writing: Writing): WrittenTools {
  const tools = request.tools?.flatMap((tool, index) => writeTool(tool, `tools.${index}`, writing));
  const { tool_choice: choice, parallel_tool_calls: parallel } = request;
  const said = typeof choice === "object" ? { type: "function", name: choice.name } : choice;
  if (writing.isOwn || tools?.length)
    return definedOnly<WrittenTools>({ tools, tool_choice: said, parallel_tool_calls: parallel });
  // Without tools there is nothing to choose.
  if (choice !== undefined && choice !== "none" && choice !== "auto")
    writing.drop("tool_choice", "there are no tools to choose from");
  return {};
}

function writeTool(tool: ToolDefinition, path: string, writing: Writing): Extra[] {
  const { name, server, description, parameters, strict, extra } = tool;
  if (writing.isOwn && server) return [{ ...extra }];
  if (writing.isOwn) return [definedOnly<Extra>({ type: "function", name, description, parameters, strict, ...extra })];
  if (server || (extra && "type" in extra)) {
    writing.drop(path, "it is of a kind that only its own vendor knows");
    return [];
  }
  for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  // Who is silent about it means `false` in every other dialect; here it would mean `true` where the schema allows it.
  const written = { type: "function", name, description, parameters: schemaOf(parameters), strict: strict ?? false };
  return [definedOnly<Extra>(written)];
}

function schemaOf(parameters: Extra | undefined): Extra {
  return { type: "object", ...(parameters ?? { properties: {} }) };
}

export function writeFormat(format: ResponseFormat | undefined): Extra | undefined {
  return format?.type === "json" ? { type: "json_object" } : format && { ...format };
}
