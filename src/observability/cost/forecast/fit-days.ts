// How much a day costs: a level, how the days of the week differ from it, and how it grows. Days here begin at the hour in which
// the question is asked, so that the last one is whole.
import { mannKendall, theilSen } from "../../../statistics/index.ts";

export interface DayFit {
  /** Of the day after the last one, the days of the week apart. */
  level: number;
  /** By the number of days from the first, modulo 7; 1 on average. */
  phases: readonly number[];
  /** Of the level's logarithm, a day. */
  slope: number;
}

const WEEK = 7;
/** Days of the week are told apart from here on. */
export const DAYS_FOR_WEEK = 14;
/** How little a phase that was seen once is believed: as if the mean had been seen as often as this. */
const SHRINK = 0.02;
/** After so many days a day counts half. */
const HALF_LIFE_DAYS = 14;
/** Growth goes on, each day a little less: nothing grows like this for ever. */
const DAMPING = 0.98;
const SIGNIFICANT = 0.001;
/** Beyond twice a week, it is a change of what is done, not growth. */
const SLOPE_MAX = Math.log(2) / WEEK;

export function fitDays(days: readonly number[], slope: number): DayFit {
  const phases = days.length >= DAYS_FOR_WEEK ? phasesOf(days, slope) : Array.from({ length: WEEK }, () => 1);
  let sum = 0;
  let weights = 0;
  days.forEach((cost, index) => {
    const age = days.length - index;
    const weight = 0.5 ** (age / HALF_LIFE_DAYS);
    // A day of the past, as it would be today.
    sum += weight * (cost / (phases[index % WEEK] ?? 1)) * Math.exp(slope * age);
    weights += weight;
  });
  return { level: weights === 0 ? 0 : sum / weights, phases, slope };
}

/** A day's cost as the fit has it; 0 is the first day. */
export function fittedDay({ level, phases, slope }: DayFit, index: number, count: number): number {
  const ahead = index - count;
  const grown = ahead < 0 ? slope * ahead : slope * dampedDays(ahead);
  return level * (phases[index % WEEK] ?? 1) * Math.exp(grown);
}

/** Days of growth in so many days. */
function dampedDays(days: number): number {
  return (1 - DAMPING ** days) / (1 - DAMPING);
}

/** Without its growth, which would make a week's end dearer than its beginning. */
function phasesOf(grown: readonly number[], slope: number): number[] {
  const days = grown.map((cost, index) => cost * Math.exp(-slope * index));
  const mean = days.reduce((sum, cost) => sum + cost, 0) / days.length;
  const sums = Array.from({ length: WEEK }, () => ({ cost: SHRINK * mean, count: SHRINK }));
  days.forEach((cost, index) => {
    const phase = sums[index % WEEK];
    if (!phase) return;
    phase.cost += cost;
    phase.count += 1;
  });
  const phases = sums.map(({ cost, count }) => (mean === 0 ? 1 : Math.max(cost / count / mean, 0.01)));
  const average = phases.reduce((sum, phase) => sum + phase, 0) / WEEK;
  return phases.map((phase) => phase / average);
}

/** Growth of the logarithm a day, where it is beyond chance; 0 otherwise. */
export function findGrowth(days: readonly number[]): number {
  if (days.length < DAYS_FOR_WEEK || days.some((cost) => cost <= 0)) return 0;
  const phases = phasesOf(days, 0);
  const logs = days.map((cost, index) => Math.log(cost / (phases[index % WEEK] ?? 1)));
  if (mannKendall(logs).p >= SIGNIFICANT) return 0;
  const slope = theilSen({ at: [...logs.keys()], values: logs })?.slope ?? 0;
  return Math.min(SLOPE_MAX, Math.max(-SLOPE_MAX, slope));
}
