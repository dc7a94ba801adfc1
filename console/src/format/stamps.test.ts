import { expect, test } from "bun:test";
import { formatSpan, formatStamp, formatStampWithZone } from "./stamps.ts";

const at = new Date(2026, 10, 21, 14, 2, 11).getTime();

test("writes a moment with its day, and its zone where nothing else says it", () => {
  expect(formatStamp(at)).toBe("21 Nov, 14:02:11");
  expect(formatStampWithZone(at)).toMatch(/^Sat,? 21 Nov, 14:02:11 UTC/);
});

test("writes a stretch of time with the day once, or with both", () => {
  expect(formatSpan(at, at + 60_000)).toMatch(/^Sat,? 21 Nov, 14:02:11–14:03:11 UTC/);
  expect(formatSpan(at, at + 86_400_000)).toMatch(/–Sun,? 22 Nov, 14:02:11 UTC/);
});
