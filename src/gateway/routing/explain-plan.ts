// A plan for a request that is not made: what would be tried, and why.
import type { Explanation } from "../contract.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { explainCompound } from "./compound/explain-compound.ts";
import { readFacts } from "./facts/request-facts.ts";
import type { Planner } from "./planner.ts";

/** Throws what the call itself would be refused with, as far as routing refuses it. */
export function explainPlan(
  planner: Planner,
  call: Pick<IncomingCall, "principal" | "request" | "trace" | "header">,
  nowMs: number,
): Omit<Explanation, "distribution"> {
  const { model } = call.request;
  const plan = planner.foresee(model, call);
  const { route, considered, attempts } = plan;
  const facts = readFacts(call, nowMs);
  return {
    model,
    route,
    considered,
    attempts: attempts.map(({ target, reason, credential }) => ({
      target: target.id,
      reason,
      credential: credential ?? null,
    })),
    compound: explainCompound(plan),
    facts: {
      complexity: facts.complexity() ?? null,
      input_tokens: facts.inputTokens(),
      region: facts.region,
      data_class: facts.dataClass,
    },
  };
}
