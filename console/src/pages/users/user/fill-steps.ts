// Figures over time with a step for each bucket: the API leaves out those in which nothing happened, and nothing is zero.
import type { Series } from "../../../../../src/observability/contract.ts";
import type { SumRow } from "../../../../../src/ledger/contract.ts";

const lengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** Of minutes a day and a half: more than the API gives in minutes. */
const stepsMost = 2000;

export function stepOf(series: Pick<Series, "bucket"> | undefined): number | undefined {
  return series === undefined || series.bucket === "none" ? undefined : lengths[series.bucket];
}

export function fillSteps(series: Pick<Series, "since_ms" | "until_ms" | "bucket" | "rows">) {
  const stepMs = stepOf(series);
  if (stepMs === undefined) return [];
  const rows = new Map(series.rows.map((row) => [row.at_ms, row]));
  const steps: { atMs: number; row: SumRow | undefined }[] = [];
  const firstMs = Math.floor(series.since_ms / stepMs) * stepMs;
  for (let atMs = firstMs; atMs < series.until_ms && steps.length < stepsMost; atMs += stepMs)
    steps.push({ atMs, row: rows.get(atMs) });
  return steps;
}
