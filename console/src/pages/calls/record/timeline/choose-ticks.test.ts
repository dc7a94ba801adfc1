import { expect, test } from "bun:test";
import { chooseTicks } from "./choose-ticks.ts";

test("marks a scale at round numbers from zero on", () => {
  expect(chooseTicks(350)).toEqual([0, 100, 200, 300]);
  expect(chooseTicks(4700)).toEqual([0, 2000, 4000]);
  expect(chooseTicks(0.8)).toEqual([0, 0.2, 0.4, 0.6]);
});

test("never marks more than a handful, however long or short the call was", () => {
  for (let span = 0.001; span < 10_000_000; span *= 1.37) {
    const ticks = chooseTicks(span);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeLessThan(span);
  }
});
