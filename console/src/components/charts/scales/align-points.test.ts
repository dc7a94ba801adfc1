import { expect, test } from "bun:test";
import { alignPoints, nearest, regularStep, type Row, smallestStep, stackRows } from "./align-points.ts";

test("puts series on one row of moments; what one has not is not a gap, what it says is nothing is one", () => {
  const { xs, rows } = alignPoints(
    [
      [
        [10, 1],
        [30, null],
      ],
      [[20, 5]],
    ],
    null,
  );
  expect(xs).toEqual([10, 20, 30]);
  expect(rows).toEqual([
    [1, undefined, null],
    [undefined, 5, undefined],
  ]);
});

test("leaves a gap where points are further apart than their step", () => {
  const points: [number, number][] = [
    [0, 1],
    [10, 2],
    [40, 3],
  ];
  expect(alignPoints([points], 10)).toEqual({ xs: [0, 10, 20, 40], rows: [[1, 2, null, 3]] });
  expect(alignPoints([points], null).rows).toEqual([[1, 2, 3]]);
});

test("stacks what is known, and leaves a gap where nothing is", () => {
  const rows: Row[] = [
    [1, null, 3],
    [10, null, undefined],
  ];
  expect(stackRows(rows)).toEqual([
    [1, null, 3],
    [11, null, 3],
  ]);
});

test("knows the smallest step, and whether points come regularly", () => {
  expect(
    smallestStep([
      [[0, 1]],
      [
        [5, 1],
        [15, 1],
        [45, 1],
      ],
    ]),
  ).toBe(10);
  const at = (...moments: number[]): [number, number][] => moments.map((ms) => [ms, 1]);
  expect(regularStep([at(0, 10, 20, 60, 70)])).toBe(10);
  expect(regularStep([at(0, 10, 35, 90, 200)])).toBeNull();
  expect(smallestStep([[[0, 1]]])).toBeNull();
});

test("finds the nearest moment", () => {
  expect([-5, 0, 4, 6, 14, 99].map((ms) => nearest([0, 10, 20], ms))).toEqual([0, 0, 0, 1, 1, 2]);
  expect(nearest([], 5)).toBe(-1);
});
