// The tape: how many calls ended in each step of the last five minutes, by outcome. Pure. It counts what this page has
// seen; `sinceMs` says from when on that is everything.
import type { CallOutcome } from "../../../../../src/ledger/contract.ts";

export const stepMs = 3000;
export const steps = 100;
export const spanMs = stepMs * steps;

export type TapeStep = Partial<Record<CallOutcome, number>>;

export interface Tape {
  /** By the number of the step since 1970. */
  counts: ReadonlyMap<number, TapeStep>;
  sinceMs: number;
}

export function emptyTape(sinceMs: number): Tape {
  return { counts: new Map(), sinceMs };
}

/** The tape with one more count per event; steps that slid off its far end are let go. */
export function addToTape(tape: Tape, events: readonly { outcome: CallOutcome; atMs: number }[], nowMs: number): Tape {
  const counts = new Map(tape.counts);
  for (const { outcome, atMs } of events) {
    const key = Math.floor(atMs / stepMs);
    const step = counts.get(key) ?? {};
    counts.set(key, { ...step, [outcome]: (step[outcome] ?? 0) + 1 });
  }
  const first = firstStep(nowMs);
  for (const key of counts.keys()) if (key < first) counts.delete(key);
  return { ...tape, counts };
}

/** The steps as they are drawn, oldest first: always `steps` of them. */
export function readTape(tape: Tape, nowMs: number): TapeStep[] {
  const first = firstStep(nowMs);
  return Array.from({ length: steps }, (_, index) => tape.counts.get(first + index) ?? {});
}

/** How many of the steps lie before the page began to see everything. */
export function unseenSteps(tape: Tape, nowMs: number): number {
  const unseen = Math.ceil(tape.sinceMs / stepMs) - firstStep(nowMs);
  return Math.min(steps, Math.max(0, unseen));
}

function firstStep(nowMs: number): number {
  return Math.floor(nowMs / stepMs) - steps + 1;
}
