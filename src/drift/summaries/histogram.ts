// How often values of each size came: buckets each 5 % wider than the one before, so that two histograms add up to one and
// nothing but the size of a value is kept. Noughts and what is less are one bucket.
import { wassersteinDistance } from "../../statistics/index.ts";

/** Counts by bucket; bucket b holds values above 1.05^(b-1) and up to 1.05^b, "0" those that are not above nought. */
export type Histogram = Record<string, number>;

const LOG_WIDTH = Math.log(1.05);
/** Far below every value that is above nought. */
const NOUGHT = -1000;

export function addTo(histogram: Histogram, value: number): void {
  const bucket = value > 0 ? `b${Math.max(Math.ceil(Math.log(value) / LOG_WIDTH), NOUGHT + 1)}` : "0";
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}

/** Vendors choose some of the names: `constructor` is one like any other. */
export function addCounts(sum: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts))
    sum[name] = (Object.hasOwn(sum, name) ? (sum[name] ?? 0) : 0) + count;
}

export function countOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

export interface Step {
  /** The bucket's number; noughts have one far below. */
  at: number;
  count: number;
}

/** Ascending. */
export function stepsOf(histogram: Histogram): Step[] {
  return Object.entries(histogram)
    .map(([bucket, count]) => ({ at: bucket === "0" ? NOUGHT : Number(bucket.slice(1)), count }))
    .sort((one, other) => one.at - other.at);
}

/** The value that `share` of all are at or below, within 2.5 %. Null where there are none. */
export function quantileOfSteps(steps: readonly Step[], share: number): number | null {
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  let sum = 0;
  for (const { at, count } of steps) {
    sum += count;
    if (sum >= share * total) return valueOf(at);
  }
  return null;
}

function valueOf(at: number): number {
  return at === NOUGHT ? 0 : Math.exp((at - 0.5) * LOG_WIDTH);
}

/** About how far apart two are, as a share: 0.1 where all values grew by ten per cent, or fell by it. */
export function shiftBetween(one: readonly Step[], other: readonly Step[]): number {
  const weighted = (steps: readonly Step[]) => ({
    // From nought to the smallest value counts as one doubling.
    values: steps.map(({ at }) => (at === NOUGHT ? Math.log(0.5) / LOG_WIDTH : at)),
    weights: steps.map(({ count }) => count),
  });
  return Math.expm1(wassersteinDistance(weighted(one), weighted(other)) * LOG_WIDTH);
}
