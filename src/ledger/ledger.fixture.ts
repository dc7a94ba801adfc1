// What the ledger's tests share: calls to record, a log that can be read, a folder to throw away, and a way to wait.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import pino from "pino";
import { startMigratedDatabase, type TestDatabase } from "../../test/support/database.ts";
import { createWorld, type World } from "../kernel/index.ts";
import type { Storage } from "../storage/index.ts";
import {
  createLedger,
  type CallRecord,
  type CallStart,
  type Ledger,
  ledgerConfigSchema,
  ledgerMigrations,
} from "./index.ts";
import type { WriteBytes } from "./journal/segment-writer.ts";

const CENTURIES_MS = 10_000_000_000_000;
export const JSON_BODY = "application/json";

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "binnacle-ledger-"));
}

export interface LoggedLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

/** A world whose log lines end up in the array. */
export function worldWithLog(overrides: Partial<World> = {}): { world: World; lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line) as LoggedLine) });
  return { world: createWorld({ log, ...overrides }), lines };
}

export function startOf(overrides: Partial<CallStart> = {}): CallStart {
  return {
    model: "sim/steady",
    operation: "chat",
    dialect: "openai-chat",
    stream: false,
    who: { key_id: "key-1", key_name: "laptop", user: "ann", team: null, project: null, tags: [] },
    request: { media_type: JSON_BODY, content: '{"model":"sim/steady"}' },
    ...overrides,
  };
}

export function answer(record: CallRecord): void {
  record.route = { name: "direct", strategy: "direct", reason: "the model names its vendor" };
  record.answer = { target: "sim/steady", vendor: "sim", model: "steady-1", response_id: "r-1", finish_reason: "stop" };
  record.tokens = { input: 12, output: 34, cache_read: 0, cache_write: 0, reasoning: 0, source: "vendor" };
  record.cost = { usd_micros: 56, price_version: "test" };
  record.outcome = "ok";
  record.status = 200;
}

/** Records one answered call and returns its id. */
export function recordCall(
  ledger: Pick<Ledger, "open">,
  {
    start,
    change,
    response = '{"choices":[]}',
  }: { start?: Partial<CallStart>; change?: (record: CallRecord) => void; response?: string } = {},
): string {
  const call = ledger.open(startOf(start));
  answer(call.record);
  change?.(call.record);
  call.close({ media_type: JSON_BODY, content: response });
  return call.id;
}

/** Waits for something that will come about. How long it takes is nobody's business but a hung test's. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`this never came about: ${what}`);
    await Bun.sleep(5);
  }
}

/** A database with the ledger's tables. */
export async function startLedgerDatabase(): Promise<TestDatabase> {
  const database = await startMigratedDatabase("ledger", [ledgerMigrations]);
  return database;
}

export interface TestLedgerOptions {
  config?: Record<string, unknown>;
  world?: Partial<World>;
  folder?: string;
  write?: WriteBytes;
}

/** A started ledger on that database, and what it logged. */
export async function startTestLedger({ storage }: Pick<TestDatabase, "storage">, options: TestLedgerOptions = {}) {
  const { world, lines } = worldWithLog(options.world);
  const folder = options.folder ?? newFolder();
  const config = ledgerConfigSchema.parse({
    projector: { interval: 1, retry_max: 50 },
    // Tests set their clocks as they like: nothing is too old for them.
    retention: { records: CENTURIES_MS, bodies: CENTURIES_MS },
    ...options.config,
  });
  const ledger = createLedger(config, { storage, world, folder, ...(options.write ? { write: options.write } : {}) });
  await ledger.start();
  return { ledger, folder, lines };
}

/** Waits until all of a ledger's records are in PostgreSQL. */
export function untilProjected(ledger: Ledger): Promise<void> {
  return until("all records are projected", () => ledger.state().pending_records === 0);
}

/** Shuts the database to everybody, and cuts who is in: as seen from a ledger, PostgreSQL is gone. Returns the way back. */
export async function shutDatabase({ url }: Pick<TestDatabase, "url">): Promise<() => Promise<void>> {
  const [, name = ""] = /@\/(\w+)\?/.exec(url) ?? [];
  const admin = new Client({ connectionString: url.replace(`@/${name}?`, "@/postgres?") });
  await admin.connect();
  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  return async () => {
    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
  };
}

/** The storage, as if its server were away. */
export function withoutServer(storage: Storage): Storage {
  return { ...storage, isAvailable: () => false };
}

/** Ids in the calls table, sorted. */
export async function idsIn({ storage }: Pick<TestDatabase, "storage">): Promise<string[]> {
  const { rows } = await storage.pool.query<{ id: string }>("select id from ledger_records order by id");
  return rows.map(({ id }) => id);
}

/** The one number that a statement gives. */
export async function numberFrom({ storage }: Pick<TestDatabase, "storage">, statement: string): Promise<number> {
  const { rows } = await storage.pool.query<Record<string, number>>(statement);
  return Number(Object.values(rows[0] ?? {})[0]);
}
