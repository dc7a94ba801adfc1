// Which rule a model is priced by: the operator's own, then the price library's, then models.dev's. Rules are kept at hand.
import { LRUCache } from "lru-cache";
import type { ProvidersConfig } from "../config.ts";
import type { Vendor } from "../vendors/index.ts";
import { factsOf, modelData } from "./model-data.ts";
import { flatRule, generatedRule, libraryRule, type PriceRule } from "./price-rules.ts";

type PricedVendor = Pick<Vendor, "name" | "kind" | "priceProvider" | "flatPrice">;

export interface PriceBook {
  /** The rule that holds at this time; null where no price is known. */
  ruleFor(vendor: PricedVendor, model: string, atMs: number): PriceRule | null;
  /** Whether the operator said what it costs. */
  isOwn(vendor: PricedVendor, model: string): boolean;
}

export const LIBRARY_VERSION = `genai-prices@${modelData.provenance.price_library.version}`;
const GENERATED_VERSION = `models.dev@${modelData.provenance.models.version}`;

export function createPriceBook(config: Pick<ProvidersConfig, "prices" | "price_rules_max">): PriceBook {
  const rules = new LRUCache<string, { rule: PriceRule | null }>({ max: config.price_rules_max });

  function findRule(vendor: PricedVendor, model: string, atMs: number): PriceRule | null {
    const configured = config.prices[`${vendor.name}/${model}`];
    if (configured) return flatRule(configured, "config");
    if (vendor.flatPrice) return flatRule(vendor.flatPrice, vendor.flatPrice.version);
    const provider = vendor.priceProvider;
    const known = provider === null ? null : libraryRule(provider, model, { atMs, version: LIBRARY_VERSION });
    if (known) return known;
    const usd = factsOf(vendor.kind, model)?.usd;
    return usd ? generatedRule(usd, GENERATED_VERSION) : null;
  }

  return {
    ruleFor(vendor, model, atMs) {
      const key = `${vendor.name}/${model}`;
      const kept = rules.get(key);
      // A timed rule serves one minute; a call that is priced late is of another, and is looked up for itself.
      if (kept && (kept.rule === null || holdsAt(kept.rule, atMs))) return kept.rule;
      const rule = findRule(vendor, model, atMs);
      rules.set(key, { rule });
      return rule;
    },
    isOwn: ({ name, flatPrice }, model) => flatPrice !== null || config.prices[`${name}/${model}`] !== undefined,
  };
}

function holdsAt(rule: PriceRule, atMs: number): boolean {
  return atMs < rule.validUntilMs && atMs >= rule.validFromMs;
}
