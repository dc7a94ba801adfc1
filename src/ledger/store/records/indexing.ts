// What indexing reads and writes: the batches that came, the words of those records that came without, and the heads of traces without a root.
import { sql, type Transaction } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import type { CallRecord, SpanRecord } from "../../contract.ts";
import type { CallBodies } from "../reading.ts";
import { isSealed } from "../../../kernel/index.ts";
import { type BodySealer, openBodies } from "../../sealing.ts";
import { plainBody } from "../stored-body.ts";

export interface UnindexedRecord {
  record: CallRecord | SpanRecord;
  /** Undefined where nothing of them may be searched for. */
  bodies: CallBodies | undefined;
}

/** As a `tsvector` is written. */
export type WordsOf = (record: UnindexedRecord) => string;

export interface IndexStore {
  /**
   * Indexes the batch that waits longest, in one transaction with its leaving the queue; undefined when none waits.
   * `wordsOf` is asked of a few records at a time; without it, no words are kept.
   */
  indexNext(wordsOf: WordsOf | undefined): Promise<IndexedBatch | undefined>;
  countWaiting(): Promise<number>;
  /** Lets the heads go whose records are gone. */
  sweepHeads(): Promise<void>;
}

export interface IndexedBatch {
  queuedAtMs: number;
  records: number;
}

interface QueuedBatch {
  queued_at_ms: number;
  /** As PostgreSQL writes them: to the microsecond. */
  started_at: string[];
  ids: string[];
  /** They were written with the records. */
  has_words: boolean;
}

interface BodyRow {
  started_at: string;
  id: string;
  data: CallRecord | SpanRecord;
  request: Buffer | null;
  response: Buffer | null;
  request_is_zstd: boolean | null;
  response_is_zstd: boolean | null;
}

/** With both bodies of each at their longest, this is what is in memory at once. */
const RECORDS_AT_ONCE = 25;

export function createIndexStore(storage: Storage, sealer?: BodySealer): IndexStore {
  const db = storage.tables<Record<string, never>>();
  return {
    indexNext: (wordsOf) =>
      db.transaction().execute(async (transaction) => {
        const { rows } = await takeBatch.execute(transaction);
        const [batch] = rows;
        if (!batch) return undefined;
        await keepHeads(batch).execute(transaction);
        if (wordsOf && !batch.has_words) await keepWords(transaction, batch, { wordsOf, sealer });
        return { queuedAtMs: batch.queued_at_ms, records: batch.ids.length };
      }),
    async countWaiting() {
      const { rows } = await sql<{ count: number }>`select count(*) from ledger_unindexed`.execute(db);
      return rows[0]?.count ?? 0;
    },
    async sweepHeads() {
      await sql`delete from ledger_trace_heads where started_at < (select min(started_at) from ledger_records)`.execute(
        db,
      );
    },
  };
}

const takeBatch = sql<QueuedBatch>`
  delete from ledger_unindexed where number = (select number from ledger_unindexed order by number limit 1)
  returning (extract(epoch from queued_at) * 1000)::float8 as queued_at_ms, started_at::text[], ids::text[],
    has_words`;

// A root may have come before what hangs on it, after it, or not at all: its index says. The head of what has none is its
// earliest record so far.
const keepHeads = ({ started_at, ids }: QueuedBatch) => sql`
  with come as (
    select distinct on (r.trace_id) r.trace_id, r.started_at, r.id
    from unnest(${started_at}::timestamptz[], ${ids}::uuid[]) as queued(started_at, id)
    join ledger_records as r on r.started_at = queued.started_at and r.id = queued.id
    where r.trace_id is not null
    order by r.trace_id, r.started_at, r.id
  ),
  rooted as (
    select come.trace_id from come
    -- One look-up each: of a day that has just begun PostgreSQL knows no figures, and would read all roots there are.
    cross join lateral (
      select from ledger_records as r where r.trace_id = come.trace_id and r.parent_span_id is null limit 1
    ) as root
  ),
  settled as (
    delete from ledger_trace_heads where trace_id in (select trace_id from rooted)
  )
  insert into ledger_trace_heads as known (trace_id, started_at, id)
  select trace_id, started_at, id from come where trace_id not in (select trace_id from rooted)
  on conflict (trace_id) do update set started_at = excluded.started_at, id = excluded.id
  where (excluded.started_at, excluded.id) < (known.started_at, known.id)`;

async function keepWords(
  transaction: Transaction<Record<string, never>>,
  { started_at, ids }: QueuedBatch,
  { wordsOf, sealer }: { wordsOf: WordsOf; sealer: BodySealer | undefined },
): Promise<void> {
  for (let from = 0; from < ids.length; from += RECORDS_AT_ONCE) {
    const [times, some] = [started_at.slice(from, from + RECORDS_AT_ONCE), ids.slice(from, from + RECORDS_AT_ONCE)];
    const { rows } = await sql<BodyRow>`
      select r.started_at::text as started_at, r.id, r.data, b.request, b.response, b.request_is_zstd, b.response_is_zstd
      from unnest(${times}::timestamptz[], ${some}::uuid[]) as queued(started_at, id)
      join ledger_records as r on r.started_at = queued.started_at and r.id = queued.id
      left join ledger_bodies as b on b.started_at = r.started_at and b.id = r.id`.execute(transaction);
    const texts: string[] = [];
    for (const row of rows) texts.push(await readWords(row, wordsOf, sealer));
    await sql`
      insert into ledger_texts (started_at, id, words)
      select started_at, id, words::tsvector
      from unnest(
        ${rows.map((row) => row.started_at)}::timestamptz[], ${rows.map(({ id }) => id)}::uuid[], ${texts}::text[]
      ) as made(started_at, id, words)
      where words <> ''
      on conflict (started_at, id) do update set words = excluded.words`.execute(transaction);
  }
}

/** A record that is not as it should be has no words; it must not keep the others waiting. */
async function readWords(row: BodyRow, wordsOf: WordsOf, sealer: BodySealer | undefined): Promise<string> {
  try {
    const isHidden = [row.request, row.response].some((bytes) => bytes && isSealed(bytes));
    const bodies = isHidden && sealer?.clearText !== "previews_and_words" ? undefined : bodiesOf(row);
    return wordsOf({ record: row.data, bodies: await openBodies(sealer, row.id, bodies) });
  } catch {
    return "";
  }
}

function bodiesOf({ request, response, request_is_zstd, response_is_zstd }: BodyRow): CallBodies {
  return { request: plainBody(request, request_is_zstd), response: plainBody(response, response_is_zstd) };
}
