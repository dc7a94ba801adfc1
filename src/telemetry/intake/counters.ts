// How many records came, by signal, and what became of them. Dropped are those of requests that were turned away: their
// senders may bring them again.
import type { Signal } from "../wire/answers.ts";

export interface SignalCounts {
  accepted: number;
  rejected: number;
  /** Requests that were asked to come again, because a queue, the journal or the database had no room for them. */
  turned_away_requests: number;
}

export type TelemetryCounts = Record<Signal, SignalCounts>;

export function createCounters() {
  const zero = (): SignalCounts => ({ accepted: 0, rejected: 0, turned_away_requests: 0 });
  const counts: TelemetryCounts = { traces: zero(), logs: zero(), metrics: zero() };
  return {
    add(signal: Signal, { accepted, rejected }: { accepted: number; rejected: number }): void {
      counts[signal].accepted += accepted;
      counts[signal].rejected += rejected;
    },
    turnAway(signal: Signal): void {
      counts[signal].turned_away_requests += 1;
    },
    read: (): TelemetryCounts => structuredClone(counts),
  };
}

export type Counters = ReturnType<typeof createCounters>;
