import { expect, test } from "bun:test";
import { formatLeft, isUrgent, shareLeft } from "./time-left.ts";

test("says what is left in two units at the most, and nothing once it is over", () => {
  const minute = 60_000;
  expect(
    [0, -1, 400, 59_001, minute, 59 * minute, 60 * minute, 320 * minute, 1440 * minute, 3061 * minute].map(formatLeft),
  ).toEqual([null, null, "1 s", "60 s", "1 min", "59 min", "1 h", "5 h 20 min", "1 d", "2 d 3 h"]);
});

test("calls the last hour urgent", () => {
  expect([3_599_999, 3_600_000].map(isUrgent)).toEqual([true, false]);
});

test("knows the share of the time that is left", () => {
  const time = { created_at_ms: 100, deadline_ms: 200 };
  expect([0, 100, 150, 200, 300].map((now) => shareLeft(time, now))).toEqual([1, 1, 0.5, 0, 0]);
  expect(shareLeft({ created_at_ms: 5, deadline_ms: 5 }, 5)).toBe(0);
});
