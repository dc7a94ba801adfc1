// Days of cost whose truth is known: a weekly shape, growth, surprises that last some days, and calls of very unequal cost.

export interface Truth {
  /** Micro-dollars on an average day. */
  level: number;
  /** Cost on Saturdays and Sundays against other days. */
  weekend: number;
  growthPerWeek: number;
  /** Of a day's surprise, in logarithms, and how much of it is left the next day. */
  spread: number;
  lasting: number;
  callsPerDay: number;
}

export const PLAIN: Truth = {
  level: 50_000_000,
  weekend: 0.3,
  growthPerWeek: 0,
  spread: 0.15,
  lasting: 0.4,
  callsPerDay: 3000,
};

export function inventDays(truth: Truth, count: number, random: () => number): number[] {
  let surprise = truth.spread * normal(random);
  return Array.from({ length: count }, (_, day) => {
    surprise = truth.lasting * surprise + truth.spread * Math.sqrt(1 - truth.lasting ** 2) * normal(random);
    const shape = day % 7 >= 5 ? truth.weekend : 1;
    const grown = (1 + truth.growthPerWeek) ** (day / 7);
    // What single calls cost varies threefold (in logarithms 1): that much is left of it in the mean of a day's.
    const calls = truth.callsPerDay * shape;
    const unequal = 1 + (normal(random) * Math.sqrt(Math.E)) / Math.sqrt(calls);
    return Math.max(0, truth.level * shape * grown * Math.exp(surprise) * unequal);
  });
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
