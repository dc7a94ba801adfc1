// Tools, and the choice among them, for a vendor. Schemas go as JSON schema, in which nothing of them is lost.
import type { ChatRequest, Extra, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, type Writing } from "./part-out.ts";

export interface WrittenTools {
  tools?: Extra[];
  toolConfig?: Extra;
}

export function writeTools(request: ChatRequest, writing: Writing): WrittenTools {
  const { tools = [], tool_choice: choice } = request;
  const written: Extra[] = [];
  let functions: Extra[] | undefined;
  for (const [index, tool] of tools.entries()) {
    const path = `tools.${index}`;
    if (tool.server) {
      if (writing.isOwn) written.push(tool.extra ?? {});
      else writing.drop(path, "it runs at another vendor");
      continue;
    }
    if (!functions) written.push({ functionDeclarations: (functions = []) });
    functions.push(writeFunction(tool, path, writing));
  }
  const toolConfig = writeConfig(request, functions !== undefined, writing);
  if (!functions && choice !== undefined && choice !== "none" && choice !== "auto" && !writing.isOwn)
    writing.drop("tool_choice", "there are no tools to choose from");
  return { ...(written.length > 0 && { tools: written }), ...(toolConfig && { toolConfig }) };
}

function writeFunction(tool: ToolDefinition, path: string, writing: Writing): Extra {
  const { name, description, parameters, strict, cache, extra } = tool;
  if (strict) writing.drop(`${path}.strict`, NO_WORD);
  if (cache) writing.drop(`${path}.cache`, "Gemini keeps what it saw by itself");
  if (!writing.isOwn) for (const key of Object.keys(extra ?? {})) writing.drop(`${path}.${key}`, NO_WORD);
  return definedOnly<Extra>({ name, description, parametersJsonSchema: parameters, ...(writing.isOwn && extra) });
}

const MODES = { auto: "AUTO", required: "ANY", none: "NONE" } as const;

function writeConfig(
  { tool_choice: choice, extra }: ChatRequest,
  hasFunctions: boolean,
  writing: Writing,
): Extra | undefined {
  const own = writing.isOwn ? (extra?.["toolConfig"] as Extra | undefined) : undefined;
  const said =
    choice !== undefined && (hasFunctions || writing.isOwn) ? { functionCallingConfig: writeChoice(choice) } : {};
  const config = { ...said, ...own };
  return Object.keys(config).length > 0 ? config : undefined;
}

function writeChoice(choice: ToolChoice): Extra {
  return typeof choice === "object" ? { mode: "ANY", allowedFunctionNames: [choice.name] } : { mode: MODES[choice] };
}
