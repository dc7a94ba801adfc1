// One meaning for many spellings; the first lines are as vendors document or send them.
import { describe, expect, test } from "bun:test";
import type { Usage } from "../../contract.ts";
import { readUsage, writeUsage } from "./usage.ts";

type Counts = [input: number, output: number, cacheRead: number, cacheWrite: number, reasoning: number];

function counts(raw: object): Counts | undefined {
  const usage = readUsage({ usage: raw });
  return usage && [usage.input, usage.output, usage.cache_read, usage.cache_write, usage.reasoning];
}

describe("usage", () => {
  test.each<[string, object, Counts]>([
    [
      "OpenAI",
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 40 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      [100, 50, 40, 0, 20],
    ],
    [
      "DeepSeek",
      { prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6 },
      [10, 5, 4, 0, 0],
    ],
    [
      "OpenRouter with a cache write",
      { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 3 } },
      [10, 5, 2, 3, 0],
    ],
    [
      "Anthropic's names, cache apart from input",
      { input_tokens: 5, output_tokens: 7, cache_read_input_tokens: 90, cache_creation_input_tokens: 5 },
      [100, 7, 90, 5, 0],
    ],
    [
      "Anthropic's cache fields beside OpenAI's",
      { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107, cache_read_input_tokens: 90 },
      [100, 7, 90, 0, 0],
    ],
    [
      "a prompt count without its cache",
      { prompt_tokens: 10, completion_tokens: 7, total_tokens: 107, cache_read_input_tokens: 90 },
      [100, 7, 90, 0, 0],
    ],
    [
      "Gemini's compatible API, reasoning only in the total",
      { prompt_tokens: 35, completion_tokens: 12, total_tokens: 109 },
      [35, 74, 0, 0, 62],
    ],
    [
      "xAI, reasoning beside the output",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 45,
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      [10, 35, 0, 0, 30],
    ],
    [
      "a total that reasoning does not explain",
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 99, completion_tokens_details: { reasoning_tokens: 3 } },
      [10, 5, 0, 0, 3],
    ],
    [
      "Perplexity",
      { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60, reasoning_tokens: 8, citation_tokens: 900 },
      [10, 50, 0, 0, 8],
    ],
    ["input alone", { prompt_tokens: 10 }, [10, 0, 0, 0, 0]],
    [
      "parts larger than their whole",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        prompt_tokens_details: { cached_tokens: 99, cache_write_tokens: 9 },
        completion_tokens_details: { reasoning_tokens: 9 },
      },
      [10, 5, 10, 0, 5],
    ],
    ["counts below zero and fractions", { prompt_tokens: -4, completion_tokens: 2.4 }, [0, 2, 0, 0, 0]],
  ])("of %s", (_, raw, wanted) => {
    expect(counts(raw)).toEqual(wanted);
  });

  test("is undefined where nothing was counted, never zero", () => {
    for (const answer of [
      undefined,
      null,
      "x",
      {},
      { usage: null },
      { usage: {} },
      { usage: { prompt_tokens: "10" } },
      { usage: [] },
    ])
      expect(readUsage(answer)).toBeUndefined();
  });

  test("is found in Groq's own place, and the vendor's numbers stay beside", () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, queue_time: 0.1 };
    expect(readUsage({ x_groq: { usage } })).toMatchObject({ input: 1, output: 2, raw: usage });
  });

  test("written and read again is the same", () => {
    const usage: Usage = { input: 100, output: 50, cache_read: 30, cache_write: 20, reasoning: 10 };
    const { raw: _raw, ...again } = readUsage({ usage: writeUsage(usage) }) ?? {};
    expect(again as Usage).toEqual(usage);
  });
});
