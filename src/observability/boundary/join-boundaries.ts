// The boundary of several processes: of each signal, the process where it is worst.
import { worstOf } from "./boundary.ts";
import type { BoundaryHistory, BoundaryMinute, BoundaryView, SignalView } from "./contract.ts";

export function joinBoundaries(views: readonly BoundaryView[]): BoundaryView {
  const [first, ...others] = views;
  if (!first) throw new Error("no process says how it is");
  const signals = first.signals.map((signal) =>
    others
      .flatMap((view) => view.signals.filter((each) => each.signal === signal.signal))
      .reduce((worst, each) => (isWorse(each, worst) ? each : worst), signal),
  );
  return { ...first, state: worstOf(signals), signals };
}

const RANK = { idle: 0, within: 1, crossed: 2 } as const;

function isWorse(one: SignalView, other: SignalView): boolean {
  if (one.state !== other.state) return RANK[one.state] > RANK[other.state];
  return (one.lag_ms ?? 0) > (other.lag_ms ?? 0);
}

/** Of each minute and signal, the process where it took longest; all their samples. */
export function joinHistories(histories: readonly BoundaryHistory[], limit: number): BoundaryHistory {
  const joined = new Map<string, BoundaryMinute>();
  for (const minute of histories.flatMap(({ minutes }) => minutes)) {
    const key = `${minute.at_ms} ${minute.signal}`;
    const known = joined.get(key);
    joined.set(key, known ? worstMinute(known, minute) : minute);
  }
  const minutes = [...joined.values()].toSorted((one, other) => other.at_ms - one.at_ms);
  return { minutes: minutes.slice(0, limit) };
}

function worstMinute(one: BoundaryMinute, other: BoundaryMinute): BoundaryMinute {
  const worst = (other.p99_ms ?? 0) > (one.p99_ms ?? 0) ? other : one;
  return {
    ...worst,
    samples: one.samples + other.samples,
    max_ms: Math.max(one.max_ms ?? 0, other.max_ms ?? 0),
    crossed_ms: Math.max(one.crossed_ms, other.crossed_ms),
  };
}
