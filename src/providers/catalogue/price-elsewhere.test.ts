import { describe, expect, test } from "bun:test";
import { createVendor } from "../vendors/index.ts";
import { createCatalogue } from "./catalogue.ts";
import { createPriceElsewhere } from "./price-elsewhere.ts";

const atMs = Date.parse("2026-11-21T10:00:00Z");
const catalogue = createCatalogue({ prices: {}, price_rules_max: 1000 }, { nowMs: () => atMs });
const priceElsewhere = createPriceElsewhere(catalogue);
const tokens = { input: 1000, output: 200, cache_read: 0, cache_write: 0, reasoning: 0 };
const house = createVendor({
  name: "house",
  kind: "openai-compatible",
  base_url: "http://127.0.0.1:1/v1",
  found_by: "test",
  models: [],
  flatPrice: { input_usd_per_million: 1, output_usd_per_million: 2, version: "config" },
});

function costOf(vendor: string | null, model: string): number | null {
  return priceElsewhere({ vendor, model, tokens, atMs }, (name) => (name === "house" ? house : undefined)).usd_micros;
}

describe("what a call cost that went to a vendor without us", () => {
  test("is what it would have cost through us", () => {
    expect(costOf("openai", "gpt-4o-mini")).toBe(270);
    expect(costOf("openai", "gpt-4o-mini-2024-07-18")).toBe(270);
    expect(costOf("anthropic", "claude-sonnet-4-5")).toBe(6000);
  });

  test("is the operator's own price where the vendor is one of ours, and where the model names it", () => {
    expect(costOf("house", "anything")).toBe(1400);
    expect(costOf("openai", "house/anything")).toBe(1400);
  });

  test("is its maker's price where the trace names no vendor", () => {
    expect(costOf(null, "gpt-4o-mini")).toBe(270);
    expect(costOf(null, "openai/gpt-4o-mini")).toBe(270);
    expect(costOf(null, "nobody-knows-it")).toBeNull();
  });

  test("is not known where a vendor is named that we do not know: who else serves a model asks what he likes", () => {
    expect(costOf("my-own-cluster", "gpt-4o-mini")).toBeNull();
    expect(costOf("vllm", "gpt-4o-mini")).toBeNull();
  });
});
