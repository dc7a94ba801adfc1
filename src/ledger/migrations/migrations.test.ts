import { expect, test } from "bun:test";
import { startTestDatabase } from "../../../test/support/database.ts";
import { callIdAt } from "../call-id.ts";
import { createLedgerStore } from "../store.ts";
import { createCalls } from "./0001-create-calls.ts";
import { ledgerMigrations } from "./index.ts";

const NOON = Date.UTC(2026, 8, 22, 12);
const HASHES = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer];

interface OldCall {
  id: string;
  atMs: number;
  hashes: [Buffer | null, Buffer | null];
}

async function startOldDatabase() {
  const database = await startTestDatabase();
  const { storage } = database;
  await storage.migrate([{ room: "ledger", migrations: { "0001-create-calls": createCalls } }]);
  await storage.pool.query(`
    create table ledger_calls_20260922 partition of ledger_calls
      for values from ('2026-09-22T00:00:00Z') to ('2026-09-23T00:00:00Z');
    create table ledger_bodies_20260922 partition of ledger_bodies for values from ('2026-09-22') to ('2026-09-23')`);
  const put = async ({ id, atMs, hashes }: OldCall) => {
    const record = { id, nested: { deep: ["é", 1.5, null] }, bodies: { request: null, response: null } };
    await storage.pool.query(
      "insert into ledger_calls values ($1, to_timestamp($2::float8 / 1000), 'k', 'm', 'r', 'v', 'ok', 1, 2, 3, $3, $4, $5)",
      [id, atMs, ...hashes, JSON.stringify(record)],
    );
    return record;
  };
  const putBody = (hash: Buffer, day: string, encoding: string, bytes: Uint8Array) =>
    storage.pool.query("insert into ledger_bodies values ($1, $2, $3, $4)", [hash, day, encoding, Buffer.from(bytes)]);
  return { ...database, put, putBody };
}

test("bodies that were stored by hash are found by call, and records are as they were", async () => {
  const old = await startOldDatabase();
  const [plain, zstd] = HASHES;
  const long = Buffer.from("long ".repeat(1000));
  await old.putBody(plain, "2026-09-22", "plain", Buffer.from("short"));
  await old.putBody(zstd, "2026-09-22", "zstd", Bun.zstdCompressSync(long));
  // Another day has its own copy; a day without a partition stands in the default one.
  await old.putBody(plain, "1999-01-01", "plain", Buffer.from("short"));
  const calls: OldCall[] = [
    { id: callIdAt(NOON), atMs: NOON, hashes: [plain, zstd] },
    { id: callIdAt(NOON + 1), atMs: NOON + 1, hashes: [plain, null] },
    { id: callIdAt(NOON + 2), atMs: NOON + 2, hashes: [null, null] },
    { id: callIdAt(Date.UTC(1999, 0, 1)), atMs: Date.UTC(1999, 0, 1), hashes: [null, plain] },
  ];
  const records = [];
  for (const call of calls) records.push(await old.put(call));

  await old.storage.migrate([ledgerMigrations]);

  const store = createLedgerStore(old.storage);
  expect(await Promise.all(calls.map(({ id }) => store.findCall(id)))).toEqual(records as never);
  const [short, none] = [Buffer.from("short"), undefined];
  expect(await Promise.all(calls.map(({ id }) => store.readBodies(id)))).toEqual([
    { request: short, response: Buffer.from(long) },
    { request: short, response: null },
    none,
    { request: null, response: short },
  ]);
  await old.close();
});

test("partitions that were made before take part in what comes after", async () => {
  const old = await startOldDatabase();
  await old.storage.migrate([ledgerMigrations]);
  const { rows } = await old.storage.pool.query<{ relname: string }>(
    "select relname from pg_class where relname like 'ledger_bodies%' and relkind in ('r', 'p', 'i', 'I') order by 1",
  );
  expect(rows.map(({ relname }) => relname)).toEqual([
    "ledger_bodies",
    "ledger_bodies_20260922",
    "ledger_bodies_20260922_pkey",
    "ledger_bodies_default",
    "ledger_bodies_default_pkey",
    "ledger_bodies_pkey",
  ]);
  const day = Math.floor(NOON / 86_400_000);
  await createLedgerStore(old.storage).preparePartitions([day, day + 1]);
  const parts = await old.storage.pool.query(
    "select inhrelid from pg_inherits where inhparent = 'ledger_bodies'::regclass",
  );
  expect(parts.rows.length).toBe(3);
  await old.close();
});
