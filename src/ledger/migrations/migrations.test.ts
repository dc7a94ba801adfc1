import { expect, test } from "bun:test";
import { startTestDatabase } from "../../../test/support/database.ts";
import { callIdAt } from "../call-id.ts";
import type { CallRecord } from "../contract.ts";
import {
  newFolder,
  numberFrom,
  recordCall,
  startTestLedger,
  until,
  untilProjected,
  withoutServer,
} from "../ledger.fixture.ts";
import { createLedgerStore } from "../store/store.ts";
import { createCalls } from "./0001-create-calls.ts";
import { ledgerMigrations } from "./index.ts";

const NOON = Date.UTC(2026, 8, 22, 12);
const HASHES = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer];

interface OldCall {
  id: string;
  atMs: number;
  hashes: [Buffer | null, Buffer | null];
  told?: object;
}

async function startOldDatabase() {
  const database = await startTestDatabase();
  const { storage } = database;
  await storage.migrate([{ room: "ledger", migrations: { "0001-create-calls": createCalls } }]);
  await storage.pool.query(`
    create table ledger_calls_20260922 partition of ledger_calls
      for values from ('2026-09-22T00:00:00Z') to ('2026-09-23T00:00:00Z');
    create table ledger_bodies_20260922 partition of ledger_bodies for values from ('2026-09-22') to ('2026-09-23')`);
  const put = async ({ id, atMs, hashes, told }: OldCall) => {
    const record = { id, nested: { deep: ["é", 1.5, null] }, bodies: { request: null, response: null }, ...told };
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

test("calls that were stored fill the columns of the wide table, as new ones do", async () => {
  const old = await startOldDatabase();
  const folder = newFolder();
  const { ledger } = await startTestLedger({ storage: withoutServer(old.storage) }, { folder });
  const told = [
    (record: CallRecord): void => void (record.operation = "embeddings"),
    (record: CallRecord): void => {
      record.session = "s".repeat(300);
      record.who = { ...record.who, user: null, team: "core", project: "p", tags: ["a", "b"] };
      record.parent_span_id = "00f067aa0ba902b7";
      record.prompt = { id: "greet", version: "3", hash: "" };
      record.error = { code: "gateway.total_timeout", message: "" };
      record.cached = {
        from: "memory",
        call_id: null,
        age_ms: 1,
        saved_usd_micros: 9,
        saved_tokens: { input: 1, output: 1 },
      };
      const attempt = { vendor: "sim", model: "m", reason: "", started_after_ms: 0, duration_ms: 1, first_byte_ms: 1 };
      record.attempts = [
        { ...attempt, target: "sim/other", status: 200, outcome: "ok", error: null, cost_usd_micros: 5 },
        { ...attempt, target: "sim/steady", status: 200, outcome: "error", error: null, cost_usd_micros: 2 },
        { ...attempt, target: "sim/steady", status: 200, outcome: "ok", error: null, cost_usd_micros: 56 },
      ];
      record.timings = { ...record.timings, total_ms: 12.25, first_token_ms: 3.5 };
    },
  ];
  const records: CallRecord[] = [];
  ledger.subscribe((record) => records.push(structuredClone(record)));
  for (const change of told) recordCall(ledger, { change });
  await until("the calls are told of", () => records.length === 2);
  await ledger.close();
  for (const record of records)
    await old.storage.pool.query(
      "insert into ledger_calls values ($1, to_timestamp($2::float8 / 1000), 'key-1', 'sim/steady', 'direct', 'sim', 'ok', 12, 34, 56, $3, $4, $5)",
      [record.id, record.started_at_ms, ...HASHES, JSON.stringify(record)],
    );

  await old.storage.migrate([ledgerMigrations]);

  const stored = async () =>
    (
      await old.storage.pool.query<Record<string, unknown>>(
        "select r.*, null as data, null as request_hash, null as response_hash from ledger_records r order by id",
      )
    ).rows;
  const carried = await stored();
  expect(carried.find(({ session }) => session !== null)).toMatchObject({
    session: "s".repeat(256),
    tags: ["a", "b"],
    wasted_usd_micros: 7,
    prompt: "greet@3",
  });
  expect(await numberFrom(old, "select sum(marks) from ledger_dirty_minutes")).toBeGreaterThanOrEqual(1);
  await old.storage.pool.query("delete from ledger_records");
  const again = await startTestLedger(old, { folder });
  await untilProjected(again.ledger);
  expect(await stored()).toEqual(carried);
  await again.ledger.close();
  await old.close();
});

test("spans that are calls through the gateway are known for them, of those that were stored too", async () => {
  const { storage, close } = await startTestDatabase();
  const all = Object.entries(ledgerMigrations.migrations);
  const before = Object.fromEntries(all.filter(([name]) => name < "0013"));
  await storage.migrate([{ room: "ledger", migrations: before }]);
  const put = async (atMs: number, data: object, isOwn: boolean): Promise<string> => {
    const id = callIdAt(atMs);
    await storage.pool.query(
      `insert into ledger_records (id, started_at, is_own, is_counted, kind, key_id, outcome, duration_ms, data)
       values ($1, to_timestamp($2::float8 / 1000), $3, true, 'call', 'k', 'ok', 5, $4)`,
      [id, atMs, isOwn, JSON.stringify(data)],
    );
    return id;
  };
  const call = await put(NOON, { answer: { response_id: "a" } }, true);
  const silent = await put(NOON, { answer: null }, true);
  const [same, late, empty] = [
    await put(NOON - 10_000, { response_id: "a" }, false),
    await put(NOON + 120_000, { response_id: "a" }, false),
    await put(NOON, { response_id: "" }, false),
  ];
  await storage.pool.query("delete from ledger_dirty_minutes");

  await storage.migrate([ledgerMigrations]);

  const { rows } = await storage.pool.query<{ id: string }>(
    "select id, is_counted, response_id, same_as from ledger_records",
  );
  expect([call, silent, same, late, empty].map((id) => rows.find((row) => row.id === id))).toEqual([
    { id: call, is_counted: true, response_id: "a", same_as: null },
    { id: silent, is_counted: true, response_id: null, same_as: null },
    { id: same, is_counted: false, response_id: "a", same_as: call },
    { id: late, is_counted: true, response_id: "a", same_as: null },
    { id: empty, is_counted: true, response_id: null, same_as: null },
  ] as never);
  expect(await numberFrom({ storage }, "select count(*) from ledger_dirty_minutes")).toBe(1);
  await close();
});
