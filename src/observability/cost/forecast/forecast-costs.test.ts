import { expect, test } from "bun:test";
import type { SumQuery, SumRow } from "../../../ledger/contract.ts";
import { forecastQuerySchema } from "./contract.ts";
import { forecastCosts } from "./forecast-costs.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 12);
const MONTH = Date.UTC(2026, 10, 1);
const PER_HOUR = 1_000_000;

function rowOf(at_ms: number | null, hours: number, key: SumRow["key"] = {}): SumRow {
  const tokens = { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 };
  return {
    at_ms,
    key,
    is_rest: false,
    records: hours,
    failed: 0,
    refused: 0,
    tokens,
    cost_usd_micros: hours * PER_HOUR,
    saved_usd_micros: (hours * PER_HOUR) / 4,
    wasted_usd_micros: 0,
    unpriced: at_ms === null ? 0 : 1,
    duration: null,
    first_token: null,
  };
}

/** A dollar each hour since `sinceMs`, and a quarter of it saved. */
function steadySince(sinceMs: number) {
  return {
    async sums({ since_ms, until_ms, bucket, by }: SumQuery) {
      const fromMs = Math.max(since_ms, sinceMs);
      const hours = Math.max(0, Math.floor((until_ms - fromMs) / HOUR));
      const range = { since_ms, until_ms };
      if (by?.length) return { ...range, rows: [rowOf(null, hours, { model: "m" })] };
      if (bucket !== "hour") return { ...range, rows: [rowOf(null, hours)] };
      return { ...range, rows: Array.from({ length: hours }, (_, hour) => rowOf(fromMs + hour * HOUR, 1)) };
    },
    within: () => Promise.resolve([]),
    costliest: () => Promise.resolve({ since_ms: 0, until_ms: 0, records: [] }),
    describePatterns: () => Promise.resolve(new Map<string, string>()),
  };
}

const ask = (query: object, sinceMs = MONTH - 20 * 24 * HOUR) =>
  forecastCosts(forecastQuerySchema.parse(query), { ledger: steadySince(sinceMs), world: { nowMs: () => NOW } });

test("what goes on as it was comes to what it was: the month, and twice and ten times the traffic", async () => {
  const { month, scenarios, assumed } = await ask({});
  const spent = ((NOW - MONTH) / HOUR) * PER_HOUR;
  const left = 30 * 24 * PER_HOUR - spent;
  expect(month).toEqual({ from_ms: MONTH, until_ms: Date.UTC(2026, 11, 1), spent_usd_micros: spent });
  for (const { traffic, this_month, steady_month } of scenarios) {
    expect(this_month.expected_usd_micros / (spent + traffic * left)).toBeCloseTo(1, 6);
    expect(steady_month.expected_usd_micros / (traffic * 30 * 24 * PER_HOUR)).toBeCloseTo(1, 6);
    expect(this_month.low95_usd_micros).toBeLessThanOrEqual(this_month.low80_usd_micros);
  }
  expect(scenarios.map(({ traffic }) => traffic)).toEqual([1, 2, 10]);
  expect(assumed).toMatchObject({ history_days: 40, season: "week", growth_per_week: 0, cache_share: 0.2 });
  expect(assumed?.mix).toEqual([{ model: "m", share: 1 }]);
});

test("what is assumed can be changed", async () => {
  const whole = 30 * 24 * PER_HOUR;
  const steady = async (query: object) => (await ask(query)).scenarios[0]?.steady_month.expected_usd_micros ?? 0;
  expect((await steady({ cache_share: 0.6 })) / whole).toBeCloseTo(0.5, 6);
  expect((await steady({ price_factor: 0.8 })) / whole).toBeCloseTo(0.8, 6);
  expect((await steady({ traffic: "0" })) / whole).toBe(0);
});

test("the same question has the same answer, and two days of history are too few to know the week", async () => {
  expect(await ask({})).toEqual(await ask({}));
  const { assumed } = await ask({}, NOW - 3 * 24 * HOUR);
  expect(assumed).toMatchObject({ history_days: 3, season: "none" });
});

test("while there is too little history, what was spent is told and nothing is foretold", async () => {
  expect(await ask({}, NOW - 30 * HOUR)).toEqual({
    month: { from_ms: MONTH, until_ms: Date.UTC(2026, 11, 1), spent_usd_micros: 30 * PER_HOUR },
    too_early: { history_hours: 30, needed_hours: 48 },
    scenarios: [],
    assumed: null,
  });
  expect((await ask({}, NOW)).too_early).toEqual({ history_hours: 0, needed_hours: 48 });
  expect((await ask({}, NOW - 48 * HOUR)).too_early).toBeNull();
});
