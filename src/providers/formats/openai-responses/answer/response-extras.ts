// What a response says beyond the canonical model. Most of it repeats the request or is OpenAI's bookkeeping: that goes under
// one name, `response`, since nobody of another dialect misses it. The rest stands under its own names.
import type { Extra } from "../../../contract.ts";
import { extraBeyond, isObject, without } from "../../fields.ts";

const CANONICAL = new Set(
  "id object created_at model status error incomplete_details output output_text usage".split(" "),
);

const REPEATED = new Set([
  ..."background instructions max_output_tokens max_tool_calls metadata parallel_tool_calls prompt reasoning".split(
    " ",
  ),
  ..."safety_identifier service_tier store temperature text tool_choice tools top_logprobs top_p truncation user".split(
    " ",
  ),
  ..."prompt_cache_key prompt_cache_retention prompt_cache_options frequency_penalty presence_penalty".split(" "),
  ..."billing completed_at previous_response_id tool_usage".split(" "),
]);

/** Undefined where there is nothing. `before` has what was said already. */
export function readExtras(response: Extra, before: Extra = {}): Extra | undefined {
  const extras: Extra = {};
  const repeated: Extra = {};
  for (const [name, value] of Object.entries(extraBeyond(response, CANONICAL) ?? {})) {
    if (JSON.stringify(before[name]) === JSON.stringify(value)) continue;
    (REPEATED.has(name) ? repeated : extras)[name] = value;
  }
  if (Object.keys(repeated).length > 0) extras["response"] = repeated;
  return Object.keys(extras).length > 0 ? extras : undefined;
}

/** The same as they stand in a response. */
export function writeExtras(extras: Extra): Extra {
  const { response } = extras;
  return isObject(response) ? { ...response, ...without(extras, ["response"]) } : extras;
}
