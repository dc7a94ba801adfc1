// The lines of batches: put in, claimed by one process at a time, finished once.
import { type Selectable, sql } from "kysely";
import type { ContentSealer } from "../../kernel/index.ts";
import type { Batch, ClaimedLine, FinishedLine, LineResult, NewLine } from "../batch.ts";
import { type LinePlace, openText, sealText } from "./sealing.ts";
import type { BatchesTables, Database } from "./tables.ts";

export interface LineStore {
  insert(batch: Pick<Batch, "id" | "sealedFor">, lines: readonly NewLine[]): Promise<void>;
  /** Up to `limit` lines of the batch that was served longest ago. Each is this claim's until the lease lapses. */
  claim(limit: number, leaseMs: number): Promise<ClaimedLine[]>;
  /** Prolongs the claims; gives back those that still hold. */
  renew(claims: readonly string[], leaseMs: number): Promise<string[]>;
  /** Says whether the batch has no more to do. Does nothing when the claim no longer holds. */
  finish(line: ClaimedLine, result: LineResult): Promise<boolean>;
  /** To be claimed again after the wait. */
  putBack(line: ClaimedLine, again: { waitMs: number; tries: number }): Promise<void>;
  /** Closes all that nobody carries out; those in flight may end. Gives the batch's counts after it. */
  closeWaiting(batchId: string, outcome: "cancelled" | "expired"): Promise<Batch["counts"]>;
  /** In the order of the input. */
  listFinished(batchId: string, page: { afterLine: number; limit: number }): Promise<FinishedLine[]>;
  removeAll(batchId: string): Promise<void>;
  /**
   * Lets PostgreSQL count what is there. Of thousands of lines that it has not counted, it believes that they are few,
   * and sorts them all for each claim.
   */
  count(): Promise<void>;
}

interface ClaimedRow {
  line: number;
  custom_id: string;
  body: string;
  claim: string;
  tries: number;
  id: string;
  kind: Batch["kind"];
  key_id: string;
  endpoint: string;
  headers: string;
  sealed_for: Batch["sealedFor"];
}

// The batch's row is locked before its lines are, and locked lines are passed over: so it waits for nobody who waits for
// it. With `exists` in place of the first line, PostgreSQL would read through all lines of all batches.
const claimLines = (limit: number, leaseMs: number) => sql<ClaimedRow>`
  with batch as (
    update batches_batches set served_at = clock_timestamp()
    where id = (
      select id from batches_batches as candidate
      where ended_at is null and status = 'in_progress' and expires_at > now() and (
        select line from batches_lines
        where batch_id = candidate.id and finished_at is null and claimable_at <= now()
        order by line limit 1
      ) is not null
      order by served_at limit 1 for update skip locked
    )
    returning id, kind, key_id, endpoint, headers, sealed_for
  ),
  claimable as (
    select batch_id, line from batches_lines
    where batch_id = (select id from batch) and finished_at is null and claimable_at <= now()
    order by line limit ${limit} for update skip locked
  )
  update batches_lines as taken
  set claim = gen_random_uuid(), claimable_at = now() + ${leaseMs} * interval '1 ms'
  from claimable, batch
  where taken.batch_id = claimable.batch_id and taken.line = claimable.line
  returning taken.line, taken.custom_id, taken.body, taken.claim, taken.tries, batch.*`;

const finishLine = ({ batch, line, claim }: ClaimedLine, { outcome, status, callId, body }: LineResult) => sql<{
  is_done: boolean;
}>`
  with finished as (
    update batches_lines
    set finished_at = now(), outcome = ${outcome}, status = ${status}, call_id = ${callId}, result = ${body}
    where batch_id = ${batch.id} and line = ${line} and claim = ${claim} and finished_at is null
    returning 1
  )
  update batches_batches
  set ${sql.ref(outcome)} = ${sql.ref(outcome)} + 1
  where id = ${batch.id} and exists (select from finished)
  returning total <= succeeded + errored + cancelled + expired as is_done`;

export function createLineStore(db: () => Database, sealer: ContentSealer): LineStore {
  return { ...createCarrying(db, sealer), ...createClosing(db, sealer) };
}

function createCarrying(
  db: () => Database,
  sealer: ContentSealer,
): Pick<LineStore, "insert" | "claim" | "renew" | "finish" | "putBack"> {
  type At = Omit<LinePlace, "batchId"> & { batch: Pick<Batch, "id" | "sealedFor"> };
  const seal = (text: string, { batch, ...place }: At): string =>
    sealText(sealer, text, { ...place, batchId: batch.id, owner: batch.sealedFor });
  return {
    async insert(batch, lines) {
      await sql`
        insert into batches_lines (batch_id, line, custom_id, body)
        select ${batch.id}, * from unnest(
          ${lines.map(({ line }) => line)}::integer[],
          ${lines.map(({ customId }) => customId)}::text[],
          ${lines.map(({ line, body }) => seal(body, { batch, line, part: "body" }))}::text[]
        )`.execute(db());
    },
    async claim(limit, leaseMs) {
      const { rows } = await claimLines(limit, leaseMs).execute(db());
      const opened = rows.map(async (row) => {
        const body = await openText(sealer, row.body, { batchId: row.id, line: row.line, part: "body" });
        return claimedFromRow({ ...row, body });
      });
      return (await Promise.all(opened)).sort((a, b) => a.line - b.line);
    },
    async renew(claims, leaseMs) {
      const { rows } = await sql<{ claim: string }>`
        update batches_lines set claimable_at = now() + ${leaseMs} * interval '1 ms'
        where claim = any(${claims}::uuid[]) and finished_at is null
        returning claim`.execute(db());
      return rows.map(({ claim }) => claim);
    },
    async finish(line, result) {
      const sealed = { ...result, body: seal(result.body, { batch: line.batch, line: line.line, part: "result" }) };
      const { rows } = await finishLine(line, sealed).execute(db());
      return rows[0]?.is_done === true;
    },
    async putBack({ batch, line, claim }, { waitMs, tries }) {
      await sql`
        update batches_lines
        set claim = null, tries = ${tries}, claimable_at = now() + ${waitMs} * interval '1 ms'
        where batch_id = ${batch.id} and line = ${line} and claim = ${claim} and finished_at is null`.execute(db());
    },
  };
}

function createClosing(
  db: () => Database,
  sealer: ContentSealer,
): Pick<LineStore, "closeWaiting" | "listFinished" | "count" | "removeAll"> {
  return {
    async closeWaiting(batchId, outcome) {
      await sql`
        with closed as (
          update batches_lines set finished_at = now(), outcome = ${outcome}
          where batch_id = ${batchId} and finished_at is null and (claim is null or claimable_at <= now())
          returning 1
        )
        update batches_batches set ${sql.ref(outcome)} = ${sql.ref(outcome)} + (select count(*) from closed)
        where id = ${batchId}`.execute(db());
      return db()
        .selectFrom("batches_batches")
        .select(["total", "succeeded", "errored", "cancelled", "expired"])
        .where("id", "=", batchId)
        .executeTakeFirstOrThrow();
    },
    async listFinished(batchId, { afterLine, limit }) {
      const rows = await db()
        .selectFrom("batches_lines")
        .select(["line", "custom_id", "outcome", "status", "call_id", "result"])
        .where("batch_id", "=", batchId)
        .where("line", ">", afterLine)
        .orderBy("line")
        .limit(limit)
        .execute();
      const opened = rows.map(async ({ result, ...row }) => {
        const place = { batchId, line: row.line, part: "result" } as const;
        return finishedFromRow({ ...row, result: result && (await openText(sealer, result, place)) });
      });
      return Promise.all(opened);
    },
    async count() {
      await sql`analyze batches_lines`.execute(db());
    },
    async removeAll(batchId) {
      await db().deleteFrom("batches_lines").where("batch_id", "=", batchId).execute();
    },
  };
}

type FinishedRow = Pick<
  Selectable<BatchesTables["batches_lines"]>,
  "line" | "custom_id" | "outcome" | "status" | "call_id" | "result"
>;

function finishedFromRow({ line, custom_id, outcome, status, call_id, result }: FinishedRow): FinishedLine {
  // Results are read when all lines are finished, and then each has an outcome.
  return { line, customId: custom_id, outcome: outcome ?? "expired", status, callId: call_id, body: result };
}

type OpenedRow = Omit<ClaimedRow, "body"> & Pick<ClaimedLine, "body">;

function claimedFromRow({ line, custom_id, body, claim, tries, ...row }: OpenedRow): ClaimedLine {
  const headers = JSON.parse(row.headers) as Record<string, string>;
  return {
    line,
    customId: custom_id,
    body,
    claim,
    tries,
    batch: {
      id: row.id,
      kind: row.kind,
      keyId: row.key_id,
      sealedFor: row.sealed_for,
      endpoint: row.endpoint,
      headers,
    },
  };
}
