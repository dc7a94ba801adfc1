// Token counts, as each chat-completions vendor spells them, into one meaning: input holds cache reads and writes,
// output holds reasoning. The vendor's own numbers stay beside them.
import type { Extra, Usage } from "../../contract.ts";
import { isObject } from "../fields.ts";

/**
 * The usage that an answer, or an event of a stream, reports; undefined when it reports none. Reads `usage`, or
 * Groq's `x_groq.usage`. Counts that contradict each other are brought into bounds: parts never exceed their whole.
 */
export function readUsage(answer: unknown): Usage | undefined {
  const raw = usageOf(answer);
  if (raw === undefined) return undefined;
  const reported = count(raw, "prompt_tokens", "input_tokens");
  const completion = count(raw, "completion_tokens", "output_tokens");
  if (reported === undefined && completion === undefined) return undefined;
  const prompt = isObject(raw["prompt_tokens_details"]) ? raw["prompt_tokens_details"] : raw["input_tokens_details"];
  const spoken = raw["completion_tokens_details"] ?? raw["output_tokens_details"];
  const cacheRead =
    count(prompt, "cached_tokens") ??
    count(raw, "prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_tokens") ??
    0;
  const cacheWrite =
    count(prompt, "cache_write_tokens", "cache_creation_tokens") ?? count(raw, "cache_creation_input_tokens") ?? 0;
  const reasoning = count(spoken, "reasoning_tokens") ?? count(raw, "reasoning_tokens") ?? 0;
  const gap = (count(raw, "total_tokens") ?? 0) - (reported ?? 0) - (completion ?? 0);
  const isCacheApart = leavesCacheOut(raw, gap, cacheRead + cacheWrite);
  const input = (reported ?? 0) + (isCacheApart ? cacheRead + cacheWrite : 0);
  const unseen = isCacheApart ? 0 : unseenOutput(gap, reasoning);
  const output = (completion ?? 0) + unseen;
  const tier = readTier(answer);
  const cacheReadKept = Math.min(cacheRead, input);
  return {
    input,
    output,
    cache_read: cacheReadKept,
    cache_write: Math.min(cacheWrite, input - cacheReadKept),
    reasoning: Math.min(reasoning === 0 ? unseen : reasoning, output),
    ...picturesIn(prompt, spoken),
    ...(tier !== undefined && { service_tier: tier }),
    raw,
  };
}

/** Tokens of pictures, where they are told apart. */
function picturesIn(prompt: unknown, spoken: unknown): Pick<Usage, "image_input" | "image_output"> {
  const seen = count(prompt, "image_tokens") ?? 0;
  const drawn = count(spoken, "image_tokens") ?? 0;
  return { ...(seen > 0 && { image_input: seen }), ...(drawn > 0 && { image_output: drawn }) };
}

/** The tier that the vendor says it was served in; it stands beside the usage. */
export function readTier(answer: unknown): string | undefined {
  const tier = isObject(answer) ? answer["service_tier"] : undefined;
  return typeof tier === "string" && tier !== "" ? tier : undefined;
}

/** Usage in OpenAI's words, for callers. */
export function writeUsage(usage: Usage): Extra {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cache_read,
      ...(usage.cache_write > 0 && { cache_write_tokens: usage.cache_write }),
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning },
  };
}

// Anthropic's `input_tokens` leave the cache out, and so does a prompt count that falls short of the total by just that.
function leavesCacheOut(raw: Extra, gap: number, cache: number): boolean {
  return (raw["prompt_tokens"] === undefined && "cache_read_input_tokens" in raw) || (cache > 0 && gap === cache);
}

// xAI and Gemini's compatible API leave reasoning out of `completion_tokens`, but not out of the total nor of the bill.
// The gap counts as output only where it is just the reasoning reported, or where no reasoning was reported at all.
function unseenOutput(gap: number, reasoning: number): number {
  return gap > 0 && (reasoning === 0 || reasoning === gap) ? gap : 0;
}

function usageOf(answer: unknown): Extra | undefined {
  if (!isObject(answer)) return undefined;
  if (isObject(answer["usage"])) return answer["usage"];
  const groq = answer["x_groq"];
  return isObject(groq) && isObject(groq["usage"]) ? groq["usage"] : undefined;
}

/** The first of these names that holds a count: a finite number, never below zero, whole. */
function count(source: unknown, ...names: string[]): number | undefined {
  if (!isObject(source)) return undefined;
  for (const name of names) {
    const value = source[name];
    if (typeof value === "number" && Number.isFinite(value)) return Math.max(0, Math.round(value));
  }
  return undefined;
}
