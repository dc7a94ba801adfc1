import { expect, test } from "bun:test";
import { chooseTimeTicks, presentIn } from "./time-ticks.ts";

// In whatever zone the test runs: moments are made from the reader's own calendar, as the marks are.
const at = (year: number, month: number, ...[day = 1, hour = 0, minute = 0]: number[]): number =>
  new Date(year, month, day, hour, minute).getTime();
const labels = (from: number, to: number, count: number): string[] =>
  chooseTimeTicks(from, to, count).map(({ label }) => label);

test("marks round moments of the reader's day, and names the day at its beginning", () => {
  const ticks = chooseTimeTicks(at(2026, 0, 20, 14, 20), at(2026, 0, 21, 14, 20), 4);
  expect(ticks.map(({ label }) => label)).toEqual(["18:00", "21 Jan", "06:00", "12:00"]);
  expect(ticks.map(({ isMain }) => isMain)).toEqual([false, true, false, false]);
});

test("goes from seconds to years, never with more marks than were asked for and one", () => {
  const from = at(2026, 0, 20, 14);
  expect(labels(from, from + 20_000, 4)).toEqual(["14:00:00", "14:00:05", "14:00:10", "14:00:15", "14:00:20"]);
  expect(labels(from, from + 3_600_000, 4)).toEqual(["14:00", "14:15", "14:30", "14:45", "15:00"]);
  expect(labels(from, at(2026, 0, 27, 14), 7)).toEqual([
    "21 Jan",
    "22 Jan",
    "23 Jan",
    "24 Jan",
    "25 Jan",
    "26 Jan",
    "27 Jan",
  ]);
  expect(labels(at(2025, 10, 20), at(2026, 2, 20), 5)).toEqual(["Dec", "2026", "Feb", "Mar"]);
  expect(labels(at(2020, 5, 1), at(2026, 5, 1), 3)).toEqual(["2022", "2024", "2026"]);
  for (const hours of [1, 2, 5, 11, 26, 80, 300, 2000, 20_000]) {
    expect(labels(from, from + hours * 3_600_000, 6).length).toBeLessThanOrEqual(7);
  }
});

test("keeps marks on their moments while the chart moves on", () => {
  const [from, span] = [at(2026, 0, 20, 14, 7), 30 * 86_400_000];
  const before = chooseTimeTicks(from, from + span, 5).map(({ atMs }) => atMs);
  const later = chooseTimeTicks(from + 3_600_000, from + span + 3_600_000, 5).map(({ atMs }) => atMs);
  expect(later).toEqual(before);
});

test("marks nothing on no time at all", () => {
  expect(chooseTimeTicks(5, 5, 4)).toEqual([]);
});

test("draws the present where it is, at the end if that was just now, and not on a chart of the past", () => {
  const chart = { startMs: 0, endMs: 3_600_000 };
  expect([1_000_000, 3_620_000, 9_000_000, -1].map((nowMs) => presentIn(chart, nowMs))).toEqual([
    1_000_000,
    3_600_000,
    null,
    null,
  ]);
});
