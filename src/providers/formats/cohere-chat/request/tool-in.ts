// The tools that a caller offers, and whether one must be called. Strictness is said once for all of them.
import type { ChatRequest, ToolChoice } from "../../../contract.ts";
import { definedOnly, type Fields, wrongType } from "../../fields.ts";
import { readFunctionTool } from "../../function-tool.ts";

/** Throws `providers.bad_request`. */
export function readTools(fields: Fields): Pick<ChatRequest, "tools" | "tool_choice" | "extra"> {
  const strict = fields.flag("strict_tools");
  const tools = fields.list("tools")?.map((tool, index) => readFunctionTool(tool, `tools.${index}`, strict));
  const isUnsaid = strict !== undefined && !tools?.length;
  return definedOnly({
    tools,
    tool_choice: readChoice(fields),
    extra: isUnsaid ? { strict_tools: strict } : undefined,
  });
}

function readChoice(fields: Fields): ToolChoice | undefined {
  const choice = fields.any("tool_choice");
  if (choice === undefined) return undefined;
  if (choice === "REQUIRED") return "required";
  if (choice === "NONE") return "none";
  throw wrongType("tool_choice", "`REQUIRED` or `NONE`", choice);
}
