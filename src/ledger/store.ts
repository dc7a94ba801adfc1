// The ledger's tables, and all SQL that touches them: taking in batches, and reading calls and bodies back.
import { sql, type Kysely } from "kysely";
import { DatabaseError } from "pg";
import type { Storage } from "../storage/index.ts";
import { startOfCallId } from "./call-id.ts";
import type { CallOutcome, CallRecord } from "./contract.ts";
import type { Position } from "./journal/segment-list.ts";
import type { Batch } from "./projector/batch.ts";
import { cleanText } from "./projector/record-lines.ts";
import { sendStatement } from "./projector/send-statement.ts";

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
  /** Undefined when none were stored. */
  readBodies(id: string): Promise<CallBodies | undefined>;
}

/** A move of a journal's checkpoint. */
export interface Step {
  journalId: string;
  from: Position;
  to: Position;
}

/** The bodies of one call, as stored; null where none was. */
export interface CallBodies {
  request: Uint8Array | null;
  response: Uint8Array | null;
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
  ledger_bodies: {
    id: string;
    started_at: Date;
    request: Buffer | null;
    response: Buffer | null;
    request_is_zstd: boolean;
    response_is_zstd: boolean;
  };
  ledger_checkpoints: { journal_id: string; segment: number; segment_offset: number; record: number };
}

// Callers choose these names, and an index takes no more than 2,704 bytes a row.
const NAME_LENGTH_MAX = 256;
// Beyond 2 KB PostgreSQL would compress a row until it is no longer than this, which costs more than all the rest of it.
const ROW_OPTIONS = "toast_tuple_target = 4080";
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
      id,
      to_timestamp(started_at_ms / 1000) as started_at,
      left(key_id, ${NAME_LENGTH_MAX}) as key_id,
      left(model, ${NAME_LENGTH_MAX}) as model,
      left(route, ${NAME_LENGTH_MAX}) as route,
      vendor,
      outcome,
      input_tokens,
      output_tokens,
      cost_usd_micros,
      data,
      request,
      response,
      request_hash is not null as request_is_zstd,
      response_hash is not null as response_is_zstd,
      coalesce(request_hash, sha256(request)) as request_hash,
      coalesce(response_hash, sha256(response)) as response_hash
    from rows from (
      json_to_recordset($8::json) as (
        id uuid, started_at_ms float8, key_id text, model text, route text, vendor text, outcome text,
        input_tokens bigint, output_tokens bigint, cost_usd_micros bigint
      ),
      unnest($13::json[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
    ) as incoming(
      id, started_at_ms, key_id, model, route, vendor, outcome, input_tokens, output_tokens, cost_usd_micros,
      data, request, response, request_hash, response_hash
    )
    where exists (select from moved)
  ),
  calls as (
    insert into ledger_calls (
      id, started_at, key_id, model, route, vendor, outcome, input_tokens, output_tokens, cost_usd_micros,
      request_hash, response_hash, data
    )
    select
      id, started_at, key_id, model, route, vendor, outcome, input_tokens, output_tokens, cost_usd_micros,
      request_hash, response_hash, data
    from records
    on conflict do nothing
  ),
  bodies as (
    insert into ledger_bodies (started_at, id, request, response, request_is_zstd, response_is_zstd)
    select started_at, id, request, response, request_is_zstd, response_is_zstd
    from records
    where request is not null or response is not null
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
  const parametersOf = ({ journalId, from, to }: Step): (string | number)[] => [
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
      return (await sendStatement(pool, { text: insertBatch, values: parametersOf(step), parameters: batch })) === 1;
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
  return ["calls", "bodies"].map(
    (table) => `create table if not exists ledger_${table}_${day.replaceAll("-", "")}
      partition of ledger_${table} for values from ('${day}T00:00:00Z') to ('${next}T00:00:00Z')
      with (${ROW_OPTIONS})`,
  );
}

function isoDay(epochDay: number): string {
  return new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
}

function createReading(storage: Storage): Pick<LedgerStore, "listCalls" | "findCall" | "readBodies"> {
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
    async readBodies(id) {
      if (startOfCallId(id) === undefined) return undefined;
      const row = await bodiesQuery(db, id).executeTakeFirst();
      return (
        row && { request: plain(row.request, row.request_is_zstd), response: plain(row.response, row.response_is_zstd) }
      );
    },
  };
}

function plain(bytes: Buffer | null, isZstd: boolean): Uint8Array | null {
  return bytes && isZstd ? Bun.zstdDecompressSync(bytes) : bytes;
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

/** As above. */
export function bodiesQuery(db: Kysely<LedgerTables>, id: string) {
  return db
    .selectFrom("ledger_bodies")
    .select(["request", "response", "request_is_zstd", "response_is_zstd"])
    .where("started_at", "=", dateAt(startOfCallId(id) ?? 0))
    .where("id", "=", id);
}

/** Any number a caller may send, as a time that PostgreSQL knows. */
function dateAt(epochMs: number): Date {
  return new Date(Math.min(Math.max(epochMs, 0), YEAR_9999_MS));
}

/** A name as its column holds it. */
function storedName(name = "") {
  return sql<string>`left(${cleanText(name)}, ${sql.lit(NAME_LENGTH_MAX)})`;
}
