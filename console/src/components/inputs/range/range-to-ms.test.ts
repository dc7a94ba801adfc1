import { expect, test } from "bun:test";
import { localFromMs, msFromLocal, rangeToMs } from "./range-to-ms.ts";

const nowMs = Date.UTC(2026, 8, 22, 12, 0);

test("counts named ranges back from now", () => {
  expect(rangeToMs({ range: "1h" }, nowMs)).toEqual({ fromMs: nowMs - 3_600_000, toMs: nowMs });
  expect(rangeToMs({ range: "7d" }, nowMs).fromMs).toBe(nowMs - 604_800_000);
});

test("takes a custom range as it is, fills in what it lacks, and never runs backwards", () => {
  expect(rangeToMs({ range: "custom", from: 10, to: 20 }, nowMs)).toEqual({ fromMs: 10, toMs: 20 });
  expect(rangeToMs({ range: "custom", from: 10 }, nowMs)).toEqual({ fromMs: 10, toMs: nowMs });
  expect(rangeToMs({ range: "custom" }, nowMs).fromMs).toBe(nowMs - 86_400_000);
  expect(rangeToMs({ range: "custom", from: 20, to: 10 }, nowMs)).toEqual({ fromMs: 10, toMs: 20 });
});

test("reads back the minute that it puts into a field", () => {
  expect(msFromLocal(localFromMs(nowMs))).toBe(nowMs);
  expect(msFromLocal("")).toBeNull();
  expect(msFromLocal("yesterday")).toBeNull();
});
