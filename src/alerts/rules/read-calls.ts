// Rules about how calls go: too many fail, they take longer than they did, judgements sink, or nothing comes any more.
import { type Dimension, filterOf, fingerprintOf, labelsOf } from "../dimensions.ts";
import type { FiguresQuery } from "../figures.ts";
import { leastShare } from "../slos/burn.ts";
import { byOutcome, outcomesOf } from "../slos/count-events.ts";
import type { Rule } from "./config.ts";
import type { ReadContext, ReadRule, Sample, SampleState } from "./reading.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

type OfRecords = Extract<Rule, { per: readonly Dimension[] }>;

function lastly(
  { of, per }: Pick<OfRecords, "of" | "per">,
  lengthMs: number,
  { nowMs, seriesMax }: Pick<ReadContext, "nowMs" | "seriesMax">,
): FiguresQuery {
  return { since_ms: nowMs - lengthMs, until_ms: nowMs + 1, by: per, where: filterOf({ of, per }), limit: seriesMax };
}

export const readErrorSpike: ReadRule<"error_spike"> = async (rule, context) => {
  const { per, bad, rate, clear_rate: clearRate = rate, min_events, confidence } = rule;
  const rows = await outcomesOf(lastly(rule, rule.window, context), context.figures);
  const counted = byOutcome(rows, per, (outcome) =>
    outcome === "ok" ? true : bad.some((each) => each === outcome) ? false : undefined,
  );
  const samples = [...counted.values()].map(({ labels, ...counts }): Sample => {
    const events = counts.good + counts.bad;
    const share = counts.bad / events;
    const least = leastShare(counts, confidence);
    const state = stateOf({ isOver: least > rate, isClear: share <= clearRate, isKnown: events >= min_events });
    const facts = { bad: counts.bad, events, at_least: least, window_ms: rule.window };
    return { labels, state, value: share, threshold: rate, unit: "share", facts };
  });
  return { samples, absent: "unknown" };
};

function stateOf({ isOver, isClear, isKnown }: { isOver: boolean; isClear: boolean; isKnown: boolean }): SampleState {
  if (!isKnown) return "unknown";
  if (isOver) return "over";
  return isClear ? "clear" : "between";
}

/** The week that is compared with ends a day ago, so that what has been slow for hours is not yet what is usual. */
export const readLatency: ReadRule<"latency"> = async (rule, context) => {
  const { per, of_what: figure, factor, min_ms, min_events } = rule;
  const { figures, nowMs, memory } = context;
  const now = await figures.sums({ ...lastly(rule, rule.window, context), bucket: "none", about: "times" });
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const before = await memory.once(JSON.stringify(["latency", rule, hour]), async () => {
    const untilMs = hour - DAY_MS;
    const week = { ...lastly(rule, 0, context), since_ms: untilMs - WEEK_MS, until_ms: untilMs };
    const rows = await figures.sums({ ...week, bucket: "none", about: "times" });
    return new Map(rows.map((row) => [fingerprintOf(labelsOf(row.key, per)), row[figure]]));
  });
  const samples = now.map((row): Sample => {
    const labels = labelsOf(row.key, per);
    const baseline = before.get(fingerprintOf(labels));
    const { count, p95_ms: p95 } = row[figure] ?? { count: 0, p95_ms: null };
    const usual = baseline && baseline.count >= min_events ? baseline.p95_ms : null;
    const threshold = usual === null ? null : Math.max(usual * factor, usual + min_ms);
    const isOver = threshold !== null && p95 !== null && p95 > threshold;
    const isKnown = threshold !== null && p95 !== null && count >= min_events;
    const state = stateOf({ isOver, isClear: !isOver, isKnown });
    const facts = { figure, p95_week_ms: usual, events: count, window_ms: rule.window };
    return { labels, state, value: p95, threshold, unit: "ms", facts };
  });
  return { samples, absent: "unknown" };
};

export const readQuality: ReadRule<"quality"> = async (rule, context) => {
  const { of, per, score, below, clear_at: clearAt = below, min_events } = rule;
  // Judgements are records of their own, of no call's kind.
  const query = { ...lastly(rule, rule.window, context), where: of };
  const rows = (await context.scores?.scores({ ...query, name: score, bound: below })) ?? [];
  const samples = rows.map(({ key, count, mean }): Sample => {
    const state = stateOf({ isOver: mean < below, isClear: mean >= clearAt, isKnown: count >= min_events });
    const facts = { score, events: count, window_ms: rule.window };
    return { labels: labelsOf(key, per), state, value: mean, threshold: below, unit: "score", facts };
  });
  return { samples, absent: "unknown" };
};

export const readNoData: ReadRule<"no_data"> = async (rule, context) => {
  const { per, min_events, window } = rule;
  const { figures, nowMs } = context;
  const recent = lastly(rule, window, context);
  const dayBefore = { ...recent, since_ms: nowMs - window - DAY_MS, until_ms: nowMs - window };
  const known = await figures.sums({ ...dayBefore, bucket: "none", about: "records" });
  const now = await figures.sums({ ...recent, bucket: "none", about: "records" });
  const records = new Map(now.map((row) => [fingerprintOf(labelsOf(row.key, per)), row.records]));
  const samples = known
    .filter((row) => row.records >= min_events)
    .map((row): Sample => {
      const labels = labelsOf(row.key, per);
      const value = records.get(fingerprintOf(labels)) ?? 0;
      const facts = { day_before: row.records, window_ms: window };
      return { labels, state: value === 0 ? "over" : "clear", value, threshold: 1, unit: "records", facts };
    });
  return { samples, absent: "clear" };
};
