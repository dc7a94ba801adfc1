import { expect, test } from "bun:test";
import { chooseApart, countFitting, placeLabels } from "./place-labels.ts";

const room = { min: 0, max: 100 };

test("leaves labels where they want to be when they are apart", () => {
  expect(placeLabels([80, 10, 40], 16, room)).toEqual([80, 10, 40]);
});

test("moves those that touch as little as it can, in their order", () => {
  expect(placeLabels([50, 50], 16, room)).toEqual([42, 58]);
  expect(placeLabels([52, 48, 50], 16, room)).toEqual([66, 34, 50]);
});

test("keeps all of them within the plot", () => {
  expect(placeLabels([99, 100, 98], 16, room)).toEqual([84, 100, 68]);
  expect(placeLabels([-5, 0], 16, room)).toEqual([0, 16]);
});

test("never lets two overlap, however they fall", () => {
  for (let seed = 1; seed < 60; seed += 1) {
    const wanted = Array.from(
      { length: countFitting(16, room) },
      (_, index) => (seed * 37 * (index + 3) * (index + 1)) % 101,
    );
    const placed = placeLabels(wanted, 16, room);
    const sorted = [...placed].sort((a, b) => a - b);
    sorted.slice(1).forEach((top, index) => expect(top - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9));
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  }
});

test("says how many fit", () => {
  expect([countFitting(16, room), countFitting(16, { min: 0, max: 0 }), countFitting(16, { min: 5, max: 0 })]).toEqual([
    7, 1, 0,
  ]);
});

test("writes in a row what does not touch, the more important first", () => {
  const spans = [
    { from: 40, to: 60 },
    { from: 0, to: 41 },
    { from: 60, to: 80 },
  ];
  expect(chooseApart(spans)).toEqual([true, false, true]);
});
