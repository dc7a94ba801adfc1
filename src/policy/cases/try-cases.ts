// Cases tried on policies, without a server: what came out otherwise than expected, and which policies no case has touched.
import { policyConfigSchema } from "../config.ts";
import type { Decision } from "../contract.ts";
import { createActive } from "../engine/active.ts";
import { loadCedar } from "../engine/cedar.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import { requireSomebody } from "../versions/lock-out.ts";
import type { PolicyCase } from "./read-cases.ts";

export interface TriedCase {
  name: string;
  ok: boolean;
  decision: Decision;
  /** What was wrong; empty where nothing was. */
  problem: string;
}

export interface Trial {
  cases: TriedCase[];
  /** Ids of the installation's own policies that decided no case. */
  untouched: string[];
}

/** Throws as checking a version does. */
export async function tryCases(
  texts: readonly PolicyText[],
  { cases, nowMs }: { cases: readonly PolicyCase[]; nowMs: () => number },
): Promise<Trial> {
  const cedar = await loadCedar();
  const { engine, decider } = createActive(policyConfigSchema.parse({}), { cedar: () => cedar, nowMs }).compile(texts);
  try {
    requireSomebody(engine, undefined);
    const tried = cases.map((each) => judge(each, decider.decide(each.question)));
    const touched = new Set(tried.flatMap(({ decision }) => decision.policies));
    const own = engine.policies.filter(({ isOwn }) => isOwn).map(({ id }) => id);
    return { cases: tried, untouched: own.filter((id) => !touched.has(id)) };
  } finally {
    engine.release();
  }
}

function judge({ name, expect, by }: PolicyCase, decision: Decision): TriedCase {
  const is = decision.allowed ? "allow" : "deny";
  const missing = by.filter((id) => !decision.policies.includes(id));
  const decided = decision.policies.join(", ") || "no policy";
  const problem =
    is !== expect
      ? `expected ${expect}, and it is ${is}: ${decision.why} (${decided})`
      : missing.length > 0
        ? `decided by ${decided}, not by ${missing.join(", ")}`
        : "";
  return { name, ok: problem === "", decision, problem };
}
