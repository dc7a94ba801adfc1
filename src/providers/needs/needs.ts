// What can be known of a call before it is sent: whether a target can serve it, and what it may cost there at the most.
import type { UsdMicros, World } from "../../kernel/index.ts";
import type { Catalogue } from "../catalogue/index.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import type { Target } from "../target.ts";
import { type Afforded, affordOutput } from "./lower-output.ts";
import { type Shortfall, shortfallOf } from "./shortfall.ts";
import { type Asking, readAsking, worstUsage } from "./worst-case.ts";

export interface Needs {
  /** What a request needs that a target has not, as far as is known. */
  shortfall(target: Target, request: CallerRequest): Shortfall | undefined;
  /** The most that a call can come to at this target; null micro-dollars where that has no bound or no known price. */
  worstCase(target: Target, request: CallerRequest): WorstCost;
  /** The same for several targets, in their order. */
  worstCases(targets: readonly Target[], request: CallerRequest): WorstCost[];
  /** The same request with an answer no longer than this much money pays for; undefined when it would be hardly any. */
  afford(target: Target, request: CallerRequest, usdMicros: UsdMicros): Afforded | undefined;
}

export interface WorstCost {
  usd_micros: UsdMicros | null;
  tokens: number;
}

const UNBOUND = { context_tokens: null, output_tokens_max: null };

export function createNeeds(catalogue: Catalogue, world: Pick<World, "nowMs">): Needs {
  function worstCost({ vendor, model }: Target, asking: Asking): WorstCost {
    const usage = worstUsage(asking, catalogue.abilities(vendor, model) ?? UNBOUND);
    if (!usage) return { usd_micros: vendor.flatPrice?.version === "free" ? 0 : null, tokens: asking.seen };
    const { usd_micros } = catalogue.price(vendor, model, { usage, atMs: world.nowMs() });
    return { usd_micros, tokens: usage.input + usage.output };
  }

  const needs: Needs = {
    shortfall({ vendor, model }, request) {
      const abilities = catalogue.abilities(vendor, model);
      return abilities && shortfallOf(request, abilities);
    },
    worstCase: (target, request) => worstCost(target, readAsking(request)),
    worstCases(targets, request) {
      const asking = readAsking(request);
      return targets.map((target) => worstCost(target, asking));
    },
    afford: (target, request, usdMicros) =>
      affordOutput(request, { usdMicros, costOf: (lowered) => needs.worstCase(target, lowered).usd_micros }),
  };
  return needs;
}
