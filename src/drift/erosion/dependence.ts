// How far days depend on the days before, and profiles on each other. Trends that are tested as if they did not would be found
// where there is none: one bad day of a vendor is a bad day of all its profiles.
import { varianceOf } from "../../statistics/index.ts";

type Rest = ReadonlyMap<number, number>;

/** Of a day with the day before, over all profiles as one; between 0 and 0.8. */
export function dependenceOnDayBefore(rests: readonly Rest[]): number {
  let [products, squares, days] = [0, 0, 0];
  for (const rest of rests) {
    const mean = meanOf([...rest.values()]);
    for (const [day, value] of rest) {
      squares += (value - mean) ** 2;
      days += 1;
      const before = rest.get(day - 1);
      if (before !== undefined) products += (value - mean) * (before - mean);
    }
  }
  if (squares === 0) return 0;
  const found = products / squares;
  // What is left of short series looks less dependent than it is, the more so for the slope that was taken off.
  const length = days / rests.length;
  return Math.min(Math.max(found + (2 + 4 * found) / length, 0), 0.8);
}

/** How much larger it makes the variance of a trend of so many days (Yue and Wang 2004). */
export function inflationByDays(dependence: number, days: number): number {
  let inflation = 1;
  for (let lag = 1; lag < days; lag += 1) inflation += 2 * (1 - lag / days) * dependence ** lag;
  return inflation;
}

/** The mean correlation of two profiles, by how much their mean varies; between 0 and 1. */
export function dependenceOnOthers(rests: readonly Rest[]): number {
  const standard = rests.map((rest) => {
    const deviation = Math.sqrt(varianceOf([...rest.values()]));
    return new Map([...rest].map(([day, value]) => [day, deviation > 0 ? value / deviation : 0]));
  });
  const days = new Set(standard.flatMap((rest) => [...rest.keys()]));
  let [found, weight] = [0, 0];
  for (const day of days) {
    const values = standard.map((rest) => rest.get(day)).filter((value) => value !== undefined);
    const count = values.length;
    if (count < 2) continue;
    // The mean of all pairs' products.
    const sum = values.reduce((total, each) => total + each, 0);
    const squares = values.reduce((total, each) => total + each ** 2, 0);
    found += (sum ** 2 - squares) / (count * (count - 1));
    weight += 1;
  }
  return weight === 0 ? 0 : Math.min(Math.max(found / weight, 0), 1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
