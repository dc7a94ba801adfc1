// What a call's record says of the way to an answer: how long it waited, what was planned, who was tried, which copies were sent.
import { elapsedMs, roundMs, type World } from "../../kernel/index.ts";
import type { Attempt, CallRecord, Considered, ShadowLink } from "../../ledger/contract.ts";
import type { Plan } from "../routing/plan-shape.ts";

export interface SettlementPlan {
  /** How long the call waits for this goes on its record. */
  waited<T>(turn: Promise<T>): Promise<T>;
  planned(plan: Plan): void;
  /** Targets that stand first in the plan and are not tried, each with the reason, and the one that is instead. */
  passedOver(why: ReadonlyMap<string, string>, instead: string | undefined): void;
  tried(attempt: Attempt): void;
  /** What guardrails find, now and later. */
  guarded(findings: CallRecord["guardrails"]): void;
  /** A copy was sent, or left out. */
  shadowed(shadow: ShadowLink): void;
  /** Where calls that are made for this one stand: beneath it. */
  traceBelow(): { traceId: string; parentSpanId: string };
}

export function settlePlan(record: CallRecord, world: Pick<World, "monotonicMs">, startedMs: number): SettlementPlan {
  return {
    waited: (turn) => timed(turn, world, (ms) => addWait(record, ms)),
    planned({ route, considered }) {
      Object.assign(record, { route, considered });
      record.timings.overhead_ms = elapsedMs(world, startedMs);
    },
    passedOver: (why, instead) => void (record.considered = passOver(record.considered, why, instead)),
    tried: (attempt) => void record.attempts.push(attempt),
    guarded: (findings) => void (record.guardrails = findings),
    shadowed: (shadow) => void (record.shadows ??= []).push(shadow),
    traceBelow: () => ({ traceId: record.trace_id, parentSpanId: record.span_id }),
  };
}

function addWait({ timings }: CallRecord, ms: number): void {
  timings.queue_ms = roundMs((timings.queue_ms ?? 0) + ms);
}

function timed<T>(turn: Promise<T>, world: Pick<World, "monotonicMs">, note: (ms: number) => void): Promise<T> {
  const sinceMs = world.monotonicMs();
  return turn.finally(() => note(elapsedMs(world, sinceMs)));
}

function passOver(considered: Considered[], why: ReadonlyMap<string, string>, instead: string | undefined) {
  return considered.map((each): Considered => {
    const reason = why.get(each.target);
    if (reason !== undefined) return { ...each, chosen: false, reason: `passed over: ${reason}` };
    return each.target === instead ? { ...each, chosen: true } : each;
  });
}
