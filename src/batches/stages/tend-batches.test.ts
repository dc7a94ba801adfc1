import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { batchesConfigSchema } from "../config.ts";
import { batchesMigrations } from "../migrations/index.ts";
import { type BatchesStore, createBatchesStore } from "../store/store.ts";
import { createTender } from "./tend-batches.ts";

const HOUR_MS = 3_600_000;

let database: TestDatabase;
let store: BatchesStore;

beforeAll(async () => {
  database = await startTestDatabase();
  await database.storage.migrate([batchesMigrations]);
  store = createBatchesStore(database.storage);
});
afterAll(() => database?.close());

async function beginBatch(id: string): Promise<void> {
  const batch = { id, kind: "openai", owner: "o", keyId: "k", endpoint: "e", headers: {}, metadata: null } as const;
  await store.batches.insert({ ...batch, inputFileId: null, outputLifetimeMs: null, windowMs: HOUR_MS });
  await store.lines.insert(id, [{ line: 1, customId: "n", body: "{}" }]);
  await store.batches.begin(id, 1);
}

/** A look at batches that were listed as due a moment ago. */
async function tendListed(id: string, nowMs: () => number): Promise<string | undefined> {
  const listed = { ...store, batches: { ...store.batches, listDue: () => Promise.resolve([id]) } };
  const world = { ...createWorld(), nowMs };
  await createTender(batchesConfigSchema.parse({}), { store: listed, world, onStepped: () => undefined })();
  return (await store.batches.find("o", id))?.status;
}

test("a batch that another process began since it was listed is left to its lines", async () => {
  await beginBatch("begun");
  expect(await tendListed("begun", Date.now)).toBe("in_progress");
  expect(await store.lines.claim(1, HOUR_MS)).toHaveLength(1);
});

test("one whose time is up is closed", async () => {
  await beginBatch("late");
  expect(await tendListed("late", () => Date.now() + 2 * HOUR_MS)).toBe("finalizing");
});
