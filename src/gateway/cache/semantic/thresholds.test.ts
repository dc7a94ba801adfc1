import { describe, expect, test } from "bun:test";
import { createThresholds, mostErrors } from "./thresholds.ts";

describe("the threshold", () => {
  test("is the config's where no bound on errors is stated, whatever is judged", () => {
    const thresholds = createThresholds({ threshold: 0.95 });
    thresholds.judged("a", { similarity: 0.99, isCorrect: false });
    expect(thresholds.for("a")).toBe(0.95);
  });

  test("is out of reach until enough was judged, and then the lowest at which the bound surely holds", () => {
    const thresholds = createThresholds({ threshold: 0.8, error_bound: 0.05 });
    const judge = (similarity: number, isCorrect: boolean, times: number) => {
      for (let time = 0; time < times; time += 1) thresholds.judged("a", { similarity, isCorrect });
    };
    judge(0.951, true, 102);
    expect(thresholds.for("a")).toBe(Number.POSITIVE_INFINITY);
    judge(0.951, true, 1);
    expect(thresholds.for("a")).toBe(0.95);
    judge(0.701, true, 500);
    judge(0.851, false, 20);
    expect(thresholds.for("a")).toBe(0.95);
    judge(0.901, true, 50);
    expect(thresholds.for("a")).toBe(0.9);
    judge(0.991, false, 5);
    expect(thresholds.for("a")).toBe(Number.POSITIVE_INFINITY);
  });

  test("is learnt by each tenant for itself", () => {
    const thresholds = createThresholds({ threshold: 0.5, error_bound: 0.9 });
    for (let time = 0; time < 9; time += 1) thresholds.judged("a", { similarity: 0.7, isCorrect: true });
    expect([thresholds.for("a"), thresholds.for("b")]).toEqual([0.7, Number.POSITIVE_INFINITY]);
  });

  test("follows what is judged now: of more than thousands the older count half, again and again", () => {
    const thresholds = createThresholds({ threshold: 0.9, error_bound: 0.1 });
    for (let time = 0; time < 4000; time += 1) thresholds.judged("a", { similarity: 0.95, isCorrect: false });
    for (let time = 0; time < 60_000; time += 1) thresholds.judged("a", { similarity: 0.95, isCorrect: true });
    expect(thresholds.for("a")).toBe(0.95);
  });
});

test("the most errors that there may be are those of Wilson's interval", () => {
  expect(mostErrors(0, 103)).toBeCloseTo(0.0499, 3);
  expect(mostErrors(5, 100)).toBeCloseTo(0.1276, 3);
  expect(mostErrors(1, 1)).toBeCloseTo(1, 5);
});
