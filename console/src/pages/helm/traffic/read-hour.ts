// The last hour by minute, and what such an hour usually has: the mean of the same hour in the four weeks before.
import type { Series } from "../../../../../src/observability/contract.ts";
import type { Api } from "../../../api/open-api.ts";

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
const weekMs = 7 * 24 * hourMs;
const weeks = [1, 2, 3, 4];

export interface HourFigures {
  records: number;
  unwell: number;
  usdMicros: number;
  p95Ms: number | null;
}

export interface Hour {
  sinceMs: number;
  untilMs: number;
  minutes: { atMs: number; calls: number; unwell: number; usdMicros: number; p95Ms: number | null }[];
  now: HourFigures;
  /** Null where none of the weeks before has anything. */
  usual: HourFigures | null;
}

export async function readHour({ client }: Api, signal: AbortSignal): Promise<Hour> {
  const untilMs = Date.now();
  const sinceMs = untilMs - hourMs;
  const ask = (back: number, bucket: "minute" | "none") =>
    client.figures.series({ since_ms: sinceMs - back, until_ms: untilMs - back, bucket, limit: 1 }, { signal });
  const [minutes, whole, ...before] = await Promise.all([
    ask(0, "minute"),
    ask(0, "none"),
    ...weeks.map((week) => ask(week * weekMs, "none")),
  ]);
  // Further back only whole hours are kept: what comes is of a longer time, and taken as of an hour.
  const known = before.map(anHourOf).filter(({ records }) => records > 0);
  return {
    sinceMs: minutes.since_ms,
    untilMs,
    minutes: fillMinutes(minutes, untilMs),
    now: figuresOf(whole),
    usual: known.length === 0 ? null : meanOf(known),
  };
}

function figuresOf({ rows }: Series): HourFigures {
  const spread = rows.find(({ duration }) => duration !== null)?.duration;
  return {
    records: sum(rows.map(({ records }) => records)),
    unwell: sum(rows.map(({ failed, refused }) => failed + refused)),
    usdMicros: sum(rows.map(({ cost_usd_micros: micros }) => micros)),
    p95Ms: rows.length === 1 ? (spread?.p95_ms ?? null) : null,
  };
}

/** As much as an hour of it has. */
export function anHourOf(series: Series): HourFigures {
  const share = hourMs / Math.max(1, series.until_ms - series.since_ms);
  const { records, unwell, usdMicros, p95Ms } = figuresOf(series);
  return { records: records * share, unwell: unwell * share, usdMicros: usdMicros * share, p95Ms };
}

export function meanOf(all: readonly HourFigures[]): HourFigures {
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const spreads = all.map(({ p95Ms }) => p95Ms).filter((ms) => ms !== null);
  return {
    records: mean(all.map(({ records }) => records)),
    unwell: mean(all.map(({ unwell }) => unwell)),
    usdMicros: mean(all.map(({ usdMicros }) => usdMicros)),
    p95Ms: spreads.length === 0 ? null : mean(spreads),
  };
}

/** Minutes without a call have no row: they are nothing, not unknown. */
function fillMinutes({ rows, since_ms: sinceMs }: Series, untilMs: number): Hour["minutes"] {
  const byMinute = new Map(rows.map((row) => [row.at_ms, row]));
  const minutes: Hour["minutes"] = [];
  for (let atMs = sinceMs; atMs < untilMs; atMs += minuteMs) {
    const row = byMinute.get(atMs);
    minutes.push({
      atMs,
      calls: row?.records ?? 0,
      unwell: (row?.failed ?? 0) + (row?.refused ?? 0),
      usdMicros: row?.cost_usd_micros ?? 0,
      p95Ms: row?.duration?.p95_ms ?? null,
    });
  }
  return minutes;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
