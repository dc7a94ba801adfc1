import { expect, test } from "bun:test";
import type { Slice } from "./measure.ts";
import { rotate } from "./rounds.ts";
import { pairwise, ratio, spreadOf } from "./summary.ts";

function slice(round: number, contender: string, cpu: number | null): Slice {
  return { round, scenario: "json", contender, cpu_us: cpu } as Slice;
}

test("takes the middle of an odd and of an even number of rounds", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
});

test("has no spread of nothing", () => {
  expect(spreadOf([])).toBeUndefined();
  expect(spreadOf([Number.NaN])).toBeUndefined();
});

test("divides within a round before it takes the median", () => {
  const slices = [
    slice(1, "bare", 10),
    slice(1, "binnacle", 20),
    // A round in which everything was ten times as slow says the same.
    slice(2, "binnacle", 200),
    slice(2, "bare", 100),
    slice(3, "bare", 10),
    slice(3, "binnacle", 30),
  ];
  const spec = { scenario: "json", of: "binnacle", against: "bare", read: (s: Slice) => s.cpu_us } as const;
  expect(pairwise(slices, spec, ratio)).toEqual({ median: 2, min: 2, max: 3 });
});

test("leaves out rounds that lack one side", () => {
  const slices = [slice(1, "bare", 10), slice(2, "binnacle", 20), slice(3, "bare", null), slice(3, "binnacle", 5)];
  const spec = { scenario: "json", of: "binnacle", against: "bare", read: (s: Slice) => s.cpu_us } as const;
  expect(pairwise(slices, spec, ratio)).toBeUndefined();
});

test("lets each contender begin once", () => {
  expect([0, 1, 2, 3].map((round) => rotate(["a", "b", "c"], round).join(""))).toEqual(["abc", "bca", "cab", "abc"]);
});
