// A plan for a request that is not made: what would be tried, and why.
import type { Explanation } from "../contract.ts";
import type { IncomingCall } from "../incoming-call.ts";
import { explainCompound } from "./compound/explain-compound.ts";
import { readFacts } from "./facts/request-facts.ts";
import type { Planner } from "./planner.ts";
import type { Semantics } from "./semantic/semantics.ts";

/** Throws what the call itself would be refused with, as far as routing refuses it. */
export async function explainPlan(
  { planner, semantics }: { planner: Planner; semantics: Pick<Semantics, "prepare"> },
  asked: Pick<IncomingCall, "principal" | "request" | "trace" | "header">,
  nowMs: number,
): Promise<Omit<Explanation, "distribution">> {
  const { model } = asked.request;
  const call = (await semantics.prepare(model, asked)) ?? asked;
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
      similarities: facts.likeness.isKnown ? Object.fromEntries(facts.likeness.byPlace) : null,
      input_tokens: facts.inputTokens(),
      region: facts.region,
      data_class: facts.dataClass,
    },
  };
}
