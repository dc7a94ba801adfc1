// Theil and Sen's slope: the median of the slopes between all pairs, with an interval. A third of wild values does not move it.
import { normalQuantile } from "../comparisons/normal.ts";
import { ascending, medianOf, quantileOf } from "../samples/moments.ts";
import { tiesOf } from "../samples/ranks.ts";

export interface TheilSen {
  slope: number;
  /** Through the medians of both. */
  intercept: number;
  low: number;
  high: number;
}

export interface Points {
  at: readonly number[];
  values: readonly number[];
}

/** Undefined where all are at one place. */
export function theilSen({ at, values }: Points, confidence = 0.95): TheilSen | undefined {
  const slopes = slopesOf({ at, values });
  if (slopes.length === 0) return undefined;
  const slope = quantileOf(slopes, 0.5);
  const length = at.length;
  const wide = (ties: readonly number[]): number =>
    ties.reduce((sum, count) => sum + count * (count - 1) * (2 * count + 5), 0);
  const variance = (length * (length - 1) * (2 * length + 5) - wide(tiesOf(at)) - wide(tiesOf(values))) / 18;
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.max(variance, 0));
  const low = Math.max(roundHalfToEven((slopes.length - reach) / 2) - 1, 0);
  const high = Math.min(roundHalfToEven((slopes.length + reach) / 2), slopes.length - 1);
  return {
    slope,
    intercept: medianOf(values) - slope * medianOf(at),
    low: slopes[low] ?? slope,
    high: slopes[high] ?? slope,
  };
}

function slopesOf({ at, values }: Points): number[] {
  const slopes: number[] = [];
  for (let late = 1; late < at.length; late += 1)
    for (let early = 0; early < late; early += 1) {
      const run = (at[late] ?? 0) - (at[early] ?? 0);
      if (run !== 0) slopes.push(((values[late] ?? 0) - (values[early] ?? 0)) / run);
    }
  return ascending(slopes);
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
