import { describe, expect, test } from "bun:test";
import { judgeFlatness, type Sample } from "./flatness.ts";

const MIB = 2 ** 20;

/** A sample each 5 s. */
function samplesOf(minutes: number, bytesAt: (minute: number) => number): Sample[] {
  return Array.from({ length: minutes * 12 + 1 }, (_, place) => ({ atMs: place * 5000, bytes: bytesAt(place / 12) }));
}

describe("memory is flat", () => {
  test("when it does not change after the first minute, whatever it did in it", () => {
    const { change, drift, isFlat, firstBytes } = judgeFlatness(
      samplesOf(10, (minute) => (minute < 1 ? minute * 200 * MIB : 100 * MIB)),
    );
    expect({ change, drift, isFlat, firstBytes }).toEqual({ change: 0, drift: 0, isFlat: true, firstBytes: 100 * MIB });
  });

  test("when it goes up and down by more than 10 % around a level", () => {
    const samples = samplesOf(10, (minute) => (100 + 20 * Math.sin(minute * 20)) * MIB);
    expect(judgeFlatness(samples).isFlat).toBe(true);
  });

  test("in two minutes as well as in ten", () => {
    expect(judgeFlatness(samplesOf(2, () => 100 * MIB)).isFlat).toBe(true);
  });

  test("when single samples are wild, the last one included", () => {
    const samples = samplesOf(10, (minute) => (minute === 10 || minute === 5 ? 400 : 100) * MIB);
    expect(judgeFlatness(samples).isFlat).toBe(true);
  });
});

describe("memory is not flat", () => {
  test("when it leaks slowly", () => {
    const { change, drift, isFlat } = judgeFlatness(samplesOf(10, (minute) => (100 + 1.5 * minute) * MIB));
    expect(isFlat).toBe(false);
    expect(change).toBeCloseTo(0.118, 2);
    expect(drift).toBeCloseTo(0.132, 2);
  });

  test("when it leaks and its last minute is lucky", () => {
    const samples = samplesOf(10, (minute) => (minute > 9 ? 102 : 100 + 3 * minute) * MIB);
    const { change, isFlat } = judgeFlatness(samples);
    expect(Math.abs(change)).toBeLessThan(0.1);
    expect(isFlat).toBe(false);
  });

  test("when it jumps and stays there", () => {
    expect(judgeFlatness(samplesOf(10, (minute) => (minute < 8.5 ? 100 : 120) * MIB)).isFlat).toBe(false);
  });

  test("when it shrinks by more than 10 %", () => {
    expect(judgeFlatness(samplesOf(10, (minute) => (minute < 5 ? 120 : 100) * MIB)).isFlat).toBe(false);
  });
});

test("too few samples are no verdict", () => {
  expect(() => judgeFlatness(samplesOf(1, () => MIB))).toThrow("too few samples");
});
