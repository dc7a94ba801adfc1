import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../../test/support/dice.ts";
import { quantileOf } from "../../../statistics/index.ts";
import { forecastDays } from "./forecast-days.ts";
import { inventDays, PLAIN, type Truth } from "./invent-days.fixture.ts";

const TRIALS = 250;

/** How often what came lay within the intervals, and how far the middle was off in the mean. */
function measure(truth: Truth, { history, ahead }: { history: number; ahead: number }) {
  const random = createRandom(history * 1000 + ahead);
  let in80 = 0;
  let in95 = 0;
  let error = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const days = inventDays(truth, history + ahead, random);
    const came = days.slice(history).reduce((sum, cost) => sum + cost, 0);
    const { totals } = forecastDays(days.slice(0, history), {
      horizons: [{ days: ahead, lastShare: 0 }],
      growth: "measured",
      random,
      futures: 200,
    });
    const futures = [...(totals[0] ?? [])];
    const between = (low: number, high: number): boolean =>
      came >= quantileOf(futures, low) && came <= quantileOf(futures, high);
    in80 += between(0.1, 0.9) ? 1 : 0;
    in95 += between(0.025, 0.975) ? 1 : 0;
    error += quantileOf(futures, 0.5) / came - 1;
  }
  return { in80: in80 / TRIALS, in95: in95 / TRIALS, bias: error / TRIALS };
}

describe("intervals hold what they promise", () => {
  test.each([
    ["six weeks, ten days ahead", PLAIN, 42, 10],
    ["six weeks, a month ahead", PLAIN, 42, 30],
    ["three weeks, ten days ahead", PLAIN, 21, 10],
    ["six weeks, growing by a tenth each week", { ...PLAIN, growthPerWeek: 0.1 }, 42, 10],
    ["four days, all days alike", { ...PLAIN, weekend: 1 }, 4, 10],
    ["wild days", { ...PLAIN, spread: 0.5, callsPerDay: 200 }, 42, 14],
  ] as const)("%s", (_, truth, history, ahead) => {
    const { in80, in95, bias } = measure(truth, { history, ahead });
    expect(in80).toBeGreaterThanOrEqual(0.68);
    expect(in80).toBeLessThanOrEqual(0.97);
    expect(in95).toBeGreaterThanOrEqual(0.88);
    expect(Math.abs(bias)).toBeLessThanOrEqual(0.08);
  });
});
