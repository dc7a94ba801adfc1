import { expect, test } from "bun:test";
import { formatAge, formatBytes, formatCount, formatDuration, formatMs, formatUsd } from "./figures.ts";

test("writes micro-dollars with all six places, exactly", () => {
  expect([0, 4, 1_071, 1_000_000, 12_345_678_901].map(formatUsd)).toEqual([
    "$0.000000",
    "$0.000004",
    "$0.001071",
    "$1.000000",
    "$12,345.678901",
  ]);
  expect(formatUsd(-1_500_000)).toBe("−$1.500000");
});

test("writes whole milliseconds, and says when there was less than one", () => {
  expect([0, 0.4, 0.6, 1, 1204.4].map(formatMs)).toEqual(["0", "<1", "<1", "1", "1,204"]);
});

test("gives durations a unit that fits them", () => {
  expect([0, 0.447, 12.4, 999, 3_805, 48_210, 125_000].map(formatDuration)).toEqual([
    "0 ms",
    "447 µs",
    "12 ms",
    "999 ms",
    "3.81 s",
    "48.2 s",
    "2 min 5 s",
  ]);
});

test("never writes a full unit of the next size", () => {
  expect(formatDuration(0.9996)).toBe("1 ms");
  expect(formatDuration(999.7)).toBe("1.00 s");
  expect(formatDuration(59_980)).toBe("1 min");
});

test("groups counts and sizes bytes by thousands", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect([512, 14_200, 3_100_000, 1_000_000_000].map(formatBytes)).toEqual(["512 B", "14.2 KB", "3.1 MB", "1.0 GB"]);
});

test("writes ages coarsely", () => {
  expect([-5, 400, 4_900, 61_000, 7_300_000, 200_000_000].map(formatAge)).toEqual([
    "now",
    "now",
    "4 s",
    "1 min",
    "2 h",
    "2 d",
  ]);
});
