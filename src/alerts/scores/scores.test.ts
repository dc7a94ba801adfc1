// Judgements from spans to figures, over a real database.
import { afterAll, beforeAll, expect, test } from "bun:test";
import type { SpanRecord } from "../../ledger/index.ts";
import { type Bench, NOON_MS, startBench } from "../alerts.fixture.ts";
import { sloSchema } from "../slos/config.ts";
import { createSloMeter } from "../slos/measure-slo.ts";
import { createScoreCollector } from "./collect-scores.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({});
});
afterAll(() => bench.close());

function score(number: number, value: number | null, more: Partial<SpanRecord> = {}): SpanRecord {
  return {
    id: `019a0000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    kind: "score",
    started_at_ms: NOON_MS - 60_000 + number + 0.25,
    who: { key_id: "k", key_name: "k", user: null, team: number % 2 ? "core" : "lab", project: null, tags: [] },
    service: { name: "shop", version: null, environment: null, release: null },
    model: null,
    vendor: null,
    prompt: null,
    score: { name: "helpful", value, label: null, explanation: null },
    ...more,
    // Only what is read of a judgement.
  } as SpanRecord;
}

const asked = { since_ms: NOON_MS - 3_600_000, until_ms: NOON_MS, limit: 10, name: "helpful", bound: 0.5 };
const put = () => bench.store.scores;
const scores = () => bench.store.scores;

test("judgements are kept once, and told apart by who was judged", async () => {
  const collector = createScoreCollector({ scores_waiting_max: 100 }, { store: put(), world: bench.world });
  for (let number = 1; number <= 10; number += 1) collector.add(score(number, number / 10));
  collector.add(score(3, 0.9));
  collector.add(score(11, null));
  collector.add(score(12, 1, { kind: "log" }));
  collector.add(score(13, 1, { score: { name: "other", value: 1, label: null, explanation: null } }));
  await collector.flush();
  collector.add(score(4, 0.4));
  await collector.flush();
  expect(await scores().scores({ ...asked, by: [], where: {} })).toMatchObject([{ key: {}, count: 10, at_least: 7 }]);
  const byTeam = await scores().scores({ ...asked, by: ["team"], where: { service: ["shop", "x"] } });
  expect(byTeam.map(({ key, count }) => [key["team"], count]).sort()).toEqual([
    ["core", 5],
    ["lab", 5],
  ]);
  expect(byTeam.find(({ key }) => key["team"] === "lab")?.mean).toBeCloseTo(0.6, 9);
  expect(await scores().scores({ ...asked, by: ["team"], where: { team: "none" } })).toEqual([]);
});

test("an objective of quality is measured by them", async () => {
  const slo = { objective: { kind: "quality", score: "helpful", at_least: 0.5 }, target: 50, per: ["team"] };
  const deps = { ...bench.sources, scores: scores(), nowMs: NOON_MS, seriesMax: 10 };
  const { series } = await createSloMeter().measure("it", sloSchema.parse(slo), deps);
  expect(series.map(({ labels, good, bad }) => [labels["team"], good, bad]).sort()).toEqual([
    ["core", 4, 1],
    ["lab", 3, 2],
  ]);
});

test("more than may wait are left out, and what is old is cleared away", async () => {
  const collector = createScoreCollector({ scores_waiting_max: 2 }, { store: put(), world: bench.world });
  for (let number = 21; number <= 29; number += 1)
    collector.add(score(number, 1, { score: { name: "many", value: 1, label: null, explanation: null } }));
  await collector.flush();
  const many = { ...asked, name: "many", by: [], where: {} };
  expect(await scores().scores(many)).toMatchObject([{ count: 2 }]);
  await scores().sweep(NOON_MS);
  expect(await scores().scores(many)).toEqual([]);
});

test("of what is given here the latest word counts, and what was taken back does not", async () => {
  const collector = createScoreCollector({ scores_waiting_max: 100 }, { store: put(), world: bench.world });
  const given = (number: number, span: string, value: number | null) =>
    score(number, value, {
      source: "api",
      trace_id: "1af7651916cd43dd8448eb211c80319c",
      span_id: span,
      score: {
        name: "thumb",
        value,
        label: null,
        explanation: null,
        of: { id: "x", model: "m", vendor: "v", prompt: "greet" },
      },
    });
  const [ann, bob] = ["00f067aa0ba902b7", "10f067aa0ba902b7"];
  const thumbs = { ...asked, name: "thumb", where: {} };
  collector.add(given(31, ann, 1));
  collector.add(given(32, bob, 1));
  await collector.flush();
  collector.add(given(33, ann, 0));
  await collector.flush();
  expect(await scores().scores({ ...thumbs, by: ["model", "vendor", "prompt"] })).toMatchObject([
    { key: { model: "m", vendor: "v", prompt: "greet" }, count: 2, at_least: 1 },
  ]);
  collector.add(given(34, ann, 1));
  collector.add(given(35, ann, null));
  await collector.flush();
  expect(await scores().scores({ ...thumbs, by: [] })).toMatchObject([{ count: 1, at_least: 1 }]);
  collector.add(given(36, ann, 0));
  await collector.flush();
  expect(await scores().scores({ ...thumbs, by: [] })).toMatchObject([{ count: 2, at_least: 1 }]);
});
