// What days to come may cost in all: many futures, made of the past's own surprises. Each begins from a past that might have
// been (so the fit's own doubt is in it), and goes on with surprises of its own.
import { DAYS_FOR_WEEK, findGrowth, fitDays, fittedDay } from "./fit-days.ts";
import { createSurprises } from "./surprises.ts";

export interface Horizon {
  /** Whole days. */
  days: number;
  /** And this part of the day after, of its cost. */
  lastShare: number;
}

export interface DayFutures {
  /** What each horizon may cost, in order; one figure a future. */
  totals: Float64Array[];
  growthPerDay: number;
  hasWeek: boolean;
}

interface Options {
  horizons: readonly Horizon[];
  growth: "measured" | "none";
  random(): number;
  futures?: number;
}

const FUTURES = 1000;

export function forecastDays(days: readonly number[], options: Options): DayFutures {
  const { horizons, random, futures = FUTURES } = options;
  const count = days.length;
  const growth = options.growth === "none" ? 0 : findGrowth(days);
  const fit = fitDays(days, growth);
  const expected = days.map((_, index) => fittedDay(fit, index, count));
  const fitted = 1 + (count >= DAYS_FOR_WEEK ? 6 : 0) + (growth === 0 ? 0 : 1);
  const surprises = createSurprises(days, expected, fitted);
  const totals = horizons.map(() => new Float64Array(futures));
  for (let future = 0; future < futures; future += 1) {
    const width = surprises.drawWidth(random);
    const past = widened(surprises.draw(count, random), width).map(
      (surprise, index) => (expected[index] ?? 0) * surprise,
    );
    const refit = fitDays(past, growth === 0 ? 0 : growth + slopeOfLogs(past, expected));
    for (const [index, horizon] of horizons.entries()) {
      const row = widened(surprises.draw(horizon.days + 1, random, { after: true }), width);
      const total = row.map((surprise, day) => {
        const share = day < horizon.days ? 1 : horizon.lastShare;
        return share * fittedDay(refit, count + day, count) * surprise;
      });
      totals[index]?.set([total.reduce((sum, cost) => sum + cost, 0)], future);
    }
  }
  for (const row of totals) row.sort();
  return { totals, growthPerDay: growth, hasWeek: count >= DAYS_FOR_WEEK };
}

/** Further from one, on either side. */
function widened(surprises: readonly number[], width: number): number[] {
  return surprises.map((surprise) => surprise ** width);
}

/** By least squares, of what is left of a past's logarithms beyond the fit: how far growth might have been found to be otherwise. */
function slopeOfLogs(past: readonly number[], fit: readonly number[]): number {
  const middle = (past.length - 1) / 2;
  let products = 0;
  let squares = 0;
  past.forEach((cost, index) => {
    const expected = fit[index] ?? 0;
    if (cost <= 0 || expected <= 0) return;
    products += (index - middle) * Math.log(cost / expected);
    squares += (index - middle) ** 2;
  });
  return squares === 0 ? 0 : products / squares;
}
