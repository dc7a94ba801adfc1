// What days came to against what was expected of them, and days that might have come in the same way. A surprise lasts: part of it
// is left the next day. How wide surprises are is itself not certain, the less so the fewer days there were.

export interface Surprises {
  /** So many days in a row, as factors; `after` goes on from the last day that was, else from any. */
  draw(count: number, random: () => number, options?: { after: boolean }): number[];
  /** How much wider or narrower surprises may be than they looked; one draw holds for one future. */
  drawWidth(random: () => number): number;
}

const LEAST_RATIO = 0.01;
/** Busy days follow on busy days also where few days do not show it. */
const LASTING = { least: 0.35, most: 0.8 };
/** From fewer, what surprises come is not drawn from those that were, but from the bell curve as wide as they. */
const DRAWN_FROM = 14;

/** `fitted` is how many figures the expectation was made of: a fit is nearer to its own days than to others. */
export function createSurprises(days: readonly number[], expected: readonly number[], fitted: number): Surprises {
  const logs = days.map((cost, index) => Math.log(Math.max(LEAST_RATIO, cost / Math.max(1, expected[index] ?? 1))));
  const mean = logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
  const around = logs.map((log) => log - mean);
  const lasting = lastingOf(around);
  const free = Math.max(1, days.length - fitted);
  const wider = Math.sqrt(days.length / free);
  const fresh = around.slice(1).map((log, index) => wider * (log - lasting * (around[index] ?? 0)));
  const last = around.at(-1) ?? 0;
  const spread =
    wider * Math.sqrt((1 - lasting ** 2) * (around.reduce((sum, log) => sum + log * log, 0) / days.length));
  const one = (random: () => number): number =>
    days.length < DRAWN_FROM ? spread * normal(random) : (fresh[Math.floor(random() * fresh.length)] ?? 0);
  return {
    draw(count, random, { after } = { after: false }) {
      let log = after ? last : (around[Math.floor(random() * around.length)] ?? 0);
      return Array.from({ length: count }, () => {
        log = lasting * log + one(random);
        return Math.exp(mean + log);
      });
    },
    // As of a variance that is known from so many days only: its share of the true one is chi-square.
    drawWidth: (random) => Math.sqrt(free / Math.max(0.05 * free, chiSquare(free, random))),
  };
}

/** The correlation of neighbours; from few days it comes out too small, by about (1 + 3r) / n. */
function lastingOf(around: readonly number[]): number {
  let products = 0;
  let squares = 0;
  around.forEach((log, index) => {
    squares += log * log;
    products += log * (around[index + 1] ?? 0);
  });
  if (squares === 0) return LASTING.least;
  const raw = products / squares;
  return Math.min(LASTING.most, Math.max(LASTING.least, raw + (1 + 3 * raw) / around.length));
}

function chiSquare(free: number, random: () => number): number {
  let sum = 0;
  for (let each = 0; each < free; each += 1) {
    sum += normal(random) ** 2;
  }
  return sum;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
