// Token counts, both directions. Cohere counts the tokens that it worked with, its own preamble included, and beside them those
// that it bills. The first are what counts here; both are kept in `raw`. Of thinking it says nothing apart.
import type { Extra, Usage } from "../../contract.ts";
import { isObject, readCount } from "../fields.ts";

/** Undefined for what counts nothing. */
export function readUsage(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const input = countOf(raw, "input_tokens");
  const output = countOf(raw, "output_tokens");
  if (input === undefined && output === undefined) return undefined;
  return {
    input: input ?? 0,
    output: output ?? 0,
    cache_read: Math.min(readCount(raw["cached_tokens"]) ?? 0, input ?? 0),
    cache_write: 0,
    reasoning: 0,
    raw,
  };
}

function countOf({ tokens, billed_units: billed }: Extra, name: string): number | undefined {
  const counted = isObject(tokens) ? readCount(tokens[name]) : undefined;
  return counted ?? (isObject(billed) ? readCount(billed[name]) : undefined);
}

/** Usage in Cohere's words, for callers. What another vendor counted is billed as it was counted. */
export function writeUsage({ input, output, cache_read: read, raw }: Usage): Extra {
  const tokens = { input_tokens: input, output_tokens: output };
  const billed = raw?.["billed_units"];
  const isCohere = isObject(billed);
  return {
    billed_units: isCohere ? billed : tokens,
    // Where only the billed were told, so it stays.
    ...((!isCohere || isObject(raw?.["tokens"])) && { tokens }),
    ...((read > 0 || raw?.["cached_tokens"] !== undefined) && { cached_tokens: read }),
  };
}
