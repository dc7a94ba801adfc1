// Other policies over calls that were made: what of them would have been refused, and what would have been allowed after all.
// Who called, what was asked for and who answered is on record; what callers said of their data is not.
import type { Decision, Question, Subject } from "../contract.ts";
import type { Rehearsal } from "../policies.ts";
import type { DryRun } from "../versions/contract.ts";

/** A call as it is on record. */
export interface PastCall {
  id: string;
  subject: Subject;
  /** As the caller named it. */
  model: string;
  startedAtMs: number;
  costUsdMicros: number | null;
  /** Who answered; null where nobody did. */
  target: { id: string; vendor: string; model: string } | null;
  wasServed: boolean;
  wasForbidden: boolean;
}

export interface ReplayWish {
  calls: AsyncIterable<PastCall>;
  sinceMs: number;
  callsMax: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const EXAMPLES_MAX = 5;
const POLICIES_MAX = 200;
const NOT_KNOWN = ["data_class", "region", "purpose", "tools", "prices and regions of targets"];

export async function replayCalls(
  rehearsal: Pick<Rehearsal, "decide">,
  { calls, sinceMs, callsMax }: ReplayWish,
): Promise<DryRun> {
  const byPolicy = new Map<string, DryRun["by_policy"][number]>();
  const seen = { calls: 0, refused: 0, allowed: 0 };
  let isWhole = true;
  for await (const call of calls) {
    if (seen.calls === callsMax) {
      isWhole = false;
      break;
    }
    seen.calls += 1;
    const refusal = refusalOf(rehearsal, call);
    if (!refusal) {
      if (call.wasForbidden) seen.allowed += 1;
      continue;
    }
    if (!call.wasServed) continue;
    seen.refused += 1;
    count(byPolicy, call, refusal);
  }
  return {
    since_ms: sinceMs,
    ...seen,
    is_whole: isWhole,
    by_policy: [...byPolicy.values()].toSorted((one, other) => other.calls - one.calls),
    not_known: NOT_KNOWN,
  };
}

interface Refusal {
  action: string;
  decision: Decision;
}

function refusalOf({ decide }: Pick<Rehearsal, "decide">, call: PastCall): Refusal | undefined {
  for (const question of questionsOf(call)) {
    const decision = decide(question);
    if (!decision.allowed) return { action: question.action, decision };
  }
  return undefined;
}

function questionsOf({ subject, model, target, startedAtMs, costUsdMicros }: PastCall): Question[] {
  const { organisation } = subject;
  const time = {
    hour: Math.floor((startedAtMs % DAY_MS) / HOUR_MS),
    weekday: ((Math.floor(startedAtMs / DAY_MS) + 3) % 7) + 1,
  };
  const named = { type: "model", id: model, organisation };
  const questions: Question[] = [
    { subject, action: "call", resource: named, context: time },
    { subject, action: "use_model", resource: named, context: time },
  ];
  if (!target) return questions;
  const { id, vendor, model: vendorModel } = target;
  const resource = { type: "target", id, organisation, attributes: { vendor, model: vendorModel } };
  const context = costUsdMicros === null ? time : { ...time, cost_usd_micros: costUsdMicros };
  return [...questions, { subject, action: "use_target", resource, context }];
}

function count(
  byPolicy: Map<string, DryRun["by_policy"][number]>,
  { id }: PastCall,
  { action, decision }: Refusal,
): void {
  const policy = decision.policies.join(", ") || "none";
  const key = `${action}\n${policy}`;
  const known = byPolicy.get(key);
  if (known) {
    known.calls += 1;
    if (known.examples.length < EXAMPLES_MAX) known.examples.push(id);
  } else if (byPolicy.size < POLICIES_MAX) {
    byPolicy.set(key, { policy, why: decision.why, action, calls: 1, examples: [id] });
  }
}
