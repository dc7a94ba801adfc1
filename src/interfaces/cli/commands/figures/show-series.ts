// `metrics series`: how many, how long and how often in vain, a row for each bucket and key.
import { formatDuration, formatUsd } from "../../../../kernel/index.ts";
import type { Series } from "../../../../observability/contract.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { readPast } from "../../read-time.ts";
import { formatMoment } from "../../terminal/moment.ts";
import { dim, type Piece, red } from "../../terminal/style.ts";
import { readWhere } from "./read-where.ts";

export interface SeriesOptions {
  by?: string;
  since: string;
  until?: string;
  where?: string[];
  bucket?: "minute" | "hour" | "day" | "none";
  limit: number;
}

const right = "right" as const;

export async function showSeries(cli: Cli, { since, until, where, ...query }: SeriesOptions): Promise<void> {
  const { output, host } = cli;
  const nowMs = host.nowMs();
  const series = await connect(cli).api.figures.series({
    ...query,
    ...readWhere(where, "binnacle metrics series --help"),
    since_ms: readPast(since, nowMs),
    ...(until !== undefined && { until_ms: readPast(until, nowMs) }),
  });
  if (output.isJson) return output.json(series);
  if (series.rows.length === 0) return output.note("Nothing is on record for that.");
  const columns = [
    ...(series.bucket === "none" ? [] : [{ title: "FROM" }]),
    ...series.by.map((name) => ({ title: name.toUpperCase(), shrinksTo: 8 })),
    { title: "RECORDS", align: right },
    { title: "FAILED", align: right },
    { title: "P50", align: right },
    { title: "P95", align: right, goes: 3 },
    { title: "P99", align: right },
    { title: "FIRST TOKEN P50", align: right, goes: 2 },
    { title: "TOKENS", align: right, goes: 1 },
    { title: "COST", align: right },
  ];
  output.table(
    columns,
    series.rows.map((row) => cellsOf(row, series, nowMs)),
  );
}

function cellsOf(row: Series["rows"][number], { by }: Series, nowMs: number): Piece[] {
  return [
    ...(row.at_ms === null ? [] : [formatMoment(row.at_ms, nowMs)]),
    ...by.map((name, index): Piece => {
      if (row.is_rest) return dim(index === 0 ? "all others" : "");
      return row.key[name] ?? dim("none");
    }),
    String(row.records),
    row.failed === 0 ? dim("0") : red(String(row.failed)),
    time(row.duration?.p50_ms),
    time(row.duration?.p95_ms),
    time(row.duration?.p99_ms),
    time(row.first_token?.p50_ms),
    String(row.tokens.input + row.tokens.output),
    formatUsd(row.cost_usd_micros),
  ];
}

function time(ms: number | null | undefined): Piece {
  return ms === null || ms === undefined ? dim("–") : formatDuration(ms);
}
