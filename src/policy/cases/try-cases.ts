// Cases tried on policies: what came out otherwise than expected, and which policies no case has touched.
import { policyConfigSchema } from "../config.ts";
import type { Decision } from "../contract.ts";
import { type Candidate, createActive } from "../engine/active.ts";
import { loadCedar } from "../engine/cedar.ts";
import type { PolicyText } from "../engine/policy-text.ts";
import type { PolicyTrial } from "../versions/contract.ts";
import { requireSomebody } from "../versions/lock-out.ts";
import type { PolicyCase } from "./read-cases.ts";

/** So many are decided in a few milliseconds, in which no call is. */
const CASES_AT_ONCE = 50;

/** Without a server. Throws as checking a version does. */
export async function tryCases(
  texts: readonly PolicyText[],
  { cases, nowMs }: { cases: readonly PolicyCase[]; nowMs: () => number },
): Promise<PolicyTrial> {
  const cedar = await loadCedar();
  const candidate = createActive(policyConfigSchema.parse({}), { cedar: () => cedar, nowMs }).compile(texts);
  try {
    requireSomebody(candidate.engine, undefined);
    return await runCases(candidate, cases);
  } finally {
    candidate.engine.release();
  }
}

export async function runCases(
  { engine, decider }: Pick<Candidate, "engine" | "decider">,
  cases: readonly PolicyCase[],
): Promise<PolicyTrial> {
  const tried: PolicyTrial["cases"] = [];
  for (const [index, each] of cases.entries()) {
    if (index % CASES_AT_ONCE === CASES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    tried.push(judge(each, decider.decide(each.question)));
  }
  const touched = new Set(tried.flatMap(({ policies }) => policies));
  const own = engine.policies.filter(({ isOwn }) => isOwn).map(({ id }) => id);
  return {
    cases: tried,
    failed: tried.filter(({ ok }) => !ok).length,
    untouched: own.filter((id) => !touched.has(id)),
  };
}

function judge({ name, file, expect, by }: PolicyCase, decision: Decision): PolicyTrial["cases"][number] {
  const { allowed, policies, why } = decision;
  const is = allowed ? "allow" : "deny";
  const missing = by.filter((id) => !policies.includes(id));
  const decided = policies.join(", ") || "no policy";
  const problem =
    is !== expect
      ? `expected ${expect}, and it is ${is}: ${why} (${decided})`
      : missing.length > 0
        ? `decided by ${decided}, not by ${missing.join(", ")}`
        : "";
  return { file, name, ok: problem === "", problem, allowed, why, policies: [...policies] };
}
