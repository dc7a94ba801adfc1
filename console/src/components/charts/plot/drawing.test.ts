import { expect, test } from "bun:test";
import { prepareDrawing } from "./drawing.ts";
import { readings } from "./readings.ts";

const base = { title: "Latency", unit: "ms", startMs: 0, endMs: 100 };
const one = {
  name: "p95",
  points: [
    [0, 10],
    [50, 40],
    [100, null],
  ] as [number, number | null][],
};
const other = {
  name: "p99",
  points: [
    [0, 20],
    [50, 60],
    [100, 80],
  ] as [number, number | null][],
};

test("leaves a bound that would press everything flat off the scale, and says so", () => {
  const chart = {
    ...base,
    series: [one],
    bounds: [
      { value: 90, label: "near", tone: "warn" as const },
      { value: 5000, label: "far", tone: "fail" as const },
    ],
  };
  const drawing = prepareDrawing(chart, 3);
  expect(drawing.farBounds.map(({ label }) => label)).toEqual(["far"]);
  expect(drawing.scale.high).toBe(100);
  const labels = readings({ chart, drawing, scale: drawing.scale, ms: null });
  expect(labels.map(({ name, text, at }) => [name, text, at])).toEqual([
    ["p95", "–", 0.4],
    ["near", "90 ms", 0.9],
    ["far ↑", "5 s", 1],
  ]);
});

test("shows the figure at the cursor exactly, and none where there is none", () => {
  const chart = { ...base, series: [one, other] };
  const drawing = prepareDrawing(chart, 3);
  const at = (ms: number | null): string[] =>
    readings({ chart, drawing, scale: drawing.scale, ms }).map(({ text }) => text);
  expect([at(50), at(100), at(null)]).toEqual([
    ["40 ms", "60 ms"],
    ["–", "80 ms"],
    ["–", "80 ms"],
  ]);
});

test("stacks bars, names each at the middle of its part, and keeps the figures as they are", () => {
  const chart = { ...base, endMs: 150, kind: "bars" as const, series: [other, { ...other, name: "more" }] };
  const drawing = prepareDrawing(chart, 3);
  expect(drawing.series.map(({ tops }) => tops)).toEqual([
    [20, 60, 80],
    [40, 120, 160],
  ]);
  const labels = readings({ chart, drawing, scale: drawing.scale, ms: null });
  expect(labels.map(({ text, at }) => [text, at * drawing.scale.high])).toEqual([
    ["80 ms", 40],
    ["80 ms", 120],
  ]);
});

test("has nothing to show without figures in its time", () => {
  const late = { name: "p95", points: [[900, 4]] as [number, number][] };
  const drawing = prepareDrawing({ ...base, series: [late] }, 3);
  expect(drawing.hasFigures).toBe(false);
  expect(readings({ chart: { ...base, series: [late] }, drawing, scale: drawing.scale, ms: null })).toEqual([]);
});
