// The tools that a caller offers, and which of them it wants called.
import type { Extra, ToolChoice, ToolDefinition } from "../../../contract.ts";
import { definedOnly, type Fields, isObject, missing, openFields, wrongType } from "../../fields.ts";
import { schemaFromOpenApi } from "../schema.ts";

/** Throws `providers.bad_request`. Each of Google's own tools is one by itself, under its name. */
export function readTools(fields: Fields): ToolDefinition[] | undefined {
  // Google takes one tool for a list of one.
  const found = fields.peek("tools") === "object" ? fields.any("tools") : fields.list("tools");
  const tools: unknown[] | undefined = found === undefined || Array.isArray(found) ? found : [found];
  return tools?.flatMap((value, index) => {
    const tool = openFields(value, fields.at(`tools.${index}`), "a tool such as {functionDeclarations: [{name: '…'}]}");
    const functions = tool.list("functionDeclarations") ?? [];
    const declared = functions.map((each, place) => readFunction(each, tool.at(`functionDeclarations.${place}`)));
    const others = Object.entries(tool.rest() ?? {});
    return [...declared, ...others.map(([name, said]) => ({ name, server: true as const, extra: { [name]: said } }))];
  });
}

function readFunction(value: unknown, path: string): ToolDefinition {
  const fields = openFields(value, path, "an object with name and parameters");
  const name = fields.text("name");
  if (!name) throw missing(fields.at("name"), "the function's name");
  const openApi = fields.object("parameters");
  const schema = fields.any("parametersJsonSchema");
  if (schema !== undefined && !isObject(schema))
    throw wrongType(fields.at("parametersJsonSchema"), "a JSON schema", schema);
  return definedOnly<ToolDefinition>({
    name,
    description: fields.text("description"),
    parameters: schema ?? (openApi && (schemaFromOpenApi(openApi) as Extra)),
    extra: fields.rest(),
  });
}

export interface ReadChoice {
  tool_choice?: ToolChoice;
  /** What `toolConfig` says beyond that. */
  extra?: Extra;
}

/** Throws `providers.bad_request`. */
export function readToolChoice(fields: Fields): ReadChoice {
  const config = fields.object("toolConfig");
  if (config === undefined) return {};
  const { functionCallingConfig: calling = null, ...more } = config;
  if (calling !== null && !isObject(calling)) throw wrongType("toolConfig.functionCallingConfig", "an object", calling);
  const choice = calling === null ? undefined : readCalling(calling);
  const extra = { ...more, ...(calling !== null && !choice?.isWhole && { functionCallingConfig: calling }) };
  return {
    ...(choice && { tool_choice: choice.tool_choice }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

/** `isWhole` where it says all; else it is the nearest that others have. */
function readCalling(calling: Extra): { tool_choice: ToolChoice; isWhole: boolean } | undefined {
  const { mode, allowedFunctionNames: allowed, ...more } = calling;
  const names = Array.isArray(allowed) ? allowed.filter((each) => typeof each === "string") : [];
  const [name] = names;
  const isWhole = Object.keys(more).length === 0 && names.length === 0;
  if (mode === "NONE") return { tool_choice: "none", isWhole };
  if (mode === "AUTO") return { tool_choice: "auto", isWhole };
  if (mode !== "ANY") return undefined;
  if (name !== undefined && names.length === 1)
    return { tool_choice: { name }, isWhole: Object.keys(more).length === 0 };
  return { tool_choice: "required", isWhole };
}
