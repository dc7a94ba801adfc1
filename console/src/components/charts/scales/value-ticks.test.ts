import { expect, test } from "bun:test";
import { chooseValueTicks, keepScale } from "./value-ticks.ts";

const calls = { min: 0, unit: "calls", steps: 3, fromZero: true };

test("marks round figures from zero on, and ends on one or half-way to the next", () => {
  expect(chooseValueTicks({ ...calls, max: 87 })).toEqual({ low: 0, high: 100, step: 50, ticks: [0, 50, 100] });
  expect(chooseValueTicks({ ...calls, max: 65 })).toEqual({ low: 0, high: 75, step: 50, ticks: [0, 50] });
  expect(chooseValueTicks({ ...calls, max: 0.0061 }).ticks).toEqual([0, 0.005]);
});

test("is round in the unit that it is read in", () => {
  expect(chooseValueTicks({ ...calls, unit: "ms", max: 540_000 }).ticks).toEqual([0, 300_000, 600_000]);
  expect(chooseValueTicks({ ...calls, unit: "share", max: 0.6 }).ticks).toEqual([0, 0.2, 0.4, 0.6]);
});

test("has its smallest figure at the foot where it need not begin at zero, and goes below zero where figures do", () => {
  const fitted = chooseValueTicks({ ...calls, min: 412, max: 431, fromZero: false });
  expect(fitted).toEqual({ low: 410, high: 435, step: 10, ticks: [410, 420, 430] });
  expect(chooseValueTicks({ ...calls, min: -30, max: 60 }).ticks).toEqual([-50, 0, 50]);
  expect(chooseValueTicks({ ...calls, min: -90, max: 60 }).ticks).toEqual([-100, -50, 0, 50]);
});

test("has room for one where there is nothing but zero", () => {
  expect(chooseValueTicks({ ...calls, max: 0 })).toEqual({ low: 0, high: 1, step: 1, ticks: [0, 1] });
  expect(chooseValueTicks({ ...calls, unit: "usd_micros", max: 0 }).ticks).toEqual([0, 1_000_000]);
});

test("stays as it was while everything is on it and fills a third of it", () => {
  const wide = chooseValueTicks({ ...calls, max: 98 });
  expect(keepScale(wide, chooseValueTicks({ ...calls, max: 60 }))).toBe(wide);
  const [above, far] = [chooseValueTicks({ ...calls, max: 140 }), chooseValueTicks({ ...calls, max: 12 })];
  expect(keepScale(wide, above)).toBe(above);
  expect(keepScale(wide, far)).toBe(far);
  expect(keepScale(null, far)).toBe(far);
});
