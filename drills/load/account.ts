// What became of all calls of a drill, as their callers saw it, to be held against the record afterwards.
import { percentile } from "../../bench/load.ts";
import type { Check } from "../drill.ts";
import type { CallEnding } from "./caller.ts";

export interface Account {
  add(ending: CallEnding): void;
  /** Tags. */
  readonly answered: ReadonlySet<string>;
  readonly cut: ReadonlySet<string>;
  /** Why calls were refused, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
  refused(): number;
  /** Of instant calls that were sent in this time (performance.now()) and answered; null when there are none. */
  latency(share: number, sent: { fromMs: number; toMs: number }): number | null;
}

const REASONS_MAX = 20;

export function createAccount(): Account {
  const answered = new Set<string>();
  const cut = new Set<string>();
  const refusals = new Map<string, number>();
  const latencies: { sentMs: number; totalMs: number }[] = [];
  return {
    answered,
    cut,
    refusals,
    add({ tag, isInstant, how, why, sentMs, totalMs }) {
      if (how === "answered") {
        answered.add(tag);
        if (isInstant) latencies.push({ sentMs, totalMs });
      } else if (how === "cut") cut.add(tag);
      else {
        const reason = refusals.has(why) || refusals.size < REASONS_MAX ? why : "other reasons";
        refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
      }
    },
    refused: () => [...refusals.values()].reduce((sum, count) => sum + count, 0),
    latency(share, { fromMs, toMs }) {
      const within = latencies.filter(({ sentMs }) => sentMs >= fromMs && sentMs < toMs).map(({ totalMs }) => totalMs);
      return within.length === 0 ? null : percentile(Float64Array.from(within).sort(), share);
    },
  };
}

export function checkOfRefusals(account: Account): Check {
  const reasons = [...account.refusals].map(([why, count]) => `${count} × ${why}`);
  return { that: "no call was refused", holds: reasons.length === 0, found: reasons.join("; ") || "none" };
}
