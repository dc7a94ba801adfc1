import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { recordCall, startLedgerDatabase, startTestLedger, untilProjected } from "../ledger.fixture.ts";
import type { Ledger } from "../index.ts";

let database: TestDatabase;
let ledger: Ledger;
let beganMs: number;
beforeAll(async () => {
  database = await startLedgerDatabase();
  beganMs = Date.now() - 1000;
  ({ ledger } = await startTestLedger(database));
  for (let call = 0; call < 12; call += 1) recordCall(ledger);
  for (let call = 0; call < 3; call += 1)
    recordCall(ledger, {
      start: { model: "other" },
      change: (record) => {
        record.prompt = { id: "greeting", version: "v2", hash: "" };
        record.outcome = call === 0 ? "failed" : "ok";
      },
    });
  recordCall(ledger, { change: (record) => void (record.cache = "hit") });
  recordCall(ledger, { change: (record) => void (record.outcome = "cancelled") });
  recordCall(ledger, { start: { operation: "embeddings" } });
  await untilProjected(ledger);
});
afterAll(async () => {
  await ledger?.close();
  await database?.close();
});

const all = () => ({ since_ms: beganMs, until_ms: Date.now() + 1000, records_max: 5, profiles_max: 10 });

test("each model, route and prompt gives so many of its records, and says how many there are", async () => {
  const samples = await ledger.sampleRecords(all());
  const found = samples.map(({ profile, seen, records }) => ({ ...profile, seen, records: records.length }));
  expect(found.sort((one, other) => other.seen - one.seen)).toEqual([
    { model: "sim/steady", route: "direct", prompt: null, seen: 12, records: 5 },
    { model: "other", route: "direct", prompt: "greeting@v2", seen: 3, records: 3 },
  ]);
});

test("a record has its figures", async () => {
  const [sample] = await ledger.sampleRecords({
    ...all(),
    profile: { model: "other", route: "direct", prompt: "greeting@v2" },
  });
  expect(sample?.records.map(({ outcome }) => outcome).sort()).toEqual(["failed", "ok", "ok"]);
  expect(sample?.records[0]).toMatchObject({
    input_tokens: 12,
    output_tokens: 34,
    finish_reason: "stop",
    answer_model: "steady-1",
    fingerprint: null,
    cost_usd_micros: 56,
  });
});

test("profiles beyond the bound are left out, those with the fewest records first", async () => {
  const samples = await ledger.sampleRecords({ ...all(), profiles_max: 1 });
  expect(samples.map(({ profile }) => profile.model)).toEqual(["sim/steady"]);
});

test("a time without records gives none", async () => {
  expect(await ledger.sampleRecords({ ...all(), until_ms: beganMs })).toEqual([]);
});
