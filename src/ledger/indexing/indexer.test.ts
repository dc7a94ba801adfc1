import { afterAll, beforeAll, expect, test } from "bun:test";
import type { TestDatabase } from "../../../test/support/database.ts";
import { numberFrom, startLedgerDatabase, until, worldWithLog } from "../ledger.fixture.ts";
import { putSpans, recordIdFrom, type TestSpan } from "../records/records.fixture.ts";
import { tsvectorOf } from "../filter/words.ts";
import { createIndexStore } from "../store/records/indexing.ts";
import { createIndexer } from "./indexer.ts";

const NOW = Date.UTC(2026, 8, 22, 12);
let database: TestDatabase;

beforeAll(async () => {
  database = await startLedgerDatabase();
});
afterAll(() => database.close());

const spans = (trace: string, count: number): TestSpan[] =>
  Array.from({ length: count }, (_, index) => ({
    trace,
    span: `span-${index}`,
    at: NOW + index,
    request: '{"a":"refund"}',
  }));

const wordless = (trace: string) =>
  numberFrom(database, `select count(*) from ledger_texts where words @@ to_tsquery('simple', '${trace}')`);

test("a batch that breaks off in the middle is indexed whole, the next time", async () => {
  await putSpans(database.storage, spans("broken", 60));
  const store = createIndexStore(database.storage);
  const { pool } = database.storage;
  let asked = 0;
  let killing: Promise<unknown> | undefined;
  // As if the process died after some of the words were written: nothing of the transaction stays.
  const dying = store.indexNext(() => {
    asked += 1;
    if (asked === 30)
      killing = pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null",
      );
    return "refund";
  });
  await dying.catch(() => undefined);
  await killing;
  await until("the batch is indexed", async () => {
    await store.indexNext(() => "refund").catch(() => undefined);
    return (await numberFrom(database, "select count(*) from ledger_unindexed")) === 0;
  });
  expect(await wordless("refund")).toBe(60);
}, 60_000);

test("a record whose body is not what it should be keeps no other waiting", async () => {
  await putSpans(database.storage, spans("spoilt", 3));
  const { pool } = database.storage;
  const spoilt = recordIdFrom({ trace: "spoilt", span: "span-1", at: NOW + 1 });
  await pool.query("update ledger_bodies set request = '\\x00', request_is_zstd = true where id = $1", [spoilt]);
  const before = await wordless("refund");
  const store = createIndexStore(database.storage);
  const batch = await store.indexNext(({ bodies }) => tsvectorOf(Buffer.from(bodies?.request ?? []).toString()));
  expect(batch?.records).toBe(3);
  expect(await wordless("refund")).toBe(before + 2);
});

test("switched off it keeps no words, and knows the heads of traces still", async () => {
  await putSpans(database.storage, [
    { trace: "quiet", span: "child", parent: "gone", at: NOW, request: '{"a":"silence"}' },
  ]);
  const { world } = worldWithLog();
  const indexer = createIndexer(
    { enabled: false, interval: 1, text_bytes_max: 1000 },
    { storage: database.storage, store: createIndexStore(database.storage), world },
  );
  indexer.start();
  await until("it is indexed", async () => (await numberFrom(database, "select count(*) from ledger_unindexed")) === 0);
  await until("it says so", () => indexer.state().indexedRecords === 1);
  await indexer.close();
  expect(await wordless("silence")).toBe(0);
  expect(await numberFrom(database, "select count(*) from ledger_trace_heads")).toBe(1);
});

test("two processes index each record once", async () => {
  for (let batch = 0; batch < 5; batch += 1) await putSpans(database.storage, spans(`shared-${batch}`, 10));
  const before = await numberFrom(database, "select count(*) from ledger_texts");
  const indexers = [1, 2].map(() =>
    createIndexer(
      { enabled: true, interval: 1, text_bytes_max: 1000 },
      { storage: database.storage, store: createIndexStore(database.storage), world: worldWithLog().world },
    ),
  );
  for (const indexer of indexers) indexer.start();
  await until(
    "all are indexed",
    async () => (await numberFrom(database, "select count(*) from ledger_unindexed")) === 0,
  );
  for (const indexer of indexers) await indexer.close();
  expect(await numberFrom(database, "select count(*) from ledger_texts")).toBe(before + 50);
  expect(indexers.reduce((sum, indexer) => sum + indexer.state().indexedRecords, 0)).toBe(50);
});
