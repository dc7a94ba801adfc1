// What the boundary was, by minute: kept in memory, the oldest forgotten first.
import type { BoundaryMinute, BoundaryQuery, SignalName } from "./contract.ts";

export interface BoundaryPast {
  add(minutes: readonly BoundaryMinute[]): void;
  list(query: BoundaryQuery): BoundaryMinute[];
}

export function createBoundaryPast(minutesMax: number): BoundaryPast {
  const bySignal = new Map<SignalName, BoundaryMinute[]>();
  return {
    add(minutes) {
      for (const minute of minutes) {
        if (minute.samples === 0 && minute.crossed_ms === 0) continue;
        const known = bySignal.get(minute.signal) ?? [];
        known.push(minute);
        if (known.length > minutesMax) known.shift();
        bySignal.set(minute.signal, known);
      }
    },
    list({ signal, since_ms = 0, limit }) {
      const all = signal === undefined ? [...bySignal.values()].flat() : (bySignal.get(signal) ?? []);
      return all
        .filter(({ at_ms }) => at_ms >= since_ms)
        .toSorted((one, other) => other.at_ms - one.at_ms)
        .slice(0, limit);
    },
  };
}
