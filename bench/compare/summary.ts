// From slices to figures: the median of the rounds with the least and the most; and for what is compared, the ratio (or
// difference) within each round first and the median of those after, so that a slow minute hits both sides.
import type { ContenderName } from "../contenders/contender.ts";
import type { Slice } from "./measure.ts";
import type { ScenarioName } from "./scenarios.ts";

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** What is read from a slice; null where the slice has no such figure. */
export type Reading = (slice: Slice) => number | null;

export interface Place {
  scenario: ScenarioName;
  contender: ContenderName;
}

/** Undefined when no round has the figure. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) return undefined;
  const upper = sorted[Math.floor(sorted.length / 2)] ?? max;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? min;
  return { median: (lower + upper) / 2, min, max };
}

export function overRounds(slices: readonly Slice[], place: Place, read: Reading): Spread | undefined {
  return spreadOf(at(slices, place).flatMap((slice) => read(slice) ?? []));
}

export interface Pair {
  scenario: ScenarioName;
  of: ContenderName;
  against: ContenderName;
  /** Where `against` is looked up, if not in the same. */
  otherScenario?: ScenarioName | undefined;
  read: Reading;
}

/** `combine` sees what both contenders measured in the same round. */
export function pairwise(
  slices: readonly Slice[],
  { scenario, of, against, otherScenario = scenario, read }: Pair,
  combine: (of: number, against: number) => number,
): Spread | undefined {
  const others = at(slices, { scenario: otherScenario, contender: against });
  const combined = at(slices, { scenario, contender: of }).flatMap((slice) => {
    const other = others.find(({ round }) => round === slice.round);
    const [mine, theirs] = [read(slice), other ? read(other) : null];
    return mine === null || theirs === null ? [] : combine(mine, theirs);
  });
  return spreadOf(combined);
}

export const ratio = (of: number, against: number): number => of / against;
export const difference = (of: number, against: number): number => of - against;

function at(slices: readonly Slice[], { scenario, contender }: Place): Slice[] {
  return slices.filter((slice) => slice.scenario === scenario && slice.contender === contender);
}
