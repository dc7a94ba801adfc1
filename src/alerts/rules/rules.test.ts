// Each kind of rule, read over figures made up for it.
import { describe, expect, test } from "bun:test";
import { fakeSources } from "../figures.fixture.ts";
import type { AlertSources } from "../figures.ts";
import { createSloMeter } from "../slos/measure-slo.ts";
import { sloSchema } from "../slos/config.ts";
import { defaultRules, ruleSchema } from "./config.ts";
import { createRuleMemory } from "./memory.ts";
import type { MeasuredSlos } from "./reading.ts";
import { medianOf } from "./read-cost.ts";
import { readRule } from "./read-rule.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** A Wednesday at noon. */
const NOW_MS = Date.UTC(2026, 10, 18, 12);

interface Given {
  sources?: AlertSources;
  slos?: MeasuredSlos;
  memory?: ReturnType<typeof createRuleMemory>;
  nowMs?: number;
}

async function read(rule: unknown, given: Given = {}) {
  const { sources = fakeSources(), slos = new Map(), memory = createRuleMemory(), nowMs = NOW_MS } = given;
  const context = { ...sources, nowMs, seriesMax: 50, slos, memory };
  const { samples } = await readRule(ruleSchema.parse(rule), context);
  return samples.map(({ labels, state, value, threshold }) => ({ labels, state, value, threshold }));
}

const lastly = (lengthMs: number) => ({ since_ms: NOW_MS - lengthMs, until_ms: NOW_MS });

describe("cost", () => {
  test("of this day is held against the bound, of each team apart, whoever recorded it", async () => {
    const sources = fakeSources();
    sources.add(10, { key: { team: "core" }, cost_usd_micros: 1_000_000, ...lastly(11 * HOUR_MS) });
    sources.add(10, { key: { team: "lab", own: "false" }, cost_usd_micros: 1_100_000, ...lastly(11 * HOUR_MS) });
    sources.add(10, { key: { team: "core" }, cost_usd_micros: 9_000_000, since_ms: 0, until_ms: NOW_MS - DAY_MS });
    expect(await read({ kind: "cost", per: ["team"], usd: 10 }, { sources })).toEqual([
      { labels: { team: "core" }, state: "clear", value: 10_000_000, threshold: 10_000_000 },
      { labels: { team: "lab" }, state: "over", value: 11_000_000, threshold: 10_000_000 },
    ]);
    expect(await read({ kind: "cost", usd: 20, every: "month" }, { sources })).toMatchObject([{ state: "over" }]);
    expect(await read({ kind: "cost", usd: 20, every: "hour" }, { sources })).toEqual([]);
  });

  /** Each week at this hour and around it, so many dollars an hour. */
  function weekly(dollars: readonly number[]) {
    const sources = fakeSources();
    dollars.forEach((usd, week) => {
      const hour = NOW_MS - (week + 1) * WEEK_MS;
      for (const near of [-1, 0, 1])
        sources.add(10, {
          key: { team: "core" },
          cost_usd_micros: usd * 100_000,
          since_ms: hour + near * HOUR_MS,
          until_ms: hour + (near + 1) * HOUR_MS,
        });
    });
    return sources;
  }

  test("that is unusual for this hour of the week is found, and a usual one is not", async () => {
    const sources = weekly([10, 12, 8, 10]);
    sources.add(10, { key: { team: "core" }, cost_usd_micros: 1_500_000, ...lastly(HOUR_MS) });
    const rule = { kind: "cost_anomaly", per: ["team"] };
    // Median 10, median absolute deviation 1: 10 + 5 × 1.4826.
    expect(await read(rule, { sources })).toEqual([
      { labels: { team: "core" }, state: "clear", value: 15_000_000, threshold: 17_413_000 },
    ]);
    sources.add(10, { key: { team: "core" }, cost_usd_micros: 300_000, ...lastly(HOUR_MS) });
    expect(await read(rule, { sources })).toMatchObject([{ state: "over", value: 18_000_000 }]);
  });

  test("of the first weeks is unusual in nothing", async () => {
    const sources = fakeSources();
    sources.add(10, { key: { team: "core" }, cost_usd_micros: 1_500_000, ...lastly(HOUR_MS) });
    expect(await read({ kind: "cost_anomaly" }, { sources })).toMatchObject([{ state: "unknown" }]);
  });

  test("of a newcomer, in hours in which others called, was nothing", async () => {
    const sources = weekly([10, 12, 8, 10]);
    sources.add(10, { key: { team: "new" }, cost_usd_micros: 500_000, ...lastly(HOUR_MS) });
    expect(await read({ kind: "cost_anomaly", per: ["team"] }, { sources })).toEqual([
      { labels: { team: "new" }, state: "over", value: 5_000_000, threshold: 1_000_000 },
    ]);
  });
});

describe("an error spike", () => {
  const stretch = lastly(5 * 60_000);
  test.each([
    // Wilson's lower bound of 3 of 20 at 95 % is 0.063, of 2 of 20 it is 0.034.
    [20, 3, "over"],
    [20, 2, "between"],
    [20, 1, "clear"],
    [19, 19, "unknown"],
    [1000, 62, "over"],
    [1000, 60, "between"],
  ])("of %i calls, of which %i fail, is %s", async (calls, failed, state) => {
    const sources = fakeSources();
    sources.add(failed, { key: { route: "fast", outcome: "failed" }, ...stretch });
    sources.add(calls - failed, { key: { route: "fast" }, ...stretch });
    sources.add(500, { key: { route: "fast", outcome: "refused" }, ...stretch });
    sources.add(500, { key: { route: "fast", own: "false", outcome: "failed" }, ...stretch });
    expect(await read({ kind: "error_spike", per: ["route"] }, { sources })).toMatchObject([{ state }]);
  });
});

describe("latency", () => {
  test("is held against the week before, by a factor and by milliseconds", async () => {
    const sources = fakeSources();
    const week = { since_ms: NOW_MS - 8 * DAY_MS, until_ms: NOW_MS - DAY_MS };
    sources.add(2000, { key: { route: "slow" }, duration_ms: 1000, ...week });
    sources.add(2000, { key: { route: "quick" }, duration_ms: 10, ...week });
    sources.add(2000, { key: { route: "slow" }, duration_ms: 1600, ...lastly(DAY_MS - HOUR_MS) });
    sources.add(100, { key: { route: "slow" }, duration_ms: 1600, ...lastly(15 * 60_000) });
    sources.add(100, { key: { route: "quick" }, duration_ms: 150, ...lastly(15 * 60_000) });
    expect(await read({ kind: "latency", per: ["route"] }, { sources })).toMatchObject([
      { labels: { route: "slow" }, state: "over", value: 1600, threshold: 1500 },
      { labels: { route: "quick" }, state: "clear", threshold: 210 },
    ]);
    const firstToken = { kind: "latency", of_what: "first_token" };
    expect(await read(firstToken, { sources })).toMatchObject([{ state: "unknown", value: null }]);
  });

  test("without a week to compare with is not known", async () => {
    const sources = fakeSources();
    sources.add(100, { key: {}, duration_ms: 1600, ...lastly(15 * 60_000) });
    expect(await read({ kind: "latency" }, { sources })).toMatchObject([{ state: "unknown", threshold: null }]);
  });
});

test("quality that sinks below its bound is found, and is well again only from a higher one", async () => {
  const rule = { kind: "quality", score: "helpful", below: 0.7, clear_at: 0.8 };
  const stateAt = async (mean: number, count = 20) => {
    const scores = () => Promise.resolve([{ key: {}, count, mean, at_least: 0 }]);
    return (await read(rule, { sources: fakeSources({ scores: { scores } }) }))[0]?.state;
  };
  expect(await Promise.all([0.69, 0.7, 0.8].map((mean) => stateAt(mean)))).toEqual(["over", "between", "clear"]);
  expect(await stateAt(0.1, 19)).toBe("unknown");
  expect(await read(rule)).toEqual([]);
});

test("drift fires for as long as it is found", async () => {
  const finding = { labels: { model: "m" }, value: 0.3, threshold: 0.2, facts: {} };
  const sources = fakeSources({ findings: () => Promise.resolve([finding]) });
  expect(await read({ kind: "drift" }, { sources })).toEqual([
    { labels: { model: "m" }, state: "over", value: 0.3, threshold: 0.2 },
  ]);
});

test("a signal is late where its boundary is crossed", async () => {
  const signal = { signal: "records", lag_ms: 9000, bound_ms: 5000, is_crossed: true };
  const other = { signal: "cost", lag_ms: 9000, bound_ms: 20_000, is_crossed: false };
  const sources = fakeSources({ signals: () => Promise.resolve([signal, other]) });
  expect(await read({ kind: "signal_lag" }, { sources })).toMatchObject([{ state: "over" }, { state: "clear" }]);
  expect(await read({ kind: "signal_lag", signals: ["cost"] }, { sources })).toMatchObject([{ state: "clear" }]);
});

describe("a budget's forecast", () => {
  const budget = {
    id: "usd/month/team/core",
    whose: "team core",
    cap: 100_000_000,
    starts_at_ms: NOW_MS - 10 * DAY_MS,
    renews_at_ms: NOW_MS + 20 * DAY_MS,
  };
  const at = (spent: number, more: object = {}, given: Given = {}) =>
    read(
      { kind: "budget_forecast", ...more },
      { ...given, sources: fakeSources({ budgets: () => Promise.resolve([{ ...budget, spent }]) }) },
    );

  test.each([
    // A third of the month is over.
    [33_000_000, "clear"],
    [34_000_000, "over"],
    [100_000_000, "over"],
    [0, "clear"],
  ])("of a hundred dollars with %i micro-dollars spent on the tenth day is %s", async (spent, state) => {
    expect(await at(spent)).toMatchObject([{ state }]);
  });

  test("says nothing before a part of it is used, or where the end is far off", async () => {
    expect(await at(34_000_000, { min_used: 0.5 })).toMatchObject([{ state: "clear" }]);
    expect(await at(34_000_000, { within: "7d" })).toMatchObject([{ state: "clear" }]);
    expect(await at(80_000_000, { within: "7d" })).toMatchObject([{ state: "over" }]);
  });

  test("goes by the pace of the last hour, once ten minutes of it are known", async () => {
    const memory = createRuleMemory();
    expect(await at(25_000_000, {}, { memory })).toMatchObject([{ state: "clear" }]);
    const tenMinutes = { memory, nowMs: NOW_MS + 600_000 };
    expect(await at(26_000_000, {}, tenMinutes)).toMatchObject([{ state: "over" }]);
    const quiet = { memory, nowMs: NOW_MS + 2 * HOUR_MS };
    expect(await at(26_000_000, {}, quiet)).toMatchObject([{ state: "clear" }]);
  });
});

test("who called yesterday and does not call is missed; who hardly ever called is not", async () => {
  const sources = fakeSources();
  for (const service of ["gone", "here"])
    sources.add(30, { key: { service }, since_ms: NOW_MS - DAY_MS, until_ms: NOW_MS - HOUR_MS });
  sources.add(5, { key: { service: "rare" }, since_ms: NOW_MS - DAY_MS, until_ms: NOW_MS - HOUR_MS });
  sources.add(1, { key: { service: "here" }, ...lastly(60_000) });
  expect(await read({ kind: "no_data", per: ["service"] }, { sources })).toEqual([
    { labels: { service: "gone" }, state: "over", value: 0, threshold: 1 },
    { labels: { service: "here" }, state: "clear", value: 1, threshold: 1 },
  ]);
});

test("a burning objective pages, and another rule may leave it out", async () => {
  const sources = fakeSources();
  sources.add(100, { key: { route: "fast", outcome: "failed" }, ...lastly(HOUR_MS) });
  sources.add(100, { key: { route: "fast" }, ...lastly(HOUR_MS) });
  const slo = sloSchema.parse({ objective: { kind: "availability" }, target: 99, per: ["route"] });
  const measured = await createSloMeter().measure("calls", slo, { ...sources, nowMs: NOW_MS, seriesMax: 10 });
  const slos = new Map([["calls", { slo, measured }]]);
  expect(await read({ kind: "slo_burn" }, { sources, slos })).toMatchObject([
    { labels: { route: "fast", slo: "calls", burn: "page" }, state: "over", value: 50, threshold: 14.4 },
    { labels: { route: "fast", slo: "calls", burn: "ticket" }, state: "over", value: 50, threshold: 1 },
  ]);
  expect(await read({ kind: "slo_burn", slos: ["others"] }, { sources, slos })).toEqual([]);
});

test("rules that are there by themselves hold", () => {
  for (const rule of Object.values(defaultRules)) expect(ruleSchema.safeParse(rule).success).toBe(true);
});

test("the median of an even number is between the two in the middle", () => {
  expect([medianOf([3, 1, 2]), medianOf([4, 1, 3, 2]), medianOf([])]).toEqual([2, 2.5, 0]);
});
