import { expect, test } from "bun:test";
import { axisUnit, formatExact, formatExactShort, formatShort, formatTick } from "./units.ts";

test("gives an axis the unit that fits its end", () => {
  const named = (unit: string, tops: number[]): string[] => tops.map((top) => axisUnit(unit, top).name);
  expect(named("ms", [0.4, 800, 4000, 600_000, 9_000_000])).toEqual(["µs", "ms", "s", "min", "h"]);
  expect(named("bytes", [12, 4e3, 3e6, 2e9, 5e12])).toEqual(["bytes", "KB", "MB", "GB", "TB"]);
  expect(named("calls", [900, 12_000, 4e6])).toEqual(["calls", "thousand calls", "million calls"]);
  expect([...named("share", [1]), ...named("usd_micros", [5])]).toEqual(["%", "USD"]);
});

test("writes the marks of an axis with as many places as their step has", () => {
  const write = (unit: string, step: number): string[] =>
    [0, step, 2 * step].map((value) => formatTick(value, step, axisUnit(unit, 3 * step)));
  expect(write("ms", 500)).toEqual(["0.0", "0.5", "1.0"]);
  expect(write("ms", 20)).toEqual(["0", "20", "40"]);
  expect(write("share", 0.2)).toEqual(["0", "20", "40"]);
  expect(write("usd_micros", 2000)).toEqual(["0.000", "0.002", "0.004"]);
  expect(write("calls", 50_000)).toEqual(["0", "50", "100"]);
  expect(formatTick(-50, 50, axisUnit("calls", 50))).toBe("−50");
});

test("writes a figure as the API says it, with its unit", () => {
  expect(formatExact(1204.5, "ms")).toBe("1,204.5 ms");
  expect(formatExact(1204, "usd_micros")).toBe("$0.001204");
  expect(formatExact(0.9995, "share")).toBe("99.95 %");
  expect(formatExact(-3, "calls")).toBe("−3 calls");
  expect(formatExactShort(1_204_331, "tokens")).toBe("1,204,331");
  expect(formatExactShort(1_204_331, "ms")).toBe("1,204,331 ms");
});

test("writes three figures where there is little room", () => {
  expect([0, 0.4, 412.3, 1234, 125_000].map((value) => formatShort(value, "ms"))).toEqual([
    "0 ms",
    "400 µs",
    "412 ms",
    "1.23 s",
    "2.08 min",
  ]);
  expect([0, 1204, 41_204_331, 2_108_000_000].map((value) => formatShort(value, "usd_micros"))).toEqual([
    "$0",
    "$0.0012",
    "$41.20",
    "$2,108",
  ]);
  expect([7, 1204, 48_210, 1_204_331].map((value) => formatShort(value, "calls"))).toEqual([
    "7",
    "1,204",
    "48.2 k",
    "1.2 M",
  ]);
  expect([formatShort(0.455, "share"), formatShort(14_200, "bytes")]).toEqual(["45.5 %", "14.2 KB"]);
});
