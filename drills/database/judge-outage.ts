// What both parts of the database drill look at afterwards: every call was answered, every answer is on record, and what the
// outage did to the time that answers took.
import type { Check, DrillContext, DrillResult, Figures } from "../drill.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { readAllCalls, type StoredCount, untilProjected } from "../installation/stored-calls.ts";
import type { StatusWatch } from "../installation/watch-status.ts";
import { type Account, checkOfRefusals } from "../load/account.ts";
import { checksOfRecord, judgeRecord } from "../load/judge-record.ts";

/** By performance.now(). */
export interface Outage {
  fromMs: number;
  toMs: number;
}

interface Aftermath {
  /** Begins the figures' names. */
  name: string;
  running: RunningBinnacle;
  account: Account;
  watch: StatusWatch;
  outage: Outage;
}

/** Waits for the record to be whole and reads it. `conclude` takes what can be known only later. */
export async function judgeOutage(
  { name, running, account, watch, outage }: Aftermath,
  context: DrillContext,
): Promise<{ conclude(count: StoredCount, figures: Figures): DrillResult }> {
  context.say("reading the record back …");
  const projectedAfterMs = await untilProjected(running, context);
  const verdict = judgeRecord(account, await readAllCalls(running));
  const { cut, answered } = account;
  const uncut: Check = {
    that: "no call broke off",
    holds: cut.size === 0,
    found: cut.size === 0 ? "none" : `${cut.size}: ${[...cut].slice(0, 5).join(", ")}`,
  };
  const readable: Check = {
    that: "the state could be read all the time",
    holds: watch.failures === 0,
    found: watch.failures === 0 ? "always" : `${watch.failures} times not`,
  };
  return {
    conclude: (count, figures) => ({
      checks: [checkOfRefusals(account), uncut, readable, ...checksOfRecord(verdict, count)].map((check) => ({
        ...check,
        that: `${name}: ${check.that}`,
      })),
      figures: {
        ...prefixed(name, {
          calls: answered.size + cut.size + account.refused(),
          failed: cut.size + account.refused(),
          lost: verdict.missing.length,
          doubled: verdict.doubled.length,
          ...latencies(account, outage),
          journal_peak_bytes: watch.journalPeakBytes,
          pending_peak: watch.pendingPeak,
          last_records_projected_after_ms: projectedAfterMs,
        }),
        ...figures,
      },
    }),
  };
}

function latencies(account: Account, { fromMs, toMs }: Outage): Figures {
  const phases = {
    before: { fromMs: -Infinity, toMs: fromMs },
    during: { fromMs, toMs },
    after: { fromMs: toMs, toMs: Infinity },
  };
  const figures: Figures = {};
  for (const [phase, sent] of Object.entries(phases))
    for (const [name, share] of [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const)
      figures[`${phase}_${name}_ms`] = account.latency(share, sent);
  return figures;
}

function prefixed(prefix: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}_${name}`, value]));
}
