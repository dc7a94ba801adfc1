import { describe, expect, test } from "bun:test";
import { fakeSources } from "../figures.fixture.ts";
import { sloSchema } from "./config.ts";
import { createSloMeter } from "./measure-slo.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 18, 12);
const lastHour = { since_ms: NOW_MS - HOUR_MS, until_ms: NOW_MS };

async function measure(slo: unknown, sources = fakeSources(), nowMs = NOW_MS) {
  return createSloMeter().measure("it", sloSchema.parse(slo), { ...sources, nowMs, seriesMax: 10 });
}

describe("an objective", () => {
  test("of availability counts what failed or broke off against what went well, and nothing else", async () => {
    const sources = fakeSources();
    const counts = { ok: 990, failed: 6, truncated: 4, refused: 500, cancelled: 300 };
    for (const [outcome, count] of Object.entries(counts)) sources.add(count, { key: { outcome }, ...lastHour });
    const [series] = (await measure({ objective: { kind: "availability" }, target: 99 }, sources)).series;
    expect(series).toMatchObject({ good: 990, bad: 10, labels: {} });
    expect(series?.budget_left).toBeCloseTo(0, 9);
    const strict = { kind: "availability", bad: ["failed", "truncated", "refused"] };
    const [withRefused] = (await measure({ objective: strict, target: 99 }, sources)).series;
    expect(withRefused).toMatchObject({ good: 990, bad: 510 });
    const kind = { kind: "error_kind", outcomes: ["truncated"] };
    const [broken] = (await measure({ objective: kind, target: 99 }, sources)).series;
    expect(broken).toMatchObject({ good: 1796, bad: 4 });
  });

  test("of times and money counts what is within, of what has the figure", async () => {
    const sources = fakeSources();
    const key = { route: "fast" };
    sources.add(30, { key, duration_ms: 900, first_token_ms: 100, cost_usd_micros: 10_000, ...lastHour });
    sources.add(10, { key, duration_ms: 1100, first_token_ms: 300, cost_usd_micros: 30_000, ...lastHour });
    sources.add(5, { key, ...lastHour });
    const objectives = [
      { kind: "latency", within: "1s" },
      { kind: "first_token", within: "200ms" },
      { kind: "cost", usd: 0.02 },
    ];
    for (const objective of objectives) {
      const { series } = await measure({ objective, target: 90, per: ["route"], of: { route: "fast" } }, sources);
      expect(series).toMatchObject([{ labels: { route: "fast" }, good: 30, bad: 10 }]);
    }
  });

  test("of quality is about judgements, and unknown where none are kept", async () => {
    const objective = { kind: "quality", score: "helpful", at_least: 0.5 };
    expect(await measure({ objective, target: 90 })).toMatchObject({ unknown: "no_scores", series: [] });
    const scores = () => Promise.resolve([{ key: {}, count: 10, mean: 0.6, at_least: 7 }]);
    const { series } = await measure({ objective, target: 90 }, fakeSources({ scores: { scores } }));
    expect(series).toMatchObject([{ good: 7, bad: 3 }]);
  });

  test("says when its budget will be used up, by the pace of six hours", async () => {
    const sources = fakeSources();
    sources.add(99_000, { key: {}, since_ms: NOW_MS - 20 * 24 * HOUR_MS, until_ms: NOW_MS - 7 * HOUR_MS });
    sources.add(20, { key: { outcome: "failed" }, ...lastHour });
    sources.add(980, { key: {}, ...lastHour });
    const [series] = (await measure({ objective: { kind: "availability" }, target: 99 }, sources)).series;
    // 20 bad of the 1000 that may be: 98 % is left, and it burns at twice the pace.
    expect(series?.budget_left).toBeCloseTo(0.98, 9);
    expect(series?.exhausted_at_ms).toBe(NOW_MS + Math.round(0.49 * 30 * 24 * HOUR_MS));
  });
});

test("long stretches are not counted anew at every look, and a changed objective is", async () => {
  const sources = fakeSources();
  const meter = createSloMeter();
  const slo = { objective: { kind: "availability" }, target: 99 };
  const look = (nowMs: number, target = 99) =>
    meter.measure("it", sloSchema.parse({ ...slo, target }), { ...sources, nowMs, seriesMax: 10 });
  await look(NOW_MS);
  expect(sources.asked()).toBe(6);
  // The five minutes, the thirty and the hour are due again after half a minute; the others are not.
  await look(NOW_MS + 30_000);
  expect(sources.asked()).toBe(9);
  await look(NOW_MS + 30_000, 95);
  expect(sources.asked()).toBe(15);
});
