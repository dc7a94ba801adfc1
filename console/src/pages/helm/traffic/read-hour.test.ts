// What is usual is said of an hour, however long the times are that are kept.
import { expect, test } from "bun:test";
import type { Series } from "../../../../../src/observability/contract.ts";
import { anHourOf, hourMs } from "./read-hour.ts";

test("two hours that came where one was asked for count as one", () => {
  const row = {
    records: 240,
    failed: 4,
    refused: 2,
    cost_usd_micros: 1000,
    duration: { count: 240, p50_ms: 1, p95_ms: 9, p99_ms: 9 },
  };
  // Only what is read of an answer.
  const series = { since_ms: 0, until_ms: 2 * hourMs, rows: [row] } as unknown as Series;
  expect(anHourOf(series)).toEqual({ records: 120, unwell: 3, usdMicros: 500, p95Ms: 9 });
});
