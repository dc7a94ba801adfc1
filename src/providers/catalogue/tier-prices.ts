// What a service tier makes of the usual price: how many times it. From the vendors' price pages, as they stood on
// 2026-11-21; no package lists them. A tier whose price is not known has none: the call is then unpriced, not cheap.
import type { VendorKindName } from "../vendors/index.ts";

/** How many times the usual price; by model where a vendor asks differently for each, the first that fits. */
type Factor = number | readonly (readonly [names: RegExp, times: number])[];

/** Served as usual, whatever a vendor calls that. */
const USUAL = new Set(["", "default", "standard", "auto", "on_demand", "scale"]);

// Written as priority price over usual price, both in dollars a million tokens of input.
const openAiPriority: Factor = [
  [/^gpt-5\.5/, 12.5 / 5],
  [/^gpt-5-mini/, 0.45 / 0.25],
  [/^gpt-5/, 2],
  [/^gpt-4\.1-nano/, 0.2 / 0.1],
  [/^gpt-4\.1/, 3.5 / 2],
  [/^gpt-4o-2024-05-13/, 8.75 / 5],
  [/^gpt-4o-mini/, 0.25 / 0.15],
  [/^gpt-4o/, 4.25 / 2.5],
  [/^o3/, 3.5 / 2],
  [/^o4-mini/, 2 / 1.1],
];

const factors: Partial<Record<VendorKindName, Record<string, Factor>>> = {
  openai: { flex: 0.5, batch: 0.5, priority: openAiPriority },
  // Priority is bought ahead by commitment there; a token of it has the list's price.
  anthropic: { batch: 0.5, priority: 1 },
  // Priority costs 75 to 100 % more, and no page says which model how much.
  google: { flex: 0.5, batch: 0.5 },
  // What is reserved is paid ahead, too.
  vertex: { flex: 0.5, batch: 0.5, provisioned_throughput: 1 },
  groq: { flex: 1, performance: 1 },
};

/** How many times the usual price a call costs in this tier; undefined where that is not known. */
export function tierFactor(kind: VendorKindName, model: string, tier = ""): number | undefined {
  if (USUAL.has(tier)) return 1;
  const factor = factors[kind]?.[tier];
  return typeof factor === "object" ? factor.find(([names]) => names.test(model))?.[1] : factor;
}
