// Placement: which targets the policies leave to a call. A target that they forbid is passed over with the policy's id as its
// reason; a call that they leave nobody is refused.
import { isAppError } from "../../kernel/index.ts";
import type { Governance, Placement } from "../../governance/index.ts";
import type { Providers, Shortfall, Target } from "../../providers/index.ts";
import { gatewayErrors } from "../errors.ts";
import type { RoutingConfig } from "./config.ts";
import { expectedUsage } from "./expectation.ts";
import { readFacts, type PlannedCall } from "./facts/request-facts.ts";
import type { CompiledRoute, PlanNode } from "./language/compile-route.ts";
import type { Plan } from "./plan-shape.ts";

/** What a target lacks: what the request needs, or leave. */
export type Lacks = (target: Target) => Shortfall | undefined;

export interface PlacementDeps {
  governance: Pick<Governance, "placement">;
  providers: Pick<Providers, "price">;
  routing: RoutingConfig;
}

export interface PlacedCall {
  model: string;
  route: CompiledRoute | undefined;
  call: PlannedCall;
}

const MILLION = 1_000_000;

/** Plans with those that may be used. `lacks` stands for both, in the plan and for those that stand beside it. */
export function planPlaced(
  deps: PlacementDeps,
  placed: PlacedCall,
  plan: (within: (lacks: Lacks) => Lacks) => Plan,
): Plan {
  const { principal, header, guard, kept = guard?.obligations } = placed.call;
  const forbids = principal && deps.governance.placement(principal, header, kept);
  if (!forbids) return plan((lacks) => lacks);
  const refused: string[] = [];
  let first: ReturnType<Placement>;
  let isOtherwise = false;
  const within =
    (lacks: Lacks): Lacks =>
    (target) => {
      const refusal = forbids(candidateOf(target, deps, placed));
      if (refusal) {
        first ??= refusal;
        refused.push(`${target.id}: ${refusal.why} (policy ${refusal.policy})`);
        return { why: `is forbidden by the policy ${refusal.policy}: ${refusal.why}`, isCertain: true };
      }
      const lack = lacks(target);
      isOtherwise ||= lack?.isCertain === true;
      return lack;
    };
  try {
    return plan(within);
  } catch (error) {
    if (!first || isOtherwise || !isAppError(error)) throw error;
    throw gatewayErrors.placement_forbidden({ model: placed.model, reasons: [...new Set(refused)], ...first });
  }
}

function candidateOf(
  { id, vendor, model }: Target,
  { providers, routing }: PlacementDeps,
  { route, call }: PlacedCall,
): Parameters<Placement>[0] {
  const named = { vendor: vendor.name, model };
  const priceOf = (input: number, output: number): number | null =>
    providers.price(named, expectedUsage({ input, output }, 0)).usd_micros;
  return {
    id,
    ...named,
    region: () => route && regionIn(route.plan, id),
    price: () => ({ input: priceOf(MILLION, 0), output: priceOf(0, MILLION) }),
    costUsdMicros() {
      const facts = readFacts(call, 0);
      const output = Math.min(routing.expected_output_tokens, facts.outputTokensMax() ?? Infinity);
      return providers.price(named, expectedUsage({ input: facts.inputTokens(), output }, 0)).usd_micros;
    },
  };
}

/** As its route says. */
function regionIn({ places }: PlanNode, id: string): string | undefined {
  for (const { content, region } of places) {
    const found = typeof content === "string" ? (content === id ? region : undefined) : regionIn(content, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
