// Batches into PostgreSQL: one statement each, with the journal's checkpoint; and what PostgreSQL refuses, put aside.
import { type Kysely, sql } from "kysely";
import { DatabaseError, type PoolClient } from "pg";
import type { Storage } from "../../storage/index.ts";
import type { Position } from "../journal/segment-list.ts";
import { type Batch, minutesOf } from "../projector/batch.ts";
import { sendStatement, withClient } from "../projector/send-statement.ts";
import { cleanText } from "../clean-text.ts";
import { type Named, tieEchoes } from "./echoes.ts";
import { recount } from "./recount.ts";
import { insertBatch, insertMarks, insertPatterns, insertRejected, mergeBatch } from "./statements.ts";
import { dateAt, type LedgerTables, partitionsOf } from "./tables.ts";

export interface Taking {
  /** How far a journal has been projected; the beginning, for one that is new. */
  readCheckpoint(journalId: string): Promise<Position>;
  /** Makes the partitions for these UTC days, counted from the epoch. */
  preparePartitions(days: readonly number[]): Promise<void>;
  /** All of it or nothing; false when the checkpoint no longer stands at `step.from`. */
  writeBatch(step: Step, batch: Batch): Promise<boolean>;
  /** Finds out once more which of these spans are calls of ours: those that came later, too, and by clocks that are off. */
  tieLate(named: Named): Promise<void>;
  /** Puts one record aside that PostgreSQL refuses, and steps over it. False as above. */
  reject(step: Step, rejected: { at: Position; frame: Uint8Array; error: string }): Promise<boolean>;
}

/** A move of a journal's checkpoint. */
export interface Step {
  journalId: string;
  from: Position;
  to: Position;
}

const PARTITION_LOCK = 0x6c_65_64_67;
const RECOUNT_LOCK = 0x6c_65_64_68;
/** Around a span's time, in which its call is looked for in the span's batch: that is done for every batch of spans. */
const NEAR_MS = 2000;
/** Likewise in the second look, which comes for many batches together. */
const FAR_MS = 60_000;

export function createTaking(storage: Storage): Taking {
  const { pool } = storage;
  const db = storage.tables<LedgerTables>();
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
      const { patterns } = batch;
      if (patterns.length > 0)
        await pool.query(insertPatterns, [
          patterns.map(({ id }) => id),
          patterns.map(({ template }) => cleanText(template)),
        ]);
      return withClient(pool, (client) => (batch.linked ? writeLinked : writePlain)(client, step, batch));
    },
    tieLate: (named) => withClient(pool, (client) => writeLate(client, named)),
    async reject(step, { at, frame, error }) {
      const parameters = [...parametersOf(step), at.segment, at.offset, error, Buffer.from(frame)];
      const { rowCount } = await pool.query(insertRejected, parameters);
      return rowCount === 1;
    },
  };
}

async function writePlain(client: PoolClient, step: Step, batch: Batch): Promise<boolean> {
  const { parameters, minutesMs, notedFor } = batch;
  const values = [...parametersOf(step), arrayText(minutesMs), notedFor];
  return (await sendStatement(client, { text: insertBatch, values, parameters })) === 1;
}

/**
 * A transaction of several statements: what is counted can be said only when all spans are there. Should one fail, the
 * connection goes, and all of it with it.
 */
async function writeLinked(client: PoolClient, step: Step, batch: Batch): Promise<boolean> {
  const { parameters, minutesMs, notedFor, linked = { traceIds: [], named: [] } } = batch;
  await beginRecount(client);
  const values = [...parametersOf(step), notedFor];
  const isMoved = (await sendStatement(client, { text: mergeBatch, values, parameters })) === 1;
  if (isMoved) {
    const named = { ids: linked.named, traceIds: linked.traceIds, minutesMs };
    if (named.ids.length > 0) await tieEchoes(client, named, NEAR_MS);
    const changed = await recount(client, linked.traceIds, minutesMs);
    await client.query(insertMarks, [arrayText(minutesOf([...minutesMs, ...changed]))]);
  }
  await client.query("commit");
  return isMoved;
}

async function writeLate(client: PoolClient, named: Named): Promise<void> {
  await beginRecount(client);
  const { traceIds, timesMs } = await tieEchoes(client, named, FAR_MS);
  if (traceIds.length > 0) {
    const changed = await recount(client, traceIds, named.minutesMs);
    await client.query(insertMarks, [arrayText(minutesOf([...timesMs, ...changed]))]);
  }
  await client.query("commit");
}

/** One process at a time: of two that took a call and the span above it at once, neither would see the other's. */
async function beginRecount(client: PoolClient): Promise<void> {
  await client.query(`begin; select pg_advisory_xact_lock(${RECOUNT_LOCK})`);
}

/** Times as PostgreSQL reads an array of them. */
function arrayText(timesMs: readonly number[]): string {
  return `{${timesMs.map((timeMs) => dateAt(timeMs).toISOString()).join(",")}}`;
}

function parametersOf({ journalId, from, to }: Step): (string | number)[] {
  return [journalId, from.segment, from.offset, from.record, to.segment, to.offset, to.record];
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
