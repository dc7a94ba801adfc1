// The tokens of a span, with all input in `input` and all output in `output`. Libraries differ in whether their input has the cache
// in it and their output the reasoning, and do not say; the numbers themselves do. This is where most wrong costs come from.
import type { SpanDialect, SpanTokens } from "../../../ledger/contract.ts";
import type { JsonValue } from "../../wire/wire-span.ts";
import type { Said } from "../names/said.ts";
import { type JsonObject, isObject, readCount, readObject } from "../names/read-value.ts";

export interface SaidTokens {
  input?: number | undefined;
  output?: number | undefined;
  total?: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite?: number | undefined;
  reasoning?: number | undefined;
  /** Known to count cache and reasoning beside input and output, where the numbers leave it open. */
  isBeside?: boolean;
}

// Parts alone are no count: they stay among the attributes.
const counted = ["tokens_input", "tokens_output", "tokens_total"] as const;

export function readTokens(said: Said, dialect: SpanDialect): SpanTokens | null {
  const details = said.take("usage_details", readObject);
  if (details) {
    const tokens = addUp(saidInDetails(details));
    if (tokens) return tokens;
  }
  if (!counted.some((field) => said.all(field).length > 0)) return null;
  return addUp({
    input: said.take("tokens_input", readCount),
    output: said.take("tokens_output", readCount),
    total: said.take("tokens_total", readCount),
    cacheRead: said.take("tokens_cache_read", readCount),
    cacheWrite: said.take("tokens_cache_write", readCount),
    reasoning: said.take("tokens_reasoning", readCount),
    // Claude Code logs what Anthropic's API answers, where the cache is always beside the input.
    isBeside: dialect === "claude_code",
  });
}

/** Null where nothing is said of tokens. */
export function addUp(said: SaidTokens): SpanTokens | null {
  const { total, cacheRead = 0, cacheWrite = 0, reasoning = 0 } = said;
  if (said.input === undefined && said.output === undefined && total === undefined) return null;
  let output = said.output ?? (said.input === undefined ? 0 : Math.max(0, (total ?? said.input) - said.input));
  let input = said.input ?? Math.max(0, (total ?? output) - output);
  const cached = cacheRead + cacheWrite;
  if (said.input !== undefined && isCacheBeside(said, { input, output, cached })) input += cached;
  if (reasoning > 0 && isReasoningBeside(said, { input, output, reasoning })) output += reasoning;
  return { input, output, cache_read: cacheRead, cache_write: cacheWrite, reasoning };
}

interface Counted {
  input: number;
  output: number;
  cached: number;
}

/** Whether the input that was said is without what was read from a cache and written to it. */
function isCacheBeside({ total, reasoning = 0, isBeside }: SaidTokens, { input, output, cached }: Counted): boolean {
  if (cached === 0) return false;
  // A part cannot be more than the whole.
  if (cached > input) return true;
  if (total === input + output || total === input + output + reasoning) return false;
  if (total === input + cached + output || total === input + cached + output + reasoning) return true;
  return isBeside === true;
}

function isReasoningBeside(
  { total, isBeside }: SaidTokens,
  { input, output, reasoning }: { input: number; output: number; reasoning: number },
): boolean {
  if (reasoning > output || total === input + output + reasoning) return true;
  return isBeside === true && total !== input + output;
}

/** Langfuse's `usage_details`: buckets side by side by its own rule, or what OpenAI's API answered. */
function saidInDetails(details: JsonObject): SaidTokens {
  const count = (...names: string[]): number | undefined => {
    for (const name of names) {
      const found = readCount(details[name] ?? null);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const inside = (name: string, key: string): number | undefined => readCount(keyOf(details[name], key));
  return {
    input: count("input", "prompt_tokens", "input_tokens", "promptTokens", "inputTokens"),
    output: count("output", "completion_tokens", "output_tokens", "completionTokens", "outputTokens"),
    total: count("total", "total_tokens", "totalTokens"),
    cacheRead:
      count("cache_read_input_tokens", "input_cached_tokens", "input_cache_read", "cache_read", "cachedInputTokens") ??
      inside("prompt_tokens_details", "cached_tokens") ??
      inside("input_tokens_details", "cached_tokens"),
    cacheWrite: count("cache_creation_input_tokens", "input_cache_creation", "input_cache_write", "cache_write"),
    reasoning:
      count("output_reasoning_tokens", "output_reasoning", "reasoning", "reasoningTokens") ??
      inside("completion_tokens_details", "reasoning_tokens") ??
      inside("output_tokens_details", "reasoning_tokens"),
    isBeside: details["prompt_tokens_details"] === undefined && details["input_tokens_details"] === undefined,
  };
}

function keyOf(value: JsonValue | undefined, key: string): JsonValue {
  return isObject(value) ? (value[key] ?? null) : null;
}
