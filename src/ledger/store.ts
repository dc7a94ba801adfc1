// The ledger's tables, and all SQL that touches them: taking in batches, and reading calls and bodies back.
import { sql, type Kysely } from "kysely";
import { DatabaseError } from "pg";
import type { Storage } from "../storage/index.ts";
import { startOfCallId } from "./call-id.ts";
import type { CallOutcome, CallRecord } from "./contract.ts";
import type { Position } from "./journal/segment-list.ts";
import { cleanText, type Batch } from "./projector/batch.ts";

export interface LedgerStore {
  /** How far a journal has been projected; the beginning, for one that is new. */
  readCheckpoint(journalId: string): Promise<Position>;
  /** Makes the partitions for these UTC days, counted from the epoch. */
  preparePartitions(days: readonly number[]): Promise<void>;
  /** All of it or nothing; false when the checkpoint no longer stands at `step.from`. */
  writeBatch(step: Step, batch: Batch): Promise<boolean>;
  /** Puts one record aside that PostgreSQL refuses, and steps over it. False as above. */
  reject(step: Step, rejected: { at: Position; frame: Uint8Array; error: string }): Promise<boolean>;
  listCalls(search: CallSearch): Promise<CallRecord[]>;
  findCall(id: string): Promise<CallRecord | undefined>;
  /** `hash` in hex. */
  readBody(hash: string): Promise<Uint8Array | undefined>;
}

/** A move of a journal's checkpoint. */
export interface Step {
  journalId: string;
  from: Position;
  to: Position;
}

/** Newest first. Every bound that is given applies. */
export interface CallSearch {
  sinceMs: number;
  untilMs: number;
  /** Only calls older than this one. */
  beforeId: string | undefined;
  model: string | undefined;
  route: string | undefined;
  keyId: string | undefined;
  outcome: CallOutcome | undefined;
  limit: number;
}

/** The columns that are read or written by name here; the batch statement names the rest. */
export interface LedgerTables {
  ledger_calls: {
    id: string;
    started_at: Date;
    key_id: string;
    model: string;
    route: string;
    outcome: string;
    request_hash: Buffer | null;
    response_hash: Buffer | null;
    data: CallRecord;
  };
  ledger_bodies: { hash: Buffer; day: string; encoding: "plain" | "zstd"; bytes: Buffer };
  ledger_checkpoints: { journal_id: string; segment: number; segment_offset: number; record: number };
}

// Callers choose these names, and an index takes no more than 2,704 bytes a row.
const NAME_LENGTH_MAX = 256;
const PARTITION_LOCK = 0x6c_65_64_67;
const DAY_MS = 86_400_000;
const YEAR_9999_MS = 253_402_300_799_999;

const moveCheckpoint = `
  update ledger_checkpoints
  set segment = $5, segment_offset = $6, record = $7, updated_at = now()
  where journal_id = $1 and segment = $2 and segment_offset = $3 and record = $4
  returning 1`;

// One statement is one transaction. Should the checkpoint stand elsewhere, `moved` is empty, and so is all the rest.
// A body comes with its hash when it comes compressed; the others are hashed here.
const insertBatch = `
  with moved as (${moveCheckpoint}),
  records as materialized (
    select
      convert_from(record, 'UTF8')::jsonb as r,
      request,
      response,
      request_hash is not null as request_is_compressed,
      response_hash is not null as response_is_compressed,
      coalesce(request_hash, sha256(request)) as request_hash,
      coalesce(response_hash, sha256(response)) as response_hash
    from unnest($8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
      as incoming(record, request, response, request_hash, response_hash)
    where exists (select from moved)
  ),
  calls as (
    insert into ledger_calls (
      id, started_at, key_id, model, route, vendor, outcome, input_tokens, output_tokens, cost_usd_micros,
      request_hash, response_hash, data
    )
    select
      (r->>'id')::uuid,
      to_timestamp((r->>'started_at_ms')::float8 / 1000),
      left(r->'who'->>'key_id', ${NAME_LENGTH_MAX}),
      left(r->>'model', ${NAME_LENGTH_MAX}),
      left(r->'route'->>'name', ${NAME_LENGTH_MAX}),
      r->'answer'->>'vendor',
      r->>'outcome',
      (r->'tokens'->>'input')::bigint,
      (r->'tokens'->>'output')::bigint,
      (r->'cost'->>'usd_micros')::bigint,
      request_hash,
      response_hash,
      r
    from records
    on conflict do nothing
  ),
  bodies as (
    insert into ledger_bodies (hash, day, encoding, bytes)
    select
      hash,
      (to_timestamp((r->>'started_at_ms')::float8 / 1000) at time zone 'UTC')::date,
      case when is_compressed then 'zstd' else 'plain' end,
      bytes
    from records
    cross join lateral (
      values (request_hash, request, request_is_compressed), (response_hash, response, response_is_compressed)
    ) as body(hash, bytes, is_compressed)
    where hash is not null
    on conflict do nothing
  )
  select from moved`;

const insertRejected = `
  with moved as (${moveCheckpoint})
  insert into ledger_rejected (journal_id, segment, segment_offset, error, frame)
  select $1, $8, $9, $10, $11 from moved
  on conflict do nothing
  returning 1`;

export function createLedgerStore(storage: Storage): LedgerStore {
  return { ...createTaking(storage), ...createReading(storage) };
}

function createTaking(
  storage: Storage,
): Pick<LedgerStore, "readCheckpoint" | "preparePartitions" | "writeBatch" | "reject"> {
  const { pool } = storage;
  const db = storage.tables<LedgerTables>();
  const parametersOf = ({ journalId, from, to }: Step): unknown[] => [
    journalId,
    from.segment,
    from.offset,
    from.record,
    to.segment,
    to.offset,
    to.record,
  ];
  return {
    async readCheckpoint(journalId) {
      const row = { journal_id: journalId, segment: 0, segment_offset: 0, record: 0 };
      await db
        .insertInto("ledger_checkpoints")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const found = await db
        .selectFrom("ledger_checkpoints")
        .select(["segment", "segment_offset as offset", "record"])
        .where("journal_id", "=", journalId)
        .executeTakeFirstOrThrow();
      return found;
    },
    async preparePartitions(days) {
      for (const day of days) await createPartitions(db, day);
    },
    async writeBatch(step, batch) {
      const { rowCount } = await pool.query(insertBatch, [
        ...parametersOf(step),
        batch.records,
        batch.requests,
        batch.responses,
        batch.requestHashes,
        batch.responseHashes,
      ]);
      return rowCount === 1;
    },
    async reject(step, { at, frame, error }) {
      const parameters = [...parametersOf(step), at.segment, at.offset, error, Buffer.from(frame)];
      const { rowCount } = await pool.query(insertRejected, parameters);
      return rowCount === 1;
    },
  };
}

async function createPartitions(db: Kysely<LedgerTables>, epochDay: number): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      // Without the lock, two processes that begin a day at once would both find the table missing.
      await sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`.execute(transaction);
      for (const ddl of partitionsOf(epochDay)) await sql.raw(ddl).execute(transaction);
    });
  } catch (error) {
    // The default partition already has records of that day, from a clock that was ahead: the rest joins them there.
    if (!(error instanceof DatabaseError && error.code === "23514")) throw error;
  }
}

function partitionsOf(epochDay: number): string[] {
  const [day, next] = [isoDay(epochDay), isoDay(epochDay + 1)];
  return ["calls", "bodies"].map((table) => {
    const [from, to] = table === "calls" ? [`${day}T00:00:00Z`, `${next}T00:00:00Z`] : [day, next];
    return `create table if not exists ledger_${table}_${day.replaceAll("-", "")}
      partition of ledger_${table} for values from ('${from}') to ('${to}')`;
  });
}

function isoDay(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

function createReading(storage: Storage): Pick<LedgerStore, "listCalls" | "findCall" | "readBody"> {
  const db = storage.tables<LedgerTables>();
  return {
    async listCalls(search) {
      const rows = await listQuery(db, search).execute();
      return rows.map(({ data }) => data);
    },
    async findCall(id) {
      if (startOfCallId(id) === undefined) return undefined;
      const row = await callQuery(db, id).executeTakeFirst();
      if (!row) return undefined;
      return withHashes(row.data, row.request_hash, row.response_hash);
    },
    async readBody(hash) {
      if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
      const row = await bodyQuery(db, hash).executeTakeFirst();
      return row?.encoding === "zstd" ? Bun.zstdDecompressSync(row.bytes) : row?.bytes;
    },
  };
}

/** The record was written before its bodies' hashes were known. */
function withHashes(record: CallRecord, requestHash: Buffer | null, responseHash: Buffer | null): CallRecord {
  const { request, response } = record.bodies;
  if (request && requestHash) request.hash = requestHash.toString("hex");
  if (response && responseHash) response.hash = responseHash.toString("hex");
  return record;
}

/** Each filter has an index that also gives the order; the bounds in time choose the partitions. Exported to be explained. */
export function listQuery(db: Kysely<LedgerTables>, search: CallSearch) {
  const { beforeId, model, route, keyId, outcome } = search;
  const beforeMs = beforeId === undefined ? undefined : startOfCallId(beforeId);
  return db
    .selectFrom("ledger_calls")
    .select("data")
    .where("started_at", ">=", dateAt(search.sinceMs))
    .where("started_at", "<=", dateAt(Math.min(search.untilMs, beforeMs ?? search.untilMs)))
    .$if(beforeMs !== undefined, (query) =>
      query.where(sql<boolean>`(started_at, id) < (${dateAt(beforeMs ?? 0)}, ${beforeId}::uuid)`),
    )
    .$if(model !== undefined, (query) => query.where("model", "=", storedName(model)))
    .$if(route !== undefined, (query) => query.where("route", "=", storedName(route)))
    .$if(keyId !== undefined, (query) => query.where("key_id", "=", storedName(keyId)))
    .$if(outcome !== undefined, (query) => query.where("outcome", "=", outcome ?? "ok"))
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(search.limit);
}

/** The time in the id leads to its partition. Exported to be explained. */
export function callQuery(db: Kysely<LedgerTables>, id: string) {
  return db
    .selectFrom("ledger_calls")
    .select(["data", "request_hash", "response_hash"])
    .where("started_at", "=", dateAt(startOfCallId(id) ?? 0))
    .where("id", "=", id);
}

/** Any day's copy will do. Exported to be explained. */
export function bodyQuery(db: Kysely<LedgerTables>, hash: string) {
  return db
    .selectFrom("ledger_bodies")
    .select(["encoding", "bytes"])
    .where("hash", "=", Buffer.from(hash, "hex"))
    .limit(1);
}

/** Any number a caller may send, as a time that PostgreSQL knows. */
function dateAt(epochMs: number): Date {
  return new Date(Math.min(Math.max(epochMs, 0), YEAR_9999_MS));
}

/** A name as its column holds it. */
function storedName(name = "") {
  return sql<string>`left(${cleanText(name)}, ${sql.lit(NAME_LENGTH_MAX)})`;
}
