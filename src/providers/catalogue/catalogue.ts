// What models cost and what they can do, from data shipped with the program; no network. A model whose price is not
// known has none (null), never a price of zero: zero is for what is known to be free.
import { LRUCache } from "lru-cache";
import type { UsdMicros } from "../../kernel/index.ts";
import type { ProvidersConfig } from "../config.ts";
import type { Usage } from "../contract.ts";
import type { Abilities } from "../needs/shortfall.ts";
import type { Vendor } from "../vendors/index.ts";
import { factsOf, type GeneratedModel, modelData } from "./model-data.ts";
import { createPriceBook, LIBRARY_VERSION } from "./price-book.ts";
import { bracketFor, costOf } from "./price-rules.ts";
import { tierFactor } from "./tier-prices.ts";

/** As much of a vendor as prices and capabilities depend on. */
export type CataloguedVendor = Pick<Vendor, "name" | "kind" | "priceProvider" | "flatPrice">;

export interface Price {
  /** Integer micro-dollars; null when the model's price is not known. */
  usd_micros: UsdMicros | null;
  /** The table the price came from, such as `genai-prices@0.1.8`; null when there is none. */
  price_version: string | null;
}

export interface ModelDescription {
  /** At the smallest amount of input; null when not known. */
  input_usd_per_million: number | null;
  output_usd_per_million: number | null;
  context_tokens: number | null;
  output_tokens_max: number | null;
  /** `tools`, `reasoning`, `vision`, `audio`, `video`, `pdf`, as far as known; empty when nothing is known. */
  capabilities: string[];
}

export interface Catalogue {
  /** What a model can do; undefined when nothing is known of that. */
  abilities(vendor: CataloguedVendor, model: string): Abilities | undefined;
  price(vendor: CataloguedVendor, model: string, used: { usage: Usage; atMs: number }): Price;
  /** Undefined when nothing at all is known of the model. */
  describe(vendor: CataloguedVendor, model: string): ModelDescription | undefined;
  /** The names of a kind's chat models, sorted. */
  models(kind: string): readonly string[];
  /** The version of the price library's table. */
  readonly priceVersion: string;
}

export interface CatalogueDeps {
  /** Epoch milliseconds; some prices depend on the date or the hour. */
  nowMs(): number;
}

const UNPRICED: Price = { usd_micros: null, price_version: null };

export function createCatalogue(
  config: Pick<ProvidersConfig, "prices" | "price_rules_max"> & Partial<Pick<ProvidersConfig, "models">>,
  { nowMs }: CatalogueDeps,
): Catalogue {
  const prices = createPriceBook(config);
  const abilities = new LRUCache<string, { known: Abilities | undefined }>({ max: config.price_rules_max });

  function findAbilities({ name, kind }: CataloguedVendor, model: string): Abilities | undefined {
    const said = config.models?.[`${name}/${model}`];
    const facts = factsOf(kind, model);
    const context_tokens = said?.context_tokens ?? facts?.context ?? null;
    const capabilities = said?.capabilities ?? facts?.can?.split(" ") ?? [];
    const output_tokens_max = outputLimit(facts);
    if (context_tokens === null && output_tokens_max === null && capabilities.length === 0) return undefined;
    return { context_tokens, output_tokens_max, capabilities, isDeclared: said !== undefined };
  }

  return {
    priceVersion: LIBRARY_VERSION,
    abilities(vendor, model) {
      const key = `${vendor.name}/${model}`;
      const kept = abilities.get(key);
      if (kept) return kept.known;
      const known = findAbilities(vendor, model);
      abilities.set(key, { known });
      return known;
    },
    price(vendor, model, { usage, atMs }) {
      const rule = prices.ruleFor(vendor, model, atMs);
      // What an operator says that it costs, it costs in any tier.
      const times = prices.isOwn(vendor, model) ? 1 : tierFactor(vendor.kind, model, usage.service_tier);
      if (rule === null || times === undefined) return UNPRICED;
      return { usd_micros: costOf(rule, usage, times), price_version: rule.version };
    },
    describe(vendor, model) {
      const rule = prices.ruleFor(vendor, model, nowMs());
      const facts = factsOf(vendor.kind, model);
      const can = findAbilities(vendor, model);
      if (!rule && !facts && !can) return undefined;
      const bracket = rule && bracketFor(rule, 0);
      return {
        input_usd_per_million: bracket?.input ?? null,
        output_usd_per_million: bracket?.output ?? null,
        context_tokens: can?.context_tokens ?? null,
        output_tokens_max: outputLimit(facts),
        capabilities: [...(can?.capabilities ?? [])],
      };
    },
    models: (kind) => Object.entries(modelData.vendors[kind] ?? {}).flatMap(([id, model]) => (model ? [id] : [])),
  };
}

/** Some rows of the data promise more output than the whole context has room for. */
function outputLimit({ output, context }: GeneratedModel = {}): number | null {
  return output === undefined ? null : Math.min(output, context ?? output);
}
