// Bars of time keep their place and their length, whatever the figures.
import { describe, expect, test } from "bun:test";
import { renderLine, widthOf } from "../terminal/style.ts";
import { sampleCall } from "../testing/sample-call.ts";
import { renderBar } from "./describe-attempts.ts";

const [, attempt] = sampleCall().attempts;

/** Begin, length and first byte in milliseconds. */
type Times = [started: number, duration: number, firstByte: number | null];

function bar([started_after_ms, duration_ms, first_byte_ms]: Times, totalMs = 1000): string {
  if (!attempt) throw new Error("the sample has two attempts");
  return renderLine(renderBar({ ...attempt, started_after_ms, duration_ms, first_byte_ms }, totalMs), false);
}

describe("a bar of an attempt", () => {
  test("stands where the attempt was, and tells waiting from receiving", () => {
    expect(bar([0, 1000, 500])).toBe("░░░░░░░░░░░░████████████");
    expect(bar([250, 500, 250])).toBe("······░░░░░░██████······");
    expect(bar([0, 500, null])).toBe("░░░░░░░░░░░░············");
  });

  test("shows an attempt however short it was", () => {
    expect(bar([0, 0, 0])).toBe("█·······················");
    expect(bar([1000, 0, null])).toBe("·······················░");
    expect(bar([0, 0, null], 0)).toBe("░·······················");
  });

  test("is as wide as every other, also when figures do not fit together", () => {
    for (const started of [-5, 0, 1, 999, 5000])
      for (const duration of [0, 1, 500, 9000])
        for (const firstByte of [null, 0, 250, 9999])
          for (const total of [0, 0.2, 1000]) expect(widthOf([bar([started, duration, firstByte], total)])).toBe(24);
  });
});
