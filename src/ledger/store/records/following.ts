// Batches of records that wait for a follower, and how it takes them: each once, whatever dies meanwhile. As a rule what it wants
// to know of them was noted before they were written; what was not is read back.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import type { CallRecord } from "../../contract.ts";
import { type CallNote, type NoteCall, type Noting, unpackNotes } from "../../projector/looking/notes.ts";
import { type BodySealer, openBodies } from "../../sealing.ts";
import { plainBody, withHashes } from "../stored-body.ts";

/** What is written in this transaction stands if the records count as taken, and only then. */
export type TakeNotes = (transaction: Transaction<unknown>, notes: readonly string[]) => Promise<void>;

export interface FollowingStore {
  /** From now on, what comes waits for it, with what it notes of each. One follower's notes are made at a time. */
  follow(name: string, note: NoteCall): Promise<void>;
  /** What waits for it goes. */
  unfollow(name: string): Promise<void>;
  /** The batch that waits longest and nobody else is at; false where there is none. */
  takeNext(name: string, take: TakeNotes): Promise<boolean>;
  noting(): Noting | undefined;
}

interface Row {
  data: string;
  request_hash: Buffer | null;
  response_hash: Buffer | null;
  request: Buffer | null;
  response: Buffer | null;
  request_is_zstd: boolean | null;
  response_is_zstd: boolean | null;
}

interface Queued {
  started_at: string[];
  ids: string[];
  notes: Buffer | null;
}

/** With the bodies of those that call tools, this is what is in memory at once. */
const RECORDS_AT_ONCE = 100;

export function createFollowingStore(storage: Storage, sealer: BodySealer | undefined): FollowingStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  let noting: Noting | undefined;
  return {
    async follow(name, note) {
      await sql`insert into ledger_followers (name) values (${name}) on conflict do nothing`.execute(db());
      noting = { name, note };
    },
    async unfollow(name) {
      noting = undefined;
      await sql`with gone as (delete from ledger_followers where name = ${name})
        delete from ledger_unfollowed where follower = ${name}`.execute(db());
    },
    takeNext: (name, take) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const { rows } = await sql<Queued>`
            delete from ledger_unfollowed where number = (
              select number from ledger_unfollowed where follower = ${name} order by number limit 1 for update skip locked
            ) returning started_at::text[], ids::text[], notes`.execute(transaction);
          const [batch] = rows;
          if (!batch) return false;
          await take(transaction, await notesOf(batch, { transaction, sealer, noting }));
          return true;
        }),
    noting: () => noting,
  };
}

interface ReadingBack {
  transaction: Transaction<unknown>;
  sealer: BodySealer | undefined;
  noting: Noting | undefined;
}

/** In the order in which they came: noted before, or else read back. */
async function notesOf({ started_at, ids, notes }: Queued, reading: ReadingBack): Promise<string[]> {
  const noted = new Map((notes ? unpackNotes(notes) : []).map(({ id, note }) => [id, note]));
  const missing = ids.flatMap((id, at) => (noted.has(id) ? [] : [at]));
  for (let from = 0; from < missing.length; from += RECORDS_AT_ONCE) {
    const some = missing.slice(from, from + RECORDS_AT_ONCE);
    const [times, wanted] = [started_at, ids].map((all) => some.map((at) => all[at] ?? ""));
    for (const { id, note } of await readBack(times ?? [], wanted ?? [], reading)) noted.set(id, note);
  }
  return ids.flatMap((id) => noted.get(id) ?? []);
}

async function readBack(
  times: readonly string[],
  ids: readonly string[],
  { transaction, sealer, noting }: ReadingBack,
): Promise<CallNote[]> {
  const { rows } = await sql<Row>`
    select r.data::text as data, r.request_hash, r.response_hash, b.request, b.response, b.request_is_zstd, b.response_is_zstd
    from unnest(${[...times]}::timestamptz[], ${[...ids]}::uuid[]) as queued(started_at, id)
    join ledger_records as r on r.started_at = queued.started_at and r.id = queued.id
    left join ledger_bodies as b on b.started_at = r.started_at and b.id = r.id and r.finish_reason ilike '%tool%'
    where r.is_own`.execute(transaction);
  const notes: CallNote[] = [];
  for (const row of rows) {
    const record = withHashes(JSON.parse(row.data) as CallRecord, row.request_hash, row.response_hash);
    const bodies = {
      request: plainBody(row.request, row.request_is_zstd),
      response: plainBody(row.response, row.response_is_zstd),
    };
    const opened = await openBodies(sealer, record.id, bodies);
    const { request = null, response = null } = opened ?? {};
    const note = noting?.note({ record, json: Buffer.from(row.data), request, response });
    if (note !== undefined) notes.push({ id: record.id, note });
  }
  return notes;
}
