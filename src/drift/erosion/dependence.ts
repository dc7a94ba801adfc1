// How far days depend on the days before, and profiles on each other. Trends that are tested as if they did not would be found
// where there is none: one bad day of a vendor is a bad day of all its profiles. Both are read from the steps from day to day,
// in which a trend, whatever its shape, hardly shows.
import { meanOf, varianceOf } from "../../statistics/index.ts";

/** What each day has more than the day before. */
type Steps = ReadonlyMap<number, number>;

/** Of a day with the day before, over all profiles as one; between 0 and 0.8. */
export function dependenceOnDayBefore(all: readonly Steps[]): number {
  let [products, squares] = [0, 0];
  for (const steps of all) {
    const mean = meanOf([...steps.values()]);
    for (const [day, value] of steps) {
      squares += (value - mean) ** 2;
      const before = steps.get(day - 1);
      if (before !== undefined) products += (value - mean) * (before - mean);
    }
  }
  // Steps between days that do not depend on each other go up and down in turn: their own dependence is −1/2.
  return squares === 0 ? 0 : Math.min(Math.max(1 + (2 * products) / squares, 0), 0.8);
}

/** How much larger it makes the variance of a trend of so many days (Yue and Wang 2004). */
export function inflationByDays(dependence: number, days: number): number {
  let inflation = 1;
  for (let lag = 1; lag < days; lag += 1) inflation += 2 * (1 - lag / days) * dependence ** lag;
  return inflation;
}

/** The mean correlation of two profiles, by how much their mean varies; between 0 and 1. */
export function dependenceOnOthers(all: readonly Steps[]): number {
  const standard = all.map((steps) => {
    const values = [...steps.values()];
    const [mean, deviation] = [meanOf(values), Math.sqrt(varianceOf(values))];
    return new Map([...steps].map(([day, value]) => [day, deviation > 0 ? (value - mean) / deviation : 0]));
  });
  const days = new Set(standard.flatMap((steps) => [...steps.keys()]));
  let [found, weight] = [0, 0];
  for (const day of days) {
    const values = standard.map((steps) => steps.get(day)).filter((value) => value !== undefined);
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
