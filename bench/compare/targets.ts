// The targets, as ratios or differences against what ran beside; docs of each figure in README.md.
import type { Slice } from "./measure.ts";
import type { ScenarioName } from "./scenarios.ts";
import { difference, pairwise, ratio, type Reading, type Spread } from "./summary.ts";

export interface Verdict {
  name: string;
  unit: "×" | "ms";
  bound: "at most" | "at least";
  target: number;
  measured: Spread;
  holds: boolean;
}

interface Target extends Pick<Verdict, "name" | "unit" | "bound" | "target"> {
  scenario: ScenarioName;
  against: "bare" | "portkey" | "direct" | "binnacle";
  otherScenario?: ScenarioName;
  read: Reading;
}

const untilAnswered: Reading = (slice) => slice.cpu_us;
const untilSettled: Reading = (slice) => slice.cpu_settled_us;

const cpuTargets = (
  [
    ["JSON", "json", 1.35],
    ["100-event stream, event by event", "stream", 2],
    ["100-event stream in one write", "burst", 2],
  ] as const
).flatMap(([what, scenario, target]): Target[] =>
  (
    [
      ["until the last answer", untilAnswered],
      ["projection included", untilSettled],
    ] as const
  ).map(([extent, read]) => ({
    name: `CPU a call, ${what}, ${extent}, against the bare proxy`,
    unit: "×",
    bound: "at most",
    target,
    scenario,
    against: "bare",
    read,
  })),
);

const targets: readonly Target[] = [
  ...cpuTargets,
  {
    name: "requests/s, JSON, 32 connections, against Portkey",
    unit: "×",
    bound: "at least",
    target: 10,
    scenario: "json",
    against: "portkey",
    read: (slice) => slice.calls_per_second,
  },
  {
    name: "requests/s that one CPU carries, database included, against Portkey",
    unit: "×",
    bound: "at least",
    target: 10,
    scenario: "json",
    against: "portkey",
    read: (slice) => slice.carried_per_second,
  },
  {
    name: "added p50, JSON, 1 connection, against calling directly",
    unit: "ms",
    bound: "at most",
    target: 0.3,
    scenario: "latency",
    against: "direct",
    read: (slice) => slice.p50_ms,
  },
  {
    name: "added p99, JSON, 500 calls a second, against calling directly",
    unit: "ms",
    bound: "at most",
    target: 2,
    scenario: "rate",
    against: "direct",
    read: (slice) => slice.p99_ms,
  },
  {
    name: "CPU a call, JSON translated, against the same call in the upstream's own dialect",
    unit: "×",
    bound: "at most",
    target: 1.5,
    scenario: "translated",
    against: "binnacle",
    otherScenario: "json",
    read: untilAnswered,
  },
  {
    name: "CPU a call, 100-event stream translated, against the bare pass-through",
    unit: "×",
    bound: "at most",
    target: 3,
    scenario: "translated-stream",
    against: "bare",
    read: untilAnswered,
  },
  {
    name: "CPU a call, JSON, five targets, four limits, four hard budgets and the cache, against the bare proxy",
    unit: "×",
    bound: "at most",
    target: 1.5,
    scenario: "governed",
    against: "bare",
    read: untilAnswered,
  },
  {
    name: "CPU a call, JSON, 100 policies, guardrails and the audit trail, against the bare proxy",
    unit: "×",
    bound: "at most",
    target: 1.6,
    scenario: "secured",
    against: "bare",
    read: untilAnswered,
  },
];

/** Only of what was measured. */
export function judge(slices: readonly Slice[]): Verdict[] {
  return targets.flatMap(({ scenario, against, otherScenario, read, ...target }) => {
    const combine = target.unit === "ms" ? difference : ratio;
    const measured = pairwise(slices, { scenario, of: "binnacle", against, otherScenario, read }, combine);
    if (!measured) return [];
    const holds = target.bound === "at most" ? measured.median <= target.target : measured.median >= target.target;
    return [{ ...target, measured, holds }];
  });
}
