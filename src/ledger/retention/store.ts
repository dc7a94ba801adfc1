// What retention reads and drops: the days that lie in partitions, the rows that go by themselves, and an account of both.
import { sql } from "kysely";
import { DatabaseError, type PoolClient } from "pg";
import type { Storage } from "../../storage/index.ts";
import type { Sweep } from "../contract.ts";
import type { RetentionConfig } from "./config.ts";
import { type DayDrop, overridesOf, type Part, type StoredDay } from "./plan-sweep.ts";
import { DEFAULT_ORGANISATION } from "../sealing.ts";
import type { RecordsOf } from "../store/clear-text.ts";
import { dayName, dayOfName } from "../store/tables.ts";

export interface RetentionStore {
  /** All days that have a partition, the size of the whole database, and what its clock says. */
  measure(): Promise<{ days: StoredDay[]; totalBytes: number; nowMs: number }>;
  /** Drops a day's tables; where some of it is held, all rows but those. False when nothing went: somebody reads them, or they had gone. */
  drop(drop: DayDrop, held?: readonly RecordsOf[]): Promise<boolean>;
  /** Of one day, those rows that are past their own time, a bounded batch after the other; gives how many went. */
  deleteRows(wish: { day: number; part: Part; nowMs: number; held?: readonly RecordsOf[] }): Promise<number>;
  note(sweeps: readonly Omit<Sweep, "at_ms">[], atMs: number): Promise<void>;
  /** Newest first. */
  listSweeps(limit: number): Promise<Sweep[]>;
}

interface RetentionTables {
  ledger_sweeps: { at: Date; part: Part; day: string | null; why: string; bytes: number; rows: number };
}

interface PartitionRow {
  parent: string;
  day: string;
  bytes: string;
}

const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 5000;
const SWEEPS_KEPT = 1000;
/** A reader that holds a day for longer than this is not waited for: the next sweep comes soon. */
const LOCK_TIMEOUT = "2s";
const LOCK_NOT_AVAILABLE = "55P03";

/** Which tables of a day go with which part of it. */
const PARENTS: Record<Part, readonly string[]> = {
  bodies: ["ledger_bodies", "ledger_texts"],
  records: ["ledger_records"],
};
const ALL_PARENTS = Object.values(PARENTS).flat();

export function createRetentionStore(storage: Storage, config: RetentionConfig): RetentionStore {
  const { pool } = storage;
  const db = storage.tables<RetentionTables>();
  return {
    async measure() {
      const { rows } = await pool.query<PartitionRow>(
        `select parent.relname as parent, right(part.relname, 8) as day, pg_total_relation_size(part.oid) as bytes
        from pg_inherits join pg_class parent on parent.oid = inhparent join pg_class part on part.oid = inhrelid
        where parent.relname = any($1) and part.relname ~ '_[0-9]{8}$'
          and parent.relnamespace = current_schema()::regnamespace`,
        [ALL_PARENTS],
      );
      const size = await pool.query<{ bytes: string; now: Date }>(
        "select pg_database_size(current_database()) as bytes, now()",
      );
      return {
        days: daysOf(rows),
        totalBytes: Number(size.rows[0]?.bytes ?? 0),
        nowMs: Number(size.rows[0]?.now ?? 0),
      };
    },
    async drop({ part, day, why }, held = []) {
      const client = await pool.connect();
      try {
        return await dropDay(client, { part, day, clearPreviews: why === "age", held });
      } catch (error) {
        if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
        throw error;
      } finally {
        client.release();
      }
    },
    deleteRows: ({ day, part, nowMs, held = [] }) =>
      deleteAll(() => deleteBatch(storage, { config, part, fromMs: day * DAY_MS, nowMs, held })),
    async note(sweeps, atMs) {
      if (sweeps.length === 0) return;
      const rows = sweeps.map(({ part, day, why, bytes, rows: count }) => ({
        at: new Date(atMs),
        part,
        day,
        why,
        bytes,
        rows: count,
      }));
      await db.insertInto("ledger_sweeps").values(rows).execute();
      await sql`delete from ledger_sweeps where at < (
        select at from ledger_sweeps order by at desc offset ${SWEEPS_KEPT} limit 1)`.execute(db);
    },
    async listSweeps(limit) {
      const rows = await db
        .selectFrom("ledger_sweeps")
        .selectAll()
        .orderBy("at", "desc")
        .orderBy("day", "desc")
        .limit(limit)
        .execute();
      return rows.map(({ at, part, day, why, bytes, rows: count }) => ({
        at_ms: at.getTime(),
        part,
        day,
        why: why as Sweep["why"],
        bytes: Number(bytes),
        rows: Number(count),
      }));
    },
  };
}

function daysOf(rows: readonly PartitionRow[]): StoredDay[] {
  const byDay = new Map<number, StoredDay>();
  for (const { parent, day: name, bytes } of rows) {
    const day = dayOfName(name);
    if (!Number.isInteger(day)) continue;
    const found = byDay.get(day) ?? { day, records_bytes: 0, bodies_bytes: 0 };
    found[PARENTS.bodies.includes(parent) ? "bodies_bytes" : "records_bytes"] += Number(bytes);
    byDay.set(day, found);
  }
  return [...byDay.values()].toSorted((one, other) => one.day - other.day);
}

async function dropDay(
  client: PoolClient,
  { part, day, clearPreviews, held }: { part: Part; day: number; clearPreviews: boolean; held: readonly RecordsOf[] },
): Promise<boolean> {
  const name = dayName(day);
  try {
    await client.query(`begin; set local lock_timeout = '${LOCK_TIMEOUT}'`);
    const left = held.length > 0 ? await deleteUnheld(client, { part, day, held }) : undefined;
    if (left === undefined)
      for (const parent of PARENTS[part]) await client.query(`drop table if exists ${parent}_${name}`);
    // The previews in lists are the beginning of what went.
    if (part === "bodies" && clearPreviews)
      await client.query(
        `update ledger_records set request_preview = null, response_preview = null
        where started_at >= to_timestamp($1) and started_at < to_timestamp($2)
          and (request_preview is not null or response_preview is not null) and not ${isHeld("ledger_records", "$3")}`,
        [(day * DAY_MS) / 1000, ((day + 1) * DAY_MS) / 1000, JSON.stringify(held)],
      );
    await client.query("commit");
    return left !== 0;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** A hold names all of a user, a key, a project and an organisation that it is about. */
function isHeld(record: string, holds: string): string {
  return `exists (
    select from json_to_recordset(${holds}::json) as held("user" text, key text, project text, organisation text)
    where (held."user" is null or held."user" = ${record}.user_name)
      and (held.key is null or held.key = ${record}.key_id)
      and (held.project is null or held.project = ${record}.project)
      and (held.organisation is null or held.organisation = coalesce(${record}.organisation, '${DEFAULT_ORGANISATION}'))
  )`;
}

/** Instead of the whole day at once; gives how many rows went. */
async function deleteUnheld(
  client: PoolClient,
  { part, day, held }: { part: Part; day: number; held: readonly RecordsOf[] },
): Promise<number> {
  const bounds = [(day * DAY_MS) / 1000, ((day + 1) * DAY_MS) / 1000, JSON.stringify(held)];
  const within = "record.started_at >= to_timestamp($1) and record.started_at < to_timestamp($2)";
  let gone = 0;
  for (const parent of PARENTS[part]) {
    const { rowCount } = await client.query(
      parent === "ledger_records"
        ? `delete from ledger_records as record where ${within} and not ${isHeld("record", "$3")}`
        : `delete from ${parent} as gone using ledger_records as record
          where gone.started_at = record.started_at and gone.id = record.id and ${within}
            and not ${isHeld("record", "$3")}`,
      bounds,
    );
    gone += rowCount ?? 0;
  }
  return gone;
}

async function deleteAll(deleteSome: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (let some = ROWS_AT_ONCE; some === ROWS_AT_ONCE; deleted += some) some = await deleteSome();
  return deleted;
}

interface DeleteBatch {
  config: RetentionConfig;
  part: Part;
  fromMs: number;
  nowMs: number;
  held: readonly RecordsOf[];
}

/** A row's own time: its project's or its kind's, the shorter where both say, or else the one for all. */
async function deleteBatch(
  { pool }: Pick<Storage, "pool">,
  { config, part, fromMs, nowMs, held }: DeleteBatch,
): Promise<number> {
  const { rowCount } = await pool.query(
    `with rules as (select * from json_to_recordset($1) as (project text, kind text, "keepMs" float8)),
    doomed as (
      select record.started_at, record.id
      from ledger_records as record
      left join rules as by_project on by_project.project = record.project and record.organisation is null
      left join rules as by_kind on by_kind.kind = record.kind
      ${part === "bodies" ? "join ledger_bodies as body on body.started_at = record.started_at and body.id = record.id" : ""}
      where record.started_at >= to_timestamp($2) and record.started_at < to_timestamp($3)
        and record.started_at < to_timestamp($5) - interval '1 millisecond' * least(
          coalesce(by_project."keepMs", by_kind."keepMs", $4), coalesce(by_kind."keepMs", by_project."keepMs", $4)
        )
        and not ${isHeld("record", "$6")}
      limit ${ROWS_AT_ONCE}
    )
    delete from ${part === "bodies" ? "ledger_bodies" : "ledger_records"} as gone using doomed
    where gone.started_at = doomed.started_at and gone.id = doomed.id`,
    [
      JSON.stringify(overridesOf(config, part)),
      fromMs / 1000,
      (fromMs + DAY_MS) / 1000,
      config[part],
      nowMs / 1000,
      JSON.stringify(held),
    ],
  );
  return rowCount ?? 0;
}
