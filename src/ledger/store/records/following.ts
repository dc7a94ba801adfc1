// Batches of records that wait for a follower, and how it takes them: each once, whatever dies meanwhile.
import { type Kysely, sql, type Transaction } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import type { CallRecord } from "../../contract.ts";
import { type BodySealer, openBodies } from "../../sealing.ts";
import { plainBody, withHashes } from "../stored-body.ts";

export interface FollowedCall {
  record: CallRecord;
  /** Of answers that call tools; of others nothing is read. */
  request: Uint8Array | null;
  response: Uint8Array | null;
}

/** What is written in this transaction stands if the records count as taken, and only then. */
export type TakeCalls = (transaction: Transaction<unknown>, calls: readonly FollowedCall[]) => Promise<void>;

export interface FollowingStore {
  /** From now on, what comes waits for it. */
  follow(name: string): Promise<void>;
  /** What waits for it goes. */
  unfollow(name: string): Promise<void>;
  /** The batch that waits longest and nobody else is at; false where there is none. */
  takeNext(name: string, take: TakeCalls): Promise<boolean>;
}

interface Row {
  data: CallRecord;
  request_hash: Buffer | null;
  response_hash: Buffer | null;
  request: Buffer | null;
  response: Buffer | null;
  request_is_zstd: boolean | null;
  response_is_zstd: boolean | null;
}

/** With the bodies of those that call tools, this is what is in memory at once. */
const RECORDS_AT_ONCE = 100;

export function createFollowingStore(storage: Storage, sealer: BodySealer | undefined): FollowingStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return {
    async follow(name) {
      await sql`insert into ledger_followers (name) values (${name}) on conflict do nothing`.execute(db());
    },
    async unfollow(name) {
      await sql`with gone as (delete from ledger_followers where name = ${name})
        delete from ledger_unfollowed where follower = ${name}`.execute(db());
    },
    takeNext: (name, take) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const { rows } = await sql<{ started_at: string[]; ids: string[] }>`
            delete from ledger_unfollowed where number = (
              select number from ledger_unfollowed where follower = ${name} order by number limit 1 for update skip locked
            ) returning started_at::text[], ids::text[]`.execute(transaction);
          const [batch] = rows;
          if (!batch) return false;
          for (let from = 0; from < batch.ids.length; from += RECORDS_AT_ONCE) {
            const [times, ids] = [batch.started_at, batch.ids].map((all) => all.slice(from, from + RECORDS_AT_ONCE));
            const rows = await readCalls(transaction, times ?? [], ids ?? []);
            const calls: FollowedCall[] = [];
            for (const row of rows) calls.push(await callOf(row, sealer));
            await take(transaction, calls);
          }
          return true;
        }),
  };
}

async function readCalls(
  transaction: Transaction<unknown>,
  times: readonly string[],
  ids: readonly string[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.data, r.request_hash, r.response_hash, b.request, b.response, b.request_is_zstd, b.response_is_zstd
    from unnest(${[...times]}::timestamptz[], ${[...ids]}::uuid[]) as queued(started_at, id)
    join ledger_records as r on r.started_at = queued.started_at and r.id = queued.id
    left join ledger_bodies as b on b.started_at = r.started_at and b.id = r.id and r.finish_reason ilike '%tool%'
    where r.is_own`.execute(transaction);
  return rows;
}

async function callOf(row: Row, sealer: BodySealer | undefined): Promise<FollowedCall> {
  const record = withHashes(row.data, row.request_hash, row.response_hash);
  const bodies = {
    request: plainBody(row.request, row.request_is_zstd),
    response: plainBody(row.response, row.response_is_zstd),
  };
  const opened = await openBodies(sealer, record.id, bodies);
  return { record, request: opened?.request ?? null, response: opened?.response ?? null };
}
