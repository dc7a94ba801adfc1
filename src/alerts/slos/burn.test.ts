import { describe, expect, test } from "bun:test";
import { budgetLeft, burnOf, burnWindows, exhaustedAt, factorOf, leastShare, readBurn } from "./burn.ts";

const DAYS_30 = 30 * 86_400_000;
const PER_MINUTE = 100_000;

/** Minutes of a total outage until a window's burn exceeds its factor, by the raw share alone. */
function minutesToPage(target: number, index: number): number {
  const window = burnWindows[index];
  if (!window) throw new Error("no such window");
  const longMinutes = window.longMs / 60_000;
  const total = longMinutes * PER_MINUTE;
  let [low, high] = [0, longMinutes];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    const bad = middle * PER_MINUTE;
    if (burnOf({ target }, { good: total - bad, bad }) >= factorOf(window, DAYS_30)) high = middle;
    else low = middle;
  }
  return high;
}

describe("burn rates", () => {
  test("have the factors of the workbook for 30 days, and scale with other windows", () => {
    expect(burnWindows.map((window) => factorOf(window, DAYS_30))).toEqual([14.4, 6, 1].map((x) => expect.closeTo(x)));
    expect(burnWindows.map((window) => factorOf(window, 28 * 86_400_000))[0]).toBeCloseTo(13.44, 9);
  });

  test.each([
    [0, 0.864],
    [1, 2.16],
    [2, 4.32],
  ])("window %i pages at 99.9 %% after %f minutes of total outage, as published", (index, minutes) => {
    expect(minutesToPage(99.9, index)).toBeCloseTo(minutes, 6);
  });

  test("at 99 % the first window takes ten times as long", () => {
    expect(minutesToPage(99, 0)).toBeCloseTo(8.64, 6);
  });

  test("are 1 when exactly the budget is spent, and 0 where nothing happened", () => {
    expect(burnOf({ target: 99.9 }, { good: 999, bad: 1 })).toBeCloseTo(1, 9);
    expect(burnOf({ target: 99.9 }, { good: 0, bad: 0 })).toBe(0);
    expect(budgetLeft({ target: 99 }, { good: 995, bad: 5 })).toBeCloseTo(0.5, 9);
    expect(budgetLeft({ target: 99 }, { good: 0, bad: 10 })).toBeCloseTo(-99, 9);
  });
});

describe("with little traffic", () => {
  const objective = { target: 99.9, window: DAYS_30, min_events: 20, confidence: 0.95 };
  const [fast] = burnWindows;
  if (!fast) throw new Error("no window");

  test("the lower bound is Wilson's", () => {
    // R: prop.test(1, 10, correct = FALSE) gives 0.01787621 and 0.40415003 for 95 % to both sides.
    expect(leastShare({ good: 9, bad: 1 }, 0.975)).toBeCloseTo(0.017_876_21, 7);
    expect(leastShare({ good: 10, bad: 0 }, 0.95)).toBe(0);
    expect(leastShare({ good: 0, bad: 0 }, 0.95)).toBe(0);
    expect(leastShare({ good: 3, bad: 1 }, 0)).toBe(0.25);
  });

  test("one bad call of 25 wakes nobody, though it burns 40 times too fast", () => {
    const counts = { good: 24, bad: 1 };
    const reading = readBurn(objective, fast, { long: counts, short: counts });
    expect(reading.long_burn).toBeCloseTo(40, 6);
    expect(reading.burning).toBe(false);
    expect(readBurn({ ...objective, confidence: 0 }, fast, { long: counts, short: counts }).burning).toBe(true);
  });

  test("fewer events than the least wake nobody, however bad; a real outage of few calls does", () => {
    const few = { good: 0, bad: 19 };
    expect(readBurn(objective, fast, { long: few, short: few }).burning).toBe(false);
    const outage = { good: 20, bad: 10 };
    expect(readBurn(objective, fast, { long: outage, short: outage }).burning).toBe(true);
  });

  test("what is over is not told: the short window must burn too", () => {
    const counts = { long: { good: 900, bad: 100 }, short: { good: 50, bad: 0 } };
    expect(readBurn(objective, fast, counts).burning).toBe(false);
  });
});

test("the day on which the budget is used up follows from what is left and how fast it goes", () => {
  const objective = { target: 99.9, window: DAYS_30 };
  expect(exhaustedAt(objective, { left: 0.5, burn: 15, nowMs: 0 })).toBe(86_400_000);
  expect(exhaustedAt(objective, { left: 0.5, burn: 0, nowMs: 0 })).toBeNull();
  expect(exhaustedAt(objective, { left: -1, burn: 3, nowMs: 0 })).toBeNull();
});
