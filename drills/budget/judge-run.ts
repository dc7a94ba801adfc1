// Whether a run held: from the record alone, which says for each call when it began and ended, what was held for it, and
// what it was charged.
import type { CallRecord } from "../../src/ledger/contract.ts";
import type { Books } from "./read-books.ts";
import { capUsd } from "./plan-wave.ts";

export interface RunVerdict {
  isKilled: boolean;
  answered: number;
  refused: number;
  /** Micro-dollars. */
  spent: number;
  isOver: boolean;
  agrees: boolean;
  /** Refusals during which enough was free at every moment. */
  unfair: number;
  /** Refusals because nobody could say what was left. */
  unknown: number;
  couldPay: boolean;
}

/** Two processes' moments cannot be told apart more finely than this, on a machine where a thousand calls begin at once. */
const SLACK_MS = 30;
const CAP = capUsd * 1_000_000;

interface Stretch {
  fromMs: number;
  toMs: number;
  held: number;
  charged: number;
}

export function judgeRun({ calls, spent }: Books, { isKilled }: { isKilled: boolean; sent: number }): RunVerdict {
  const charged = calls.reduce((sum, { budget }) => sum + (budget?.charged_usd_micros ?? 0), 0);
  const stretches = calls.flatMap(stretchOf);
  const need = Math.max(...stretches.map(({ held }) => held), 1);
  const refused = calls.filter(({ error }) => error?.code === "governance.budget_short");
  return {
    isKilled,
    answered: calls.filter(({ outcome }) => outcome === "ok").length,
    refused: refused.length,
    spent,
    isOver: spent > CAP,
    // A call that was killed is charged what was held, and is not on record.
    agrees: isKilled ? spent >= charged : spent === charged,
    unfair: isKilled ? 0 : refused.filter((call) => isUnfair(call, stretches, need)).length,
    // What a killed process has cannot be told for some seconds.
    unknown: isKilled ? 0 : calls.filter(({ error }) => error?.code === "governance.capacity_unknown").length,
    couldPay: !isKilled && CAP - spent >= need,
  };
}

/** From when its amount was held, at the latest, until it was settled. */
function stretchOf({ budget, started_at_ms, timings }: CallRecord): Stretch[] {
  if (!budget) return [];
  return [
    {
      fromMs: started_at_ms + (budget.held_after_ms ?? timings.total_ms) - SLACK_MS,
      toMs: started_at_ms + timings.total_ms + SLACK_MS,
      held: budget.held_usd_micros,
      charged: budget.charged_usd_micros,
    },
  ];
}

function isUnfair(
  { started_at_ms: fromMs, timings }: CallRecord,
  stretches: readonly Stretch[],
  need: number,
): boolean {
  const toMs = fromMs + timings.total_ms;
  const moments = [fromMs, ...stretches.flatMap((each) => [each.fromMs, each.toMs])].filter(
    (moment) => moment >= fromMs && moment <= toMs,
  );
  return moments.every((moment) => freeAt(moment, stretches) >= need);
}

function freeAt(moment: number, stretches: readonly Stretch[]): number {
  let out = 0;
  for (const { fromMs, toMs, held, charged } of stretches) {
    if (moment < fromMs) continue;
    out += moment <= toMs ? held : charged;
  }
  return CAP - out;
}
