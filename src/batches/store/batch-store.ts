// Batches: made, found, led from one status to the next. Times are PostgreSQL's, so that processes agree on them.
import { sql } from "kysely";
import type { Batch, BatchKind, InputProblem } from "../batch.ts";
import { batchFromRow, type Database } from "./tables.ts";

export interface NewBatch extends Pick<
  Batch,
  | "id"
  | "kind"
  | "owner"
  | "keyId"
  | "sealedFor"
  | "endpoint"
  | "headers"
  | "metadata"
  | "inputFileId"
  | "outputLifetimeMs"
> {
  windowMs: number;
}

export interface BatchSearch {
  owner: string;
  kind: BatchKind;
  /** Only batches older than this one. */
  after: string | undefined;
  /** Only batches younger than this one, the nearest first. */
  before: string | undefined;
  limit: number;
}

export interface BatchStore {
  insert(batch: NewBatch): Promise<Batch>;
  find(owner: string, id: string): Promise<Batch | undefined>;
  /** Newest first. */
  list(search: BatchSearch): Promise<Batch[]>;
  countOpen(owner: string): Promise<number>;
  /** From validating or in progress; any other stays as it is. */
  cancel(owner: string, id: string): Promise<void>;
  remove(id: string): Promise<void>;
  removeEnded(retentionMs: number): Promise<void>;
  /** Batches that need more than their lines carried out: to be validated, closed, or ended. */
  listDue(): Promise<string[]>;
  /** The batch, for the rest of the transaction this process's alone; undefined while another has it, and once it has ended. */
  take(id: string): Promise<Batch | undefined>;
  /** False when it was cancelled meanwhile. */
  begin(id: string, total: number): Promise<boolean>;
  refuse(id: string, problems: InputProblem[]): Promise<void>;
  finalize(id: string): Promise<void>;
  end(
    id: string,
    ending: { status: Batch["status"]; outputFileId: string | null; errorFileId: string | null },
  ): Promise<void>;
}

const DUE_MAX = 100;

export function createBatchStore(db: () => Database): BatchStore {
  return { ...createKeeping(db), ...createLeading(db) };
}

function createKeeping(
  db: () => Database,
): Pick<BatchStore, "insert" | "find" | "list" | "countOpen" | "cancel" | "remove" | "removeEnded"> {
  return {
    async insert({ keyId, sealedFor, inputFileId, outputLifetimeMs, headers, metadata, windowMs, ...batch }) {
      const row = await db()
        .insertInto("batches_batches")
        .values({
          ...batch,
          key_id: keyId,
          sealed_for: sealedFor && JSON.stringify(sealedFor),
          input_file_id: inputFileId,
          output_lifetime_ms: outputLifetimeMs,
          headers: JSON.stringify(headers),
          metadata: metadata && JSON.stringify(metadata),
          status: "validating",
          expires_at: sql<Date>`now() + ${windowMs} * interval '1 ms'`,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return batchFromRow(row);
    },
    async find(owner, id) {
      const row = await db()
        .selectFrom("batches_batches")
        .selectAll()
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return row && batchFromRow(row);
    },
    async list({ owner, kind, after, before, limit }) {
      let query = db()
        .selectFrom("batches_batches")
        .selectAll()
        .where("owner", "=", owner)
        .where("kind", "=", kind)
        .orderBy("id", before === undefined ? "desc" : "asc")
        .limit(limit);
      if (after !== undefined) query = query.where("id", "<", after);
      if (before !== undefined) query = query.where("id", ">", before);
      const found = (await query.execute()).map(batchFromRow);
      return before === undefined ? found : found.reverse();
    },
    async countOpen(owner) {
      const { rows } = await sql<{ open: number }>`
        select count(*) as open from batches_batches where owner = ${owner} and ended_at is null`.execute(db());
      return rows[0]?.open ?? 0;
    },
    async cancel(owner, id) {
      await sql`
        update batches_batches set status = 'cancelling', cancelling_at = now()
        where id = ${id} and owner = ${owner} and status in ('validating', 'in_progress')`.execute(db());
    },
    async remove(id) {
      await db().deleteFrom("batches_batches").where("id", "=", id).execute();
    },
    async removeEnded(retentionMs) {
      await sql`delete from batches_batches where ended_at <= now() - ${retentionMs} * interval '1 ms'`.execute(db());
    },
  };
}

function createLeading(
  db: () => Database,
): Pick<BatchStore, "listDue" | "take" | "begin" | "refuse" | "finalize" | "end"> {
  return {
    async listDue() {
      const { rows } = await sql<{ id: string }>`
        select id from batches_batches
        where ended_at is null and (
          status <> 'in_progress' or expires_at <= now() or total <= succeeded + errored + cancelled + expired
        )
        order by id limit ${DUE_MAX}`.execute(db());
      return rows.map(({ id }) => id);
    },
    async take(id) {
      // A lock of the transaction, not of the row: the batch can be read and cancelled while it is worked on.
      const { rows } = await sql<{ taken: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${id}, 0)) as taken`.execute(db());
      if (rows[0]?.taken !== true) return undefined;
      // Another process may have ended it since it was listed, and its lines are gone with that.
      const row = await db()
        .selectFrom("batches_batches")
        .selectAll()
        .where("id", "=", id)
        .where("ended_at", "is", null)
        .executeTakeFirst();
      return row && batchFromRow(row);
    },
    async begin(id, total) {
      const { numAffectedRows } = await sql`
        update batches_batches set status = 'in_progress', in_progress_at = now(), total = ${total}
        where id = ${id} and status = 'validating'`.execute(db());
      return (numAffectedRows ?? 0n) > 0n;
    },
    async refuse(id, problems) {
      await sql`
        update batches_batches set status = 'failed', ended_at = now(), problems = ${JSON.stringify(problems)}
        where id = ${id} and status = 'validating'`.execute(db());
    },
    async finalize(id) {
      await sql`
        update batches_batches
        set finalizing_at = now(), status = case status when 'in_progress' then 'finalizing' else status end
        where id = ${id}`.execute(db());
    },
    async end(id, { status, outputFileId, errorFileId }) {
      await sql`
        update batches_batches
        set status = ${status}, ended_at = now(), output_file_id = ${outputFileId}, error_file_id = ${errorFileId}
        where id = ${id}`.execute(db());
    },
  };
}
