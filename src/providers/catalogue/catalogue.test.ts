// Prices and capabilities: worked examples done by hand, agreement with the price library, and what must never be free.
import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../test/support/dice.ts";
import { calcPrice } from "@pydantic/genai-prices";
import type { Usage } from "../contract.ts";
import {
  createVendor,
  freePrice,
  type Vendor,
  type VendorKindName,
  vendorKind,
  vendorKindNames,
} from "../vendors/index.ts";
import { createCatalogue } from "./catalogue.ts";
import { modelData } from "./model-data.ts";

const at = (time: string): number => Date.parse(time);
const NOW = at("2026-11-21T10:00:00Z");

function catalogue(prices: Parameters<typeof createCatalogue>[0]["prices"] = {}, price_rules_max = 1000) {
  return createCatalogue({ prices, price_rules_max }, { nowMs: () => NOW });
}

function vendor(kind: VendorKindName, more: Partial<Vendor> = {}): Vendor {
  const made = createVendor({ name: kind, kind, base_url: "https://example.org/v1", found_by: "test", models: [] });
  return { ...made, ...more };
}

function usage(input: number, output: number, more: Partial<Usage> = {}): Usage {
  return { input, output, cache_read: 0, cache_write: 0, reasoning: 0, ...more };
}

const shipped = catalogue();
const openai = vendor("openai");

describe("what a call costs, worked out by hand from the vendor's prices a million tokens", () => {
  type Example = [string, VendorKindName, string, Usage, string, number];
  test.each<Example>([
    // gpt-4o-mini: 0.15 in, 0.075 cached, 0.60 out: 600 × 0.15 + 400 × 0.075 + 200 × 0.60 = 90 + 30 + 120
    ["cached input", "openai", "gpt-4o-mini", usage(1000, 200, { cache_read: 400 }), "2026-11-21T10:00:00Z", 240],
    // gpt-realtime: text 4 in, 16 out; sound 32 in, 64 out; 0.40 cached. 59 × 4 + 9 × 32 + 64 × 0.40 + 30 × 16 + 91 × 64
    [
      "sound beside text",
      "openai",
      "gpt-realtime",
      usage(132, 121, { cache_read: 64, audio_input: 13, audio_cache_read: 4, audio_output: 91 }),
      "2026-11-21T10:00:00Z",
      6854,
    ],
    // A dated name has the price of its model; reasoning is output: 1000 × 0.15 + 200 × 0.60
    [
      "a dated name",
      "openai",
      "gpt-4o-mini-2024-07-18",
      usage(1000, 200, { reasoning: 150 }),
      "2026-11-21T10:00:00Z",
      270,
    ],
    // gpt-5.4 up to 272,000 tokens: 2.50 in, 15 out: 271,999 × 2.5 + 100 × 15 = 679,997.5 + 1,500, half up
    ["the lower tier to its last token", "openai", "gpt-5.4", usage(271_999, 100), "2026-11-21T10:00:00Z", 681_498],
    // from there the whole call at 5 in, 0.50 cached, 22.50 out: 172,000 × 5 + 100,000 × 0.5 + 100 × 22.5
    [
      "the upper tier from its first",
      "openai",
      "gpt-5.4",
      usage(272_000, 100, { cache_read: 100_000 }),
      "2026-11-21T10:00:00Z",
      912_250,
    ],
    // o3: 10 and 40 until 2025-06-09, 2 and 8 from 2025-06-10
    ["the day before a new price", "openai", "o3", usage(1000, 1000), "2025-06-09T23:59:59.999Z", 50_000],
    ["the day of a new price", "openai", "o3", usage(1000, 1000), "2025-06-10T00:00:00Z", 10_000],
    // deepseek-chat: 0.27 and 1.10 from 00:30 to 16:30 UTC, half of that outside
    ["an hour at the full price", "deepseek", "deepseek-chat", usage(10_000, 1000), "2026-11-21T16:29:59Z", 3800],
    ["an hour at the lower price", "deepseek", "deepseek-chat", usage(10_000, 1000), "2026-11-21T16:30:00Z", 1900],
    // sonar: 1 in, 1 out, and 12 dollars a thousand calls: 500 + 500 + 12,000
    ["a price for the call itself", "perplexity", "sonar", usage(500, 500), "2026-11-21T10:00:00Z", 13_000],
    // sonar-deep-research: 2 in, 8 out, 3 for reasoning: 100 × 2 + 400 × 8 + 600 × 3
    [
      "a price of its own for reasoning",
      "perplexity",
      "sonar-deep-research",
      usage(100, 1000, { reasoning: 600 }),
      "2026-11-21T10:00:00Z",
      5200,
    ],
    // gpt-6-sol: 2 in, 2.50 written, 0.20 read, 10 out: 100 × 2 + 300 × 2.5 + 600 × 0.2 + 10 × 10
    [
      "cache writes and reads",
      "openai",
      "gpt-6-sol",
      usage(1000, 10, { cache_read: 600, cache_write: 300 }),
      "2026-11-21T10:00:00Z",
      1170,
    ],
    // less than half a micro-dollar: 3 × 0.05 + 0
    ["next to nothing", "openai", "gpt-5-nano", usage(3, 0), "2026-11-21T10:00:00Z", 0],
  ])("%s", (...[, kind, model, used, time, wanted]) => {
    expect(shipped.price(vendor(kind), model, { usage: used, atMs: at(time) })).toEqual({
      usd_micros: wanted,
      price_version: shipped.priceVersion,
    });
  });
});

describe("agreement with the price library", () => {
  const random = createRandom(3);
  const upTo = (max: number): number => Math.floor(random() * max);

  function randomUsage(): Usage {
    const input = upTo(random() < 0.5 ? 5000 : 400_000);
    const read = upTo(input + 1);
    const output = upTo(20_000);
    return { input, output, cache_read: read, cache_write: upTo(input - read + 1), reasoning: upTo(output + 1) };
  }

  function libraryMicros(kind: VendorKindName, model: string, { usage: used, atMs }: { usage: Usage; atMs: number }) {
    const counts = {
      input_tokens: used.input,
      output_tokens: used.output,
      cache_read_tokens: used.cache_read,
      cache_write_tokens: used.cache_write,
      output_reasoning_tokens: used.reasoning,
    };
    const providerId = vendorKind(kind).prices ?? "none";
    return (calcPrice(counts, model, { providerId, timestamp: new Date(atMs) })?.total_price ?? 0) * 1_000_000;
  }

  test.each(vendorKindNames.filter((kind) => vendorKind(kind).prices !== null))(
    "every priced model of %s costs the same, at any time and any amount",
    (kind) => {
      const all = vendor(kind);
      let priced = 0;
      for (const model of shipped.models(kind)) {
        for (let round = 0; round < 40; round += 1) {
          const used = { usage: randomUsage(), atMs: at("2025-01-01T00:00:00Z") + upTo(70_000_000_000) };
          const { usd_micros: micros, price_version: version } = shipped.price(all, model, used);
          if (micros === null || !version?.startsWith("genai-prices")) continue;
          priced += 1;
          const wanted = libraryMicros(kind, model, used);
          expect({ model, used, isSame: Math.abs(micros - wanted) <= 0.5000001 }).toEqual({
            model,
            used,
            isSame: true,
          });
        }
      }
      expect(priced).toBeGreaterThan(0);
    },
  );
});

describe("a model without a known price", () => {
  const unpriced = { usd_micros: null, price_version: null };
  const used = { usage: usage(1000, 1000), atMs: NOW };

  test("has none, which is not zero", () => {
    expect(shipped.price(openai, "gpt-99", used)).toEqual(unpriced);
    expect(shipped.price(vendor("openai-compatible"), "gpt-4o", used)).toEqual(unpriced);
    expect(shipped.price(vendor("vllm"), "llama", used)).toEqual(unpriced);
    expect(shipped.price(openai, "constructor", used)).toEqual(unpriced);
    expect(shipped.price(vendor("nebius"), "__proto__", used)).toEqual(unpriced);
  });

  test("has none where the library prices no output, such as speech", () => {
    for (const model of ["whisper-1", "omni-moderation-latest"])
      expect(shipped.price(openai, model, used)).toEqual(unpriced);
  });

  test("has one where it embeds, which puts out vectors and no tokens", () => {
    const embedded = { usage: usage(50_000, 0), atMs: NOW };
    expect(shipped.price(openai, "text-embedding-3-small", embedded).usd_micros).toBe(1000);
    expect(shipped.price(vendor("google"), "gemini-embedding-001", embedded).usd_micros).toBe(7500);
  });

  test("no model comes out free unless its name says so", () => {
    for (const kind of vendorKindNames)
      for (const model of shipped.models(kind))
        if (shipped.price(vendor(kind), model, used).usd_micros === 0) expect(model).toEndWith(":free");
  });
});

describe("prices from elsewhere", () => {
  const used = { usage: usage(1000, 100, { cache_read: 500 }), atMs: NOW };

  test("models.dev's, where the library has none", () => {
    // moonshotai/Kimi-K3 at Nebius: its own row of the generated data
    const [row] = modelData.vendors["nebius"]?.["moonshotai/Kimi-K3"]?.usd ?? [];
    const [input = 0, output = 0, cacheRead] = row ?? [];
    expect(shipped.price(vendor("nebius"), "moonshotai/Kimi-K3", used)).toEqual({
      usd_micros: Math.round(500 * input + 500 * (cacheRead ?? input) + 100 * output),
      price_version: `models.dev@${modelData.provenance.models.version}`,
    });
  });

  test("the config's come first, by the vendor's own name", () => {
    const prices = {
      "house/gpt-4o": { input_usd_per_million: 3, output_usd_per_million: 5, cache_read_usd_per_million: 1 },
    };
    const configured = catalogue(prices);
    const house = vendor("openai", { name: "house" });
    expect(configured.price(house, "gpt-4o", used)).toEqual({ usd_micros: 2500, price_version: "config" });
    expect(configured.price(openai, "gpt-4o", used).price_version).toBe(shipped.priceVersion);
    expect(configured.describe(house, "gpt-4o")).toMatchObject({ input_usd_per_million: 3, context_tokens: 128_000 });
  });

  test("a vendor known to be free costs zero, and is priced", () => {
    const local = vendor("vllm", { flatPrice: freePrice });
    expect(shipped.price(local, "anything", used)).toEqual({ usd_micros: 0, price_version: "free" });
    expect(shipped.describe(local, "anything")).toMatchObject({ input_usd_per_million: 0, context_tokens: null });
  });
});

describe("what models can do", () => {
  test("is told with limits and prices, for a dated name that is not listed as for the name without its date", () => {
    for (const model of ["gpt-4o-mini", "gpt-4o-mini-2024-07-18"])
      expect(shipped.describe(openai, model)).toEqual({
        input_usd_per_million: 0.15,
        output_usd_per_million: 0.6,
        context_tokens: 128_000,
        output_tokens_max: 16_384,
        capabilities: ["tools", "vision"],
      });
  });

  test("is empty, and the output has no limit, where only context and prices are known", () => {
    expect(shipped.describe(openai, "gpt-5.4")).toMatchObject({
      context_tokens: 1_050_000,
      output_tokens_max: null,
      capabilities: [],
    });
  });

  test("never promises more output than there is room for", () => {
    for (const kind of vendorKindNames)
      for (const model of shipped.models(kind)) {
        const { context_tokens: context, output_tokens_max: output } = shipped.describe(vendor(kind), model) ?? {};
        if (context && output) expect(output).toBeLessThanOrEqual(context);
      }
  });

  test("is undefined for a model that nothing is known of", () => {
    expect(shipped.describe(openai, "gpt-99")).toBeUndefined();
  });

  test("models are listed for chat only", () => {
    const names = shipped.models("openai");
    expect(names).toContain("gpt-4o-mini");
    expect(names.filter((name) => /embed|whisper|realtime/.test(name))).toEqual([]);
    expect(shipped.models("vllm")).toEqual([]);
  });
});

test("names that callers make up do not fill the memory", () => {
  const small = catalogue({}, 2);
  for (let n = 0; n < 1000; n += 1) small.price(openai, `made-up-${n}`, { usage: usage(1, 1), atMs: NOW });
  expect(small.price(openai, "gpt-4o-mini", { usage: usage(1000, 0), atMs: NOW }).usd_micros).toBe(150);
});
