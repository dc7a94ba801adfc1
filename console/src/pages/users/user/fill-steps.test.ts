import { expect, test } from "bun:test";
import { fillSteps, stepOf } from "./fill-steps.ts";

test("has a step for each bucket, also for those that the API leaves out", () => {
  const hour = 3_600_000;
  const row = { at_ms: 2 * hour } as Parameters<typeof fillSteps>[0]["rows"][number];
  const steps = fillSteps({ since_ms: hour, until_ms: 4 * hour - 1, bucket: "hour", rows: [row] });
  expect(steps).toEqual([
    { atMs: hour, row: undefined },
    { atMs: 2 * hour, row },
    { atMs: 3 * hour, row: undefined },
  ]);
});

test("has none without buckets", () => {
  expect(fillSteps({ since_ms: 0, until_ms: 10, bucket: "none", rows: [] })).toEqual([]);
  expect(stepOf({ bucket: "day" })).toBe(86_400_000);
});
