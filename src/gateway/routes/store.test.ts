import { afterAll, beforeAll, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { gatewayMigrations } from "../migrations/index.ts";
import { createRouteStore, type RouteStore } from "./store.ts";

let database: TestDatabase;
let store: RouteStore;

beforeAll(async () => {
  database = await startMigratedDatabase("gateway", [gatewayMigrations]);
  store = createRouteStore(database.storage);
});
afterAll(() => database.close());

const by = { keyId: "k", keyName: "ops" };
const write = (name: string, plan: unknown, bounds = { routesMax: 100, versionsMax: 100 }) =>
  store.change({ name, by, bounds, decide: () => Promise.resolve(plan) });
const revisionsOf = async (name: string) => (await store.versions(name, 1000)).map(({ revision }) => revision);

test("revisions go up over all routes, and what stands is the newest of each that was not deleted", async () => {
  expect(await store.newestRevision()).toBe(0);
  const written = [await write("a", { n: 1 }), await write("b", { n: 2 }), await write("a", { n: 3 })];
  expect(written.map((version) => version?.revision)).toEqual([1, 2, 3]);
  await write("b", null);
  const standing = await store.standing();
  expect(standing).toEqual([{ name: "a", revision: 3, plan: { n: 3 }, changedAtMs: expect.any(Number), ...by }]);
  expect(Math.abs((standing[0]?.changedAtMs ?? 0) - Date.now())).toBeLessThan(600_000);
  expect(await store.newestRevision()).toBe(4);
  expect(await store.version("a", 1)).toMatchObject({ plan: { n: 1 } });
  expect(await store.version("b", 1)).toBeUndefined();
});

test("a plan comes back as it was written, in its order, whatever stands in it", async () => {
  const plan = { targets: ["a/x"], strategy: "order", odd: "\u0000 \ud800 ä" };
  await write("as it was", plan);
  const read = (await store.versions("as it was", 1))[0]?.plan;
  expect(read).toEqual(plan);
  expect(Object.keys(read as object)).toEqual(Object.keys(plan));
});

test("changes at once are decided one after the other", async () => {
  const seen: (number | undefined)[] = [];
  const change = (n: number) =>
    store.change({
      name: "busy",
      by,
      bounds: { routesMax: 100, versionsMax: 100 },
      async decide(latest) {
        seen.push((latest?.plan as { n: number } | undefined)?.n);
        await Bun.sleep(5);
        return { n };
      },
    });
  await Promise.all([1, 2, 3, 4].map(change));
  expect(seen[0]).toBeUndefined();
  expect(new Set(seen).size).toBe(4);
});

test("what is thrown while deciding, or only tried, changes nothing", async () => {
  const before = await store.newestRevision();
  const bounds = { routesMax: 100, versionsMax: 100 };
  const failing = store.change({ name: "a", by, bounds, decide: () => Promise.reject(new Error("no")) });
  await expect(failing).rejects.toThrow("no");
  await store.change({ name: "a", by, bounds, decide: () => Promise.resolve({}), isDryRun: true });
  await store.change({ name: "a", by, bounds, decide: () => Promise.resolve(undefined) });
  expect(await store.newestRevision()).toBe(before);
});

test("of each route the newest versions are kept, and histories of as many deleted ones as there may be routes", async () => {
  const bounds = { routesMax: 2, versionsMax: 3 };
  for (let n = 0; n < 6; n += 1) await write("long", { n }, bounds);
  expect(await revisionsOf("long")).toHaveLength(3);
  expect((await store.versions("long", 1))[0]?.plan).toEqual({ n: 5 });
  for (const name of ["gone 1", "gone 2", "gone 3"]) {
    await write(name, { n: 1 }, bounds);
    await write(name, null, bounds);
  }
  const left = await Promise.all(["gone 1", "gone 2", "gone 3", "long"].map(revisionsOf));
  expect(left.map((revisions) => revisions.length)).toEqual([0, 2, 2, 3]);
});
