// A tool as `{type: "function", function: {…}}`, in the dialects whose tools are functions and nothing else.
import type { ToolDefinition } from "../contract.ts";
import { definedOnly, missing, openFields } from "./fields.ts";

/** `strict` is said apart. Throws `providers.bad_request`. */
export function readFunctionTool(value: unknown, path: string, strict?: boolean): ToolDefinition {
  const tool = openFields(value, path, "a tool such as {type: 'function', function: {…}}");
  tool.text("type");
  const given = tool.any("function");
  if (given === undefined) throw missing(tool.at("function"), "an object with name, description and parameters");
  const inner = openFields(given, tool.at("function"), "an object with name, description and parameters");
  const definition = definedOnly<ToolDefinition>({
    name: inner.needed("name"),
    description: inner.text("description"),
    parameters: inner.object("parameters"),
    strict,
  });
  const more = inner.rest();
  const extra = { ...tool.rest(), ...(more && { function: more }) };
  return Object.keys(extra).length > 0 ? { ...definition, extra } : definition;
}
