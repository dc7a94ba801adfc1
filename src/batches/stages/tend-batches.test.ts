import { afterAll, beforeAll, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { beginBatch, HOUR_MS, unsealed } from "../batches.fixture.ts";
import { batchesConfigSchema } from "../config.ts";
import { batchesMigrations } from "../migrations/index.ts";
import { type BatchesStore, createBatchesStore } from "../store/store.ts";
import { createTender } from "./tend-batches.ts";

let database: TestDatabase;
let store: BatchesStore;

beforeAll(async () => {
  database = await startMigratedDatabase("batches", [batchesMigrations]);
  store = createBatchesStore(database.storage, unsealed);
});
afterAll(() => database?.close());

const beginOne = (id: string): Promise<void> => beginBatch(store, id, [{ line: 1, customId: "n", body: "{}" }]);

/** A look at batches that were listed as due a moment ago. */
async function tendListed(id: string, nowMs: () => number): Promise<string | undefined> {
  const listed = { ...store, batches: { ...store.batches, listDue: () => Promise.resolve([id]) } };
  const world = { ...createWorld(), nowMs };
  await createTender(batchesConfigSchema.parse({}), { store: listed, world, onStepped: () => undefined })();
  return (await store.batches.find("o", id))?.status;
}

test("a batch that another process began since it was listed is left to its lines", async () => {
  await beginOne("begun");
  expect(await tendListed("begun", Date.now)).toBe("in_progress");
  expect(await store.lines.claim(1, HOUR_MS)).toHaveLength(1);
});

test("one whose time is up is closed", async () => {
  await beginOne("late");
  expect(await tendListed("late", () => Date.now() + 2 * HOUR_MS)).toBe("finalizing");
});

test("one that another process ended since it was listed keeps its results", async () => {
  await beginOne("ended");
  const [line] = (await store.lines.claim(10, HOUR_MS)).filter(({ batch }) => batch.id === "ended");
  if (line === undefined) throw new Error("it has no line to carry out");
  await store.lines.finish(line, { outcome: "succeeded", status: 200, callId: null, body: "{}" });
  expect(await tendListed("ended", Date.now)).toBe("finalizing");
  expect(await tendListed("ended", Date.now)).toBe("completed");
  const { outputFileId } = (await store.batches.find("o", "ended")) ?? {};
  expect(outputFileId).toBeString();
  await tendListed("ended", Date.now);
  expect((await store.batches.find("o", "ended"))?.outputFileId).toBe(outputFileId ?? "");
});
