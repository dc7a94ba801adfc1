import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { readAttributes } from "../meaning.fixture.ts";
import { addUp, type SaidTokens } from "./read-tokens.ts";

describe("tokens, with all input in input and all output in output", () => {
  test.each<[string, SaidTokens, number[]]>([
    ["as they are, without a cache", { input: 100, output: 30 }, [100, 30, 0, 0, 0]],
    ["the cache within the input", { input: 100, output: 30, cacheRead: 40 }, [100, 30, 40, 0, 0]],
    [
      "the cache beside the input: it is more than that",
      { input: 10, output: 30, cacheRead: 40, cacheWrite: 5 },
      [55, 30, 40, 5, 0],
    ],
    [
      "the cache beside the input, as the total says",
      { input: 60, output: 30, cacheRead: 40, total: 130 },
      [100, 30, 40, 0, 0],
    ],
    [
      "the cache within the input, as the total says",
      { input: 60, output: 30, cacheRead: 40, total: 90, isBeside: true },
      [60, 30, 40, 0, 0],
    ],
    [
      "the cache beside the input, as its sender always counts",
      { input: 60, output: 30, cacheRead: 40, isBeside: true },
      [100, 30, 40, 0, 0],
    ],
    ["reasoning within the output", { input: 100, output: 30, reasoning: 10, total: 130 }, [100, 30, 0, 0, 10]],
    [
      "reasoning beside the output: it is more than that",
      { input: 100, output: 30, reasoning: 50 },
      [100, 80, 0, 0, 50],
    ],
    [
      "reasoning beside the output, as the total says",
      { input: 100, output: 30, reasoning: 10, total: 140 },
      [100, 40, 0, 0, 10],
    ],
    [
      "both beside, as the total says",
      { input: 60, output: 20, cacheRead: 40, reasoning: 10, total: 130 },
      [100, 30, 40, 0, 10],
    ],
    ["the output from the total", { input: 100, total: 130 }, [100, 30, 0, 0, 0]],
    ["the input from the total", { output: 30, total: 130 }, [100, 30, 0, 0, 0]],
    ["input alone, of embeddings", { input: 8 }, [8, 0, 0, 0, 0]],
  ])("%s", (_, said, [input, output, cache_read, cache_write, reasoning]) => {
    expect(addUp(said)).toEqual({ input, output, cache_read, cache_write, reasoning } as never);
  });

  test("are never fewer than their parts", () => {
    const count = fc.option(fc.nat(1_000_000), { nil: undefined });
    const said = fc.record({
      input: count,
      output: count,
      total: count,
      cacheRead: count,
      cacheWrite: count,
      reasoning: count,
    });
    fc.assert(
      fc.property(said, fc.boolean(), (counts, isBeside) => {
        const tokens = addUp({ ...counts, isBeside });
        if (!tokens || counts.input === undefined) return;
        expect(tokens.cache_read + tokens.cache_write).toBeLessThanOrEqual(tokens.input);
        expect(tokens.reasoning).toBeLessThanOrEqual(tokens.output);
      }),
    );
  });

  test("are none where nothing is said of them, and where what is said is no number of tokens", () => {
    expect(readAttributes({ "gen_ai.operation.name": "chat" }).record.tokens).toBeNull();
    for (const wrong of [-1, "many", Number.NaN, [], { a: 1 }, true, 1e300]) {
      const { record } = readAttributes({ "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": wrong });
      expect(record.tokens).toBeNull();
      expect(Object.keys(record.attributes)).toEqual(["gen_ai.usage.input_tokens"]);
    }
  });

  test("are read from texts, and from the next name where the first is wrong", () => {
    const { record } = readAttributes({
      "gen_ai.operation.name": "chat",
      "gen_ai.usage.input_tokens": "oops",
      "llm.token_count.prompt": "97",
    });
    expect(record.tokens).toMatchObject({ input: 97, output: 0 });
  });
});

describe("Langfuse's usage details", () => {
  const tokensOf = (details: object) =>
    readAttributes({
      "langfuse.observation.type": "generation",
      "langfuse.observation.usage_details": JSON.stringify(details),
    }).record.tokens;

  test("are buckets side by side", () => {
    const details = { input: 60, output: 20, cache_read_input_tokens: 40, output_reasoning_tokens: 10 };
    expect(tokensOf(details)).toEqual({ input: 100, output: 30, cache_read: 40, cache_write: 0, reasoning: 10 });
    expect(tokensOf({ ...details, total: 130 })).toMatchObject({ input: 100, output: 30 });
  });

  test("are what OpenAI answered, where they look like it", () => {
    const details = {
      prompt_tokens: 100,
      completion_tokens: 30,
      total_tokens: 130,
      prompt_tokens_details: { cached_tokens: 40 },
      completion_tokens_details: { reasoning_tokens: 10 },
    };
    expect(tokensOf(details)).toEqual({ input: 100, output: 30, cache_read: 40, cache_write: 0, reasoning: 10 });
  });
});

describe("cost", () => {
  const call = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 1000 };

  test("is what the span reports, before what it comes to by the price list", () => {
    expect(readAttributes({ ...call, "gen_ai.usage.cost": 0.0042 }).record.cost).toEqual({
      usd_micros: 4200,
      source: "reported",
      price_version: null,
    });
    expect(readAttributes({ ...call, "llm.cost.total": "0.5" }).record.cost?.usd_micros).toBe(500_000);
    const details = (value: object) =>
      readAttributes({ ...call, "langfuse.observation.cost_details": JSON.stringify(value) }).record.cost?.usd_micros;
    expect(details({ input: 0.001, output: 0.002, total: 0.003 })).toBe(3000);
    expect(details({ input: 0.001, output: 0.002 })).toBe(3000);
  });

  test("is worked out where the reported one cannot be", () => {
    for (const wrong of [-1, "free", 1e12, null])
      expect(readAttributes({ ...call, "gen_ai.usage.cost": wrong }).record.cost).toMatchObject({
        usd_micros: 1000,
        source: "computed",
      });
  });

  test("is null where the model has no price, which is not zero", () => {
    expect(readAttributes({ ...call, "gen_ai.request.model": "unknown-1" }).record.cost).toBeNull();
  });

  test("falls back to the model that was asked, where the one that answered has no price", () => {
    expect(readAttributes({ ...call, "gen_ai.response.model": "unknown-build-7" }).record.cost?.usd_micros).toBe(1000);
  });
});
