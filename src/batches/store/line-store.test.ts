import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { LineResult } from "../batch.ts";
import { beginBatch, HOUR_MS as LEASE_MS, unsealed } from "../batches.fixture.ts";
import { batchesMigrations } from "../migrations/index.ts";
import { type BatchesStore, createBatchesStore } from "./store.ts";

const DONE: LineResult = { outcome: "succeeded", status: 200, callId: "c", body: "{}" };

let database: TestDatabase;
let store: BatchesStore;

beforeAll(async () => {
  database = await startMigratedDatabase("batches", [batchesMigrations]);
  store = createBatchesStore(database.storage, unsealed);
});
afterAll(() => database?.close());
beforeEach(async () => {
  await database.storage.pool.query("truncate batches_batches, batches_files cascade");
});

function putBatch(id: string, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, at) => ({ line: at + 1, customId: `n-${at}`, body: `{"n":${at}}` }));
  return beginBatch(store, id, lines);
}

const claim = async (limit: number, leaseMs = LEASE_MS) => store.lines.claim(limit, leaseMs);

test("claimed lines are nobody else's, and batches take turns", async () => {
  await putBatch("a", 3);
  await putBatch("b", 3);
  const claimed = [...(await claim(2)), ...(await claim(2)), ...(await claim(2)), ...(await claim(2))];
  expect(claimed.map(({ batch, line }) => `${batch.id}${line}`)).toEqual(["a1", "a2", "b1", "b2", "a3", "b3"]);
  expect(await claim(2)).toEqual([]);
});

test("many who claim at once share the lines and get none twice", async () => {
  await putBatch("a", 50);
  const all = (await Promise.all(Array.from({ length: 10 }, () => claim(5)))).flat();
  for (let more = await claim(5); more.length > 0; more = await claim(5)) all.push(...more);
  expect(all.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
});

test("a claim that lapsed goes to another, and its result comes too late", async () => {
  await putBatch("a", 1);
  const [late] = await claim(1, 0);
  const [next] = await claim(1);
  if (!late || !next) throw new Error("nothing was claimed");
  expect(next.claim).not.toBe(late.claim);
  expect(await store.lines.renew([late.claim, next.claim], LEASE_MS)).toEqual([next.claim]);
  expect(await store.lines.finish(late, { ...DONE, body: '"late"' })).toBe(false);
  expect(await store.lines.finish(next, DONE)).toBe(true);
  expect(await store.lines.finish(next, DONE)).toBe(false);
  const found = await store.batches.find("o", "a");
  expect(found?.counts).toEqual({ total: 1, succeeded: 1, errored: 0, cancelled: 0, expired: 0 });
  expect(await store.lines.listFinished("a", { afterLine: 0, limit: 5 })).toMatchObject([{ body: "{}" }]);
});

test("a line that was put back waits its time, and remembers its tries", async () => {
  await putBatch("a", 1);
  const [first] = await claim(1);
  if (!first) throw new Error("nothing was claimed");
  await store.lines.putBack(first, { waitMs: LEASE_MS, tries: 1 });
  expect(await claim(1)).toEqual([]);
  await database.storage.pool.query("update batches_lines set claimable_at = now()");
  expect(await claim(1)).toMatchObject([{ tries: 1 }]);
});

test("closing leaves alone what is in flight", async () => {
  await putBatch("a", 5);
  await claim(2);
  expect(await store.lines.closeWaiting("a", "cancelled")).toMatchObject({ total: 5, cancelled: 3 });
  expect(await store.lines.closeWaiting("a", "cancelled")).toMatchObject({ total: 5, cancelled: 3 });
});

test("a batch is taken by one transaction at a time, and can be read and cancelled meanwhile", async () => {
  await putBatch("a", 1);
  await store.transact(async (mine) => {
    expect((await mine.batches.take("a"))?.id).toBe("a");
    expect(await store.transact((other) => other.batches.take("a"))).toBeUndefined();
    await store.batches.cancel("o", "a");
  });
  expect((await store.batches.find("o", "a"))?.status).toBe("cancelling");
  expect(await store.batches.listDue()).toEqual(["a"]);
});
