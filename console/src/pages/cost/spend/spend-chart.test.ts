// Every bucket of the time has a figure, wherever in a bucket that time begins.
import { expect, test } from "bun:test";
import type { Series } from "../../../../../src/observability/contract.ts";
import { seriesOf } from "./spend-chart.tsx";

const hour = 3_600_000;
const row = (atMs: number, model: string | null, micros: number) => ({
  key: model === null ? {} : { model },
  is_rest: model === null,
  at_ms: atMs,
  cost_usd_micros: micros,
});

test("the dearest comes first, all others last, and an hour without records is nothing", () => {
  // Only what is read of an answer.
  const series = {
    since_ms: 90 * 60_000,
    until_ms: 4 * hour,
    bucket: "hour",
    by: ["model"],
    rows: [row(hour, "small", 5), row(hour, null, 100), row(hour, "large", 7), row(3 * hour, "large", 2)],
  } as unknown as Series;
  const drawn = seriesOf(series, (_, value) => value ?? "none");
  expect(drawn.map(({ name }) => name)).toEqual(["large", "small", "all others"]);
  expect(drawn[0]?.points).toEqual([
    [hour, 7],
    [2 * hour, 0],
    [3 * hour, 2],
  ]);
});
