import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "kysely";
import { startMigratedDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import { gatewayMigrations } from "../../migrations/index.ts";
import { keptAnswer, keyFrom } from "../kept-answer.fixture.ts";
import { type CacheStore, createCacheStore } from "./store.ts";

let database: TestDatabase;
let store: CacheStore;

beforeAll(async () => {
  database = await startMigratedDatabase("gateway", [gatewayMigrations]);
  store = createCacheStore(database.storage);
});
beforeEach(async () => {
  await store.purge(Bun.randomUUIDv7(), { scope: {} });
});
afterAll(() => database.close());

const kept = (number: number, more = {}) => keptAnswer({ key: keyFrom(number), ...more });
const keysOf = async (...numbers: number[]) => (await store.read(numbers.map(keyFrom), 0)).map(({ key }) => key).sort();

test("an answer is read as it was written, its age and time left by the database's clock", async () => {
  const [text, bytes] = [kept(1), kept(2, { body: Buffer.from([0, 255, 10]) })];
  await store.write([text, bytes], 2000);
  const read = await store.read([keyFrom(1), keyFrom(2), keyFrom(3)], 500_000);
  const [first, second] = read.sort((a, b) => (a.key < b.key ? -1 : 1));
  expect(first).toMatchObject({ body: text.body, figures: text.figures, model: "v/m" });
  expect(JSON.parse(first?.scope ?? "")).toEqual(JSON.parse(text.scope));
  expect(Buffer.from((second?.body ?? "") as Uint8Array)).toEqual(Buffer.from([0, 255, 10]));
  const ageMs = 500_000 - (first?.storedAtMs ?? 0);
  expect(ageMs).toBeGreaterThanOrEqual(1000);
  expect((first?.expiresAtMs ?? 0) - (first?.storedAtMs ?? 0)).toBeCloseTo(60_000, -1);
});

test("a newer answer takes an older one's place, and no older one a newer one's", async () => {
  await store.write([kept(1, { body: "1" })], 2000);
  await store.write([kept(1, { body: "2", storedAtMs: 1500 })], 2000);
  await store.write([kept(1, { body: "3", storedAtMs: -60_000, expiresAtMs: 60_000 })], 2000);
  expect((await store.read([keyFrom(1)], 0))[0]?.body).toBe("2");
});

test("what is over its time is not read, and swept", async () => {
  await store.write([kept(1, { expiresAtMs: 1999 }), kept(2)], 2000);
  expect(await keysOf(1, 2)).toEqual([keyFrom(2)]);
  await store.sweep({ entriesMax: 10, bytesMax: 1e9 });
  const { rows } = await sql`select 1 from gateway_cache_answers`.execute(database.storage.tables());
  expect(rows).toHaveLength(1);
});

test("the oldest beyond the bounds are swept, by number and by bytes", async () => {
  for (const number of [1, 2, 3, 4]) await store.write([kept(number, { body: "x".repeat(100) })], 2000);
  await store.sweep({ entriesMax: 3, bytesMax: 1e9 });
  expect(await keysOf(1, 2, 3, 4)).toEqual([2, 3, 4].map(keyFrom));
  await store.sweep({ entriesMax: 3, bytesMax: 250 });
  expect(await keysOf(1, 2, 3, 4)).toEqual([3, 4].map(keyFrom));
  expect(await store.measure()).toEqual({ entries: 2, bytes: 200 });
});

test("a purge takes out what is meant, and others hear of it", async () => {
  const route = { model: "route m" };
  const before = await store.hear(undefined, 10);
  await store.write([kept(1), kept(2, route), kept(3, { scope: '{"key_id":"k"}' })], 2000);
  const id = Bun.randomUUIDv7();
  expect(await store.purge(id, { model: "m", scope: { project: "q" } })).toBe(0);
  expect(await store.purge(Bun.randomUUIDv7(), { model: "m", scope: { project: "p" } })).toBe(1);
  expect(await keysOf(1, 2, 3)).toEqual([1, 3].map(keyFrom));
  const heard = await store.hear(before.until, 10);
  expect(heard.purges).toContainEqual({ id, purge: { model: "m", scope: { project: "q" } } });
  expect(heard.answers.map(({ key }) => key).sort()).toEqual([1, 3].map(keyFrom));
  expect(await store.purge(Bun.randomUUIDv7(), { scope: {} })).toBe(2);
});
