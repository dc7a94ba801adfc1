// Whether an answer passes what a route states: pure checks of what it says. A judge is asked elsewhere.
import { isAppError } from "../../../kernel/index.ts";
import { type CallerRequest, readRequest } from "../../../providers/index.ts";
import type { ResponseFormat } from "../../../providers/contract.ts";
import type { DraftSpec } from "../../routing/language/compound.ts";
import { createJsonShape } from "../../shaping/validation/json-shape.ts";
import { leaveOutPatterns } from "../../shaping/validation/leave-out-patterns.ts";
import type { Said } from "../read-said.ts";

export type Checks = DraftSpec["accept"];

/** What every answer must be that nobody looks at twice. */
export const USUAL_CHECKS: Checks = { finish: "stop", no_refusal: true, valid_json: true };

/** Why it does not pass; undefined where it does. */
export function whyUnfit(said: Said, checks: Checks, request: CallerRequest): string | undefined {
  const { finish, text, toolCalls } = said;
  if (checks.finish === "stop" && finish !== "stop" && finish !== "tool_calls" && !isRefusal(said))
    return finish === undefined ? "it does not say how it ended" : `it ended with ${finish}`;
  if (checks.no_refusal && isRefusal(said)) return "it refuses";
  if (text.trim() === "" && toolCalls.length === 0) return "it says nothing";
  if (checks.valid_json && toolCalls.length === 0) {
    const why = whyNoJson(text, formatOf(request));
    if (why !== undefined) return why;
  }
  return checks.min_mean_logprob === undefined ? undefined : whyUnsure(said.logprobs, checks.min_mean_logprob);
}

/** How models begin that will not, in English; what a vendor itself calls a refusal is told apart from it. */
const REFUSES =
  /^\W*(?:(?:i['’]m|i am) (?:very |so |really )?(?:sorry|afraid)\b.{0,40}\b(?:can(?:['’]t|not)|unable|not able)|(?:sorry|unfortunately),? (?:but )?i (?:can(?:['’]t|not)|am unable)|i (?:can(?:['’]t|not)|am unable to|won['’]t) (?:help|assist|answer|provide|do that|comply)|as an ai\b)/i;

function isRefusal({ refusal, finish, text }: Said): boolean {
  return refusal !== "" || finish === "refusal" || finish === "content_filter" || REFUSES.test(text.slice(0, 200));
}

function formatOf(request: CallerRequest): ResponseFormat | undefined {
  try {
    return readRequest(request).response_format;
  } catch {
    return undefined;
  }
}

function whyNoJson(text: string, format: ResponseFormat | undefined): string | undefined {
  if (!format || format.type === "text") return undefined;
  const why = problemIn(text, format.type === "json_schema" ? format.schema : {});
  return why === undefined ? undefined : `it is not the JSON that was asked for: ${why}`;
}

function problemIn(text: string, schema: Record<string, unknown>): string | undefined {
  try {
    return createJsonShape(leaveOutPatterns(schema)).problemIn(text);
  } catch (error) {
    // By a schema that does not hold nothing can be accepted; the last tier's answer is given unchecked.
    if (isAppError(error)) return error.message;
    throw error;
  }
}

function whyUnsure(logprobs: readonly number[], least: number): string | undefined {
  if (logprobs.length === 0) return "it came without log probabilities";
  const mean = logprobs.reduce((sum, each) => sum + each, 0) / logprobs.length;
  return mean >= least ? undefined : `the mean of its log probabilities is ${mean.toFixed(3)}, below ${least}`;
}
