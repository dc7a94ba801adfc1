// Tiers, lasting cache writes, pictures and searches of the web: examples worked out by hand from the vendors' price pages.
import { describe, expect, test } from "bun:test";
import type { Usage } from "../contract.ts";
import { createVendor, type VendorKindName } from "../vendors/index.ts";
import { createCatalogue } from "./catalogue.ts";

const atMs = Date.parse("2026-11-21T10:00:00Z");
const catalogue = createCatalogue({ prices: {}, price_rules_max: 100 }, { nowMs: () => atMs });

function cost(kind: VendorKindName, model: string, used: Partial<Usage>): number | null {
  const vendor = createVendor({ name: kind, kind, base_url: "http://v.example", found_by: "test", models: [] });
  const usage: Usage = { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0, ...used };
  return catalogue.price(vendor, model, { usage, atMs }).usd_micros;
}

const plain = { input: 10_000, output: 1000 };

describe("a tier's price", () => {
  test.each<[string, VendorKindName, string, string, number | null]>([
    // gpt-5: 1.25 in, 10 out a million: 10,000 × 1.25 + 1,000 × 10
    ["as usual", "openai", "gpt-5", "default", 22_500],
    // half of both
    ["flex", "openai", "gpt-5", "flex", 11_250],
    ["a batch", "openai", "gpt-5", "batch", 11_250],
    // 2.50 in, 20 out
    ["priority", "openai", "gpt-5", "priority", 45_000],
    // 3.50 in, 14 out
    ["priority", "openai", "gpt-4.1", "priority", 49_000],
    // 4.25 in, 17 out
    ["priority", "openai", "gpt-4o", "priority", 59_500],
    // 0.45 in, 3.60 out
    ["priority", "openai", "gpt-5-mini", "priority", 8100],
    // claude-sonnet-4-5: 1.50 in, 7.50 out
    ["a batch", "anthropic", "claude-sonnet-4-5", "batch", 22_500],
    // gemini-2.5-flash: 0.30 in, 2.50 out, half of both
    ["flex", "google", "gemini-2.5-flash", "flex", 2750],
    ["one that nobody lists", "google", "gemini-2.5-flash", "priority", null],
    ["one of a model that nobody lists", "openai", "gpt-4-turbo", "priority", null],
    ["one without meaning", "mistral", "mistral-large-latest", "turbo", null],
  ])("%s, at %s of %s in %s", (_, kind, model, service_tier, wanted) => {
    expect(cost(kind, model, { ...plain, service_tier })).toBe(wanted);
  });

  test("is not taken from what an operator said that it costs", () => {
    const prices = { "openai/gpt-5": { input_usd_per_million: 1, output_usd_per_million: 1 } };
    const own = createCatalogue({ prices, price_rules_max: 1 }, { nowMs: () => atMs });
    const vendor = createVendor({ name: "openai", kind: "openai", base_url: "http://v", found_by: "test", models: [] });
    const usage: Usage = { ...plain, cache_read: 0, cache_write: 0, reasoning: 0, service_tier: "priority" };
    expect(own.price(vendor, "gpt-5", { usage, atMs }).usd_micros).toBe(11_000);
  });
});

describe("what costs apart", () => {
  test("cache writes that last an hour, beside those of five minutes", () => {
    // claude-sonnet-4-5: 3 in, 3.75 written, 6 written for an hour, 0.30 read, 15 out
    const used = { input: 10_000, cache_read: 4000, cache_write: 3000, cache_write_1h: 1000, output: 100 };
    // 3,000 × 3 + 4,000 × 0.3 + 2,000 × 3.75 + 1,000 × 6 + 100 × 15
    expect(cost("anthropic", "claude-sonnet-4-5", used)).toBe(25_200);
  });

  test("pictures, drawn and looked at", () => {
    // gemini-2.5-flash-image: 0.30 in, 2.50 out, 30 for a picture's tokens: 100 × 0.3 + 10 × 2.5 + 1,290 × 30
    expect(cost("google", "gemini-2.5-flash-image", { input: 100, output: 1300, image_output: 1290 })).toBe(38_755);
    // gpt-image-1: 5 in, 10 for a picture's, 40 out: 50 × 5 + 194 × 10 + 272 × 40
    expect(cost("openai", "gpt-image-1", { input: 244, image_input: 194, output: 272 })).toBe(13_070);
  });

  test("searches of the web, at 10 dollars a thousand, in any tier", () => {
    const used = { ...plain, server_tools: { web_search: 2 } };
    expect(cost("anthropic", "claude-sonnet-4-5", used)).toBe(45_000 + 20_000);
    expect(cost("anthropic", "claude-sonnet-4-5", { ...used, service_tier: "batch" })).toBe(22_500 + 20_000);
  });
});
