// Rules about money: more than a fixed sum, or more than is usual at this hour of the week. Money is counted once, whoever
// recorded it, so all records are looked at unless the rule says which.
import { fingerprintOf, type Labels, labelsOf } from "../dimensions.ts";
import type { FiguresRow } from "../figures.ts";
import type { RuleOf } from "./config.ts";
import type { ReadContext, Reading, ReadRule } from "./reading.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

export const readCost: ReadRule<"cost"> = async ({ of, per, usd, every }, { figures, nowMs, seriesMax }) => {
  const since_ms = beginningOf(every, nowMs);
  const rows = await figures.sums({
    since_ms,
    until_ms: nowMs + 1,
    by: per,
    where: of,
    bucket: "none",
    about: "cost",
    limit: seriesMax,
  });
  const threshold = Math.round(usd * 1e6);
  const samples = rows.map(({ key, cost_usd_micros: value, records }) => ({
    labels: labelsOf(key, per),
    state: value > threshold ? ("over" as const) : ("clear" as const),
    value,
    threshold,
    unit: "usd_micros" as const,
    facts: { every, since_ms, records },
  }));
  return { samples, absent: "clear" };
};

function beginningOf(every: "hour" | "day" | "month", nowMs: number): number {
  if (every === "hour") return Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  if (every === "day") return Math.floor(nowMs / DAY_MS) * DAY_MS;
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
}

/** Of a week, the same hour and its two neighbours. */
const NEIGHBOURS = [-1, 0, 1];
/** With fewer hours to compare with nothing is usual yet. */
const SAMPLES_MIN = 3;
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_SCALE = 1.4826;
/** Of the median: what costs the same each week must not alert over a cent. */
const SPREAD_MIN = 0.1;

interface Usual {
  series: ReadonlyMap<string, readonly number[]>;
  /** Hours in which anything was on record at all. */
  hours: number;
}

export const readCostAnomaly: ReadRule<"cost_anomaly"> = async (rule, context) => {
  const { of, per } = rule;
  const { figures, nowMs, seriesMax } = context;
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const key = JSON.stringify([of, per, rule.weeks, hour]);
  const usual = await context.memory.once(key, () => usualCosts(rule, hour, context));
  const rows = await figures.sums({
    since_ms: nowMs - HOUR_MS,
    until_ms: nowMs + 1,
    by: per,
    where: of,
    bucket: "none",
    about: "cost",
    limit: seriesMax,
  });
  const samples = rows.map(({ key: row, cost_usd_micros }) =>
    judge(rule, { labels: labelsOf(row, per), value: cost_usd_micros, usual }),
  );
  return { samples, absent: "clear" };
};

function judge(
  { deviations, min_usd }: RuleOf<"cost_anomaly">,
  { labels, value, usual }: { labels: Labels; value: number; usual: Usual },
): Reading["samples"][number] {
  const known = usual.series.get(fingerprintOf(labels)) ?? [];
  // In an hour in which others called, a series without a row cost nothing.
  const costs = [...known, ...Array.from({ length: Math.max(0, usual.hours - known.length) }, () => 0)];
  const unit = "usd_micros" as const;
  if (costs.length < SAMPLES_MIN)
    return { labels, state: "unknown", value, threshold: null, unit, facts: { hours_compared: costs.length } };
  const median = medianOf(costs);
  const mad = medianOf(costs.map((cost) => Math.abs(cost - median)));
  const spread = Math.max(mad * MAD_SCALE, median * SPREAD_MIN);
  const threshold = Math.round(median + Math.max(deviations * spread, min_usd * 1e6));
  return {
    labels,
    state: value > threshold ? "over" : "clear",
    value,
    threshold,
    unit,
    facts: { median_usd_micros: Math.round(median), hours_compared: costs.length },
  };
}

async function usualCosts(
  { of, per, weeks }: RuleOf<"cost_anomaly">,
  hour: number,
  { figures, seriesMax }: ReadContext,
): Promise<Usual> {
  const found: FiguresRow[] = [];
  for (let week = 1; week <= weeks; week += 1) {
    const since_ms = hour - week * WEEK_MS - HOUR_MS;
    const rows = await figures.sums({
      since_ms,
      until_ms: since_ms + NEIGHBOURS.length * HOUR_MS,
      by: per,
      where: of,
      bucket: "hour",
      about: "cost",
      limit: seriesMax * NEIGHBOURS.length,
    });
    found.push(...rows);
  }
  const series = new Map<string, number[]>();
  for (const { key, cost_usd_micros } of found) {
    const name = fingerprintOf(labelsOf(key, per));
    series.set(name, [...(series.get(name) ?? []), cost_usd_micros]);
  }
  return { series, hours: new Set(found.map(({ at_ms }) => at_ms)).size };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
