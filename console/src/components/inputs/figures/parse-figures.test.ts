import { expect, test } from "bun:test";
import { assert, integer, nat, property } from "fast-check";
import { formatTypedDuration, formatTypedUsd, parseDuration, parseNumber, parseUsd } from "./parse-figures.ts";

test("reads numbers with and without separators, and no others", () => {
  expect(["12", " 1,204 ", "0.5", ".5", "−3", "1,234,567.25", ""].map(parseNumber)).toEqual([
    12,
    1204,
    0.5,
    0.5,
    -3,
    1_234_567.25,
    null,
  ]);
  expect(["1,5", "12a", "1e5", "--1", "1.2.3", "."].map(parseNumber)).toEqual(Array(6).fill(undefined));
});

test("reads dollars exactly, down to the millionth", () => {
  expect(["1", "$0.10", "0.000001", "1,204.50", "-2.5", "19.99"].map(parseUsd)).toEqual([
    1_000_000, 100_000, 1, 1_204_500_000, -2_500_000, 19_990_000,
  ]);
  expect(["0.0000001", "ten", "", "."].map(parseUsd)).toEqual([undefined, undefined, null, undefined]);
});

test("reads back every amount that it writes", () => {
  assert(property(integer({ min: -1e12, max: 1e12 }), (micros) => parseUsd(formatTypedUsd(micros)) === micros));
});

test("reads lengths of time in the units that people type", () => {
  expect(["30s", "15 min", "15m", "1 h 30 min", "7 d", "250 ms", "1.5 h", ""].map(parseDuration)).toEqual([
    30_000,
    900_000,
    900_000,
    5_400_000,
    604_800_000,
    250,
    5_400_000,
    null,
  ]);
  expect(["5", "5 parsecs", "h", "1 h x"].map(parseDuration)).toEqual(Array(4).fill(undefined));
});

test("reads back every length of time that it writes", () => {
  assert(property(nat(1e12), (ms) => parseDuration(formatTypedDuration(ms)) === ms));
});
