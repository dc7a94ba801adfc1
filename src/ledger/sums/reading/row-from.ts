// Rows as PostgreSQL gives them, as the contract has them.
import type { SumBucket, SumDimension, SumRow, SumSpread, WithinRow } from "../contract.ts";
import { timeOf } from "../histogram.ts";

type Row = Record<string, unknown>;

interface RowOptions {
  by: readonly SumDimension[];
  bucket: SumBucket;
  spreads: boolean;
}

export function sumRowFrom(row: Row, { by, bucket, spreads }: RowOptions): SumRow {
  const isRest = row["is_rest"] === true;
  return {
    key: isRest ? {} : Object.fromEntries(by.map((dimension, index) => [dimension, textOf(row[`k${index}`])])),
    is_rest: isRest,
    at_ms: bucket === "none" ? null : Number(row["at_ms"]),
    records: Number(row["records"]),
    failed: Number(row["failed"]),
    refused: Number(row["refused"]),
    tokens: {
      input: Number(row["input_tokens"]),
      output: Number(row["output_tokens"]),
      cache_read: Number(row["cache_read_tokens"]),
      cache_write: Number(row["cache_write_tokens"]),
      reasoning: Number(row["reasoning_tokens"]),
    },
    cost_usd_micros: Number(row["cost_usd_micros"]),
    saved_usd_micros: Number(row["saved_usd_micros"]),
    wasted_usd_micros: Number(row["wasted_usd_micros"]),
    unpriced: Number(row["unpriced"]),
    duration: spreads ? spreadFrom(row, "duration") : null,
    first_token: spreads ? spreadFrom(row, "first_token") : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function spreadFrom(row: Row, name: string): SumSpread {
  const time = (quantile: string): number | null => {
    const bucket = row[`${name}_${quantile}`];
    return typeof bucket === "number" ? timeOf(bucket) : null;
  };
  return { count: Number(row[`${name}_count`] ?? 0), p50_ms: time("p50"), p95_ms: time("p95"), p99_ms: time("p99") };
}

interface WithinOptions {
  bucket: SumBucket;
  durationMs: number | undefined;
  firstTokenMs: number | undefined;
}

export function withinRowFrom(row: Row, { bucket, durationMs, firstTokenMs }: WithinOptions): WithinRow {
  const counts = (name: string) => ({ count: Number(row[`${name}_count`]), within: Number(row[`${name}_within`]) });
  return {
    at_ms: bucket === "none" ? null : Number(row["at_ms"]),
    records: Number(row["records"]),
    failed: Number(row["failed"]),
    refused: Number(row["refused"]),
    duration: durationMs === undefined ? null : counts("duration"),
    first_token: firstTokenMs === undefined ? null : counts("first_token"),
  };
}
