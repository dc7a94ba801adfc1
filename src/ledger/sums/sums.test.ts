import { expect, test } from "bun:test";
import { createDice, type Dice } from "../../../test/support/dice.ts";
import type { SumDimension, SumQuery, SumRow, Sums } from "./contract.ts";
import { grainMs } from "./cubes.ts";
import { plainSums } from "./plain-sums.fixture.ts";
import { type FixtureRecord, putRecords, startSums } from "./sums.fixture.ts";

const NOW = Date.UTC(2026, 10, 21, 15, 30, 20);
const { minute: MINUTE, hour: HOUR, day: DAY } = grainMs;

const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;

function inventRecord(dice: Dice, at_ms: number): FixtureRecord {
  return {
    at_ms,
    kind: pick(dice, ["call", "embedding", "tool"]),
    is_own: dice(2) === 0,
    key_id: pick(dice, ["k1", "k2", "k3"]),
    user_name: pick(dice, ["ann", "bob", "", null]),
    team: pick(dice, ["red", "blue", null]),
    project: pick(dice, ["atlas", null]),
    tags: pick(dice, [["a"], ["a", "b"], ["b", "b"], [], null]),
    service: pick(dice, ["shop", null]),
    environment: pick(dice, ["production", null]),
    model: pick(dice, ["m1", "m2", null]),
    route: pick(dice, ["fast", "direct"]),
    vendor: pick(dice, ["sim", null]),
    prompt: pick(dice, ["greet@1", null]),
    pattern: pick(dice, ["11111111-1111-4111-8111-111111111111", null]),
    outcome: pick(dice, ["ok", "ok", "ok", "failed", "truncated", "refused"]),
    input_tokens: dice(1000),
    cost_usd_micros: pick(dice, [null, dice(100_000), 0]),
    duration_ms: pick(dice, [null, Math.fround(dice(10_000_000) / 997)]),
    is_counted: dice(4) > 0,
  };
}

function inventRecords(seed: number, { count, days }: { count: number; days: number }): FixtureRecord[] {
  const dice = createDice(seed);
  return Array.from({ length: count }, () => inventRecord(dice, NOW - dice(days * DAY)));
}

const QUESTIONS: Pick<SumQuery, "by" | "bucket" | "where">[] = [
  {},
  { bucket: "day" },
  { by: ["kind", "own"] },
  { by: ["route", "model", "outcome"], bucket: "day" },
  { by: ["team", "model"] },
  { by: ["project", "vendor"], bucket: "day" },
  { by: ["user"] },
  { by: ["key", "project"] },
  { by: ["pattern", "prompt"] },
  { by: ["tag"] },
  { by: ["tag", "team"] },
  { by: ["service", "environment"] },
];

/** What both ways of summing say, in one order. */
function essenceOf({ rows }: { rows: SumRow[] }) {
  return rows
    .map(({ at_ms, key, records, failed, cost_usd_micros, tokens, duration }) => ({
      at_ms,
      key,
      records,
      failed,
      cost_usd_micros,
      input: tokens.input,
      durations: duration?.count ?? 0,
    }))
    .sort(byText);
}

const byText = (one: object, other: object): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

async function expectExact(
  sums: Sums,
  records: readonly FixtureRecord[],
  range: { since_ms: number; until_ms: number },
) {
  for (const question of QUESTIONS) {
    const answer = await sums.sums({ ...range, ...question });
    const widened = { ...question, since_ms: answer.since_ms, until_ms: answer.until_ms };
    const expected = plainSums(records, widened).map((sum) => ({ ...sum, durations: sum.durations.length }));
    expect({ question, rows: essenceOf(answer) }).toEqual({ question, rows: expected.sort(byText) });
  }
}

test("says the same before, while and after records are summed, to the micro-dollar", async () => {
  const { clock, sums, roller, close, ...database } = await startSums(NOW, { minutes_max: 200 });
  const records = inventRecords(3, { count: 400, days: 4 });
  const range = { since_ms: NOW - 5 * DAY, until_ms: NOW + MINUTE };
  await putRecords(database, records);
  await expectExact(sums, records, range);
  await roller.catchUp();
  await expectExact(sums, records, range);

  const late = inventRecords(4, { count: 100, days: 4 });
  await putRecords(database, late);
  await expectExact(sums, [...records, ...late], range);
  await roller.catchUp();
  await expectExact(sums, [...records, ...late], range);

  clock.nowMs += 3 * DAY;
  await roller.catchUp();
  await expectExact(sums, [...records, ...late], range);
  const later = inventRecords(5, { count: 20, days: 4 });
  await putRecords(database, later);
  await expectExact(sums, [...records, ...late, ...later], range);
  await roller.catchUp();
  await expectExact(sums, [...records, ...late, ...later], range);
  expect(roller.state().waiting_minutes).toBe(0);
  await close();
}, 60_000);

test("every dimension sums to the same total, with the rest beyond the limit", async () => {
  const { sums, roller, close, ...database } = await startSums(NOW);
  const records = inventRecords(11, { count: 300, days: 2 });
  await putRecords(database, records);
  await roller.catchUp();
  const range = { since_ms: NOW - 3 * DAY, until_ms: NOW + MINUTE };
  const [total] = (await sums.sums(range)).rows;
  for (const dimension of [
    "kind",
    "own",
    "key",
    "user",
    "team",
    "model",
    "pattern",
    "prompt",
    "outcome",
  ] as SumDimension[])
    for (const limit of [1, 2, 100]) {
      const { rows } = await sums.sums({ ...range, by: [dimension], limit });
      const sum = (read: (row: SumRow) => number): number => rows.reduce((all, row) => all + read(row), 0);
      expect(rows.length).toBeLessThanOrEqual(limit + 1);
      expect(sum((row) => row.cost_usd_micros)).toBe(total?.cost_usd_micros ?? -1);
      expect(sum((row) => row.records)).toBe(300);
      expect(sum((row) => row.duration?.count ?? 0)).toBe(total?.duration?.count ?? -1);
    }
  const { rows } = await sums.sums({ ...range, by: ["key"], limit: 1 });
  expect(rows.map(({ is_rest }) => is_rest)).toEqual([false, true]);
  await close();
});

test("percentiles are within one per cent of the true ones", async () => {
  const { sums, roller, close, ...database } = await startSums(NOW);
  const dice = createDice(5);
  const records = Array.from({ length: 3000 }, () => {
    const duration_ms = Math.fround(Math.exp((dice(1_000_000) / 1_000_000) * 14 - 3));
    return { at_ms: NOW - HOUR - dice(26 * HOUR), duration_ms };
  });
  await putRecords(database, records);
  const sorted = records.map(({ duration_ms }) => duration_ms).sort((a, b) => a - b);
  const exact = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  for (const round of ["before", "after"]) {
    if (round === "after") await roller.catchUp();
    const [row] = (await sums.sums({ since_ms: NOW - 2 * DAY, until_ms: NOW })).rows;
    for (const [share, found] of [
      [0.5, row?.duration?.p50_ms],
      [0.95, row?.duration?.p95_ms],
      [0.99, row?.duration?.p99_ms],
    ] as const)
      expect(Math.abs((found ?? 0) / exact(share) - 1)).toBeLessThanOrEqual(0.01);
  }
  await close();
});

test("percentiles that are kept ready are those of the histograms", async () => {
  const { sums, roller, close, ...database } = await startSums(NOW);
  const dice = createDice(17);
  const records = Array.from({ length: 2000 }, () => ({
    at_ms: NOW - dice(30 * HOUR),
    model: pick(dice, ["m1", "m2", "m3"]),
    duration_ms: Math.fround(Math.exp(dice(1000) / 100)),
    first_token_ms: pick(dice, [null, dice(5000)]),
  }));
  await putRecords(database, records);
  const range = { since_ms: NOW - 2 * DAY, until_ms: NOW };
  const questions: Partial<SumQuery>[] = [
    { by: ["model"], bucket: "hour" },
    { by: ["model"], bucket: "hour", limit: 1 },
    { where: { model: ["m1", "m3"] }, bucket: "hour" },
    { by: ["model"] },
  ];
  const ask = () => Promise.all(questions.map((question) => sums.sums({ ...range, ...question })));
  const before = await ask();
  await roller.catchUp();
  const { rows } = await database.storage.pool.query<{ ready: string }>(
    "select count(duration_spread) as ready from ledger_sums_single_hour",
  );
  expect(Number(rows[0]?.ready)).toBeGreaterThan(0);
  expect(await ask()).toEqual(before);
  // As they are where they were summed by a version that kept none.
  for (const grain of ["hour", "day"])
    await database.storage.pool.query(
      `update ledger_sums_single_${grain} set duration_spread = null, first_token_spread = null`,
    );
  expect(await ask()).toEqual(before);
  await close();
});
