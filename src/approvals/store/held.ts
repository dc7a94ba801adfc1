// Answers that wait for an approval, in PostgreSQL: whoever asks the same again is given the very answer that was approved.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";

export interface HeldAnswer {
  approvalId: string;
  callId: string;
  target: string;
  status: number;
  mediaType: string;
  isStream: boolean;
  body: Uint8Array;
}

export interface HeldKey {
  asker: string;
  requestHash: string;
}

export interface HeldStore {
  /** Younger than that. */
  find(key: HeldKey, withinMs: number): Promise<HeldAnswer | undefined>;
  /** In place of what was held for the same before. */
  put(key: HeldKey, held: HeldAnswer): Promise<void>;
  remove(key: HeldKey): Promise<void>;
  /** Those that are older. */
  sweep(afterMs: number): Promise<void>;
}

export function createHeldStore(storage: Storage): HeldStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  const secondsOf = (ms: number): number => ms / 1000;
  return {
    async find({ asker, requestHash }, withinMs) {
      const { rows } = await sql<HeldAnswer>`
        select approval_id as "approvalId", call_id as "callId", target, status, media_type as "mediaType",
          is_stream as "isStream", body
        from approvals_held
        where asker = ${asker} and request_hash = ${requestHash}
          and held_at > clock_timestamp() - make_interval(secs => ${secondsOf(withinMs)})`.execute(db());
      return rows[0];
    },
    async put({ asker, requestHash }, { approvalId, callId, target, status, mediaType, isStream, body }) {
      await sql`
        insert into approvals_held (asker, request_hash, approval_id, call_id, target, status, media_type, is_stream, body)
        values (${asker}, ${requestHash}, ${approvalId}, ${callId}, ${target}, ${status}, ${mediaType}, ${isStream},
          ${Buffer.from(body)})
        on conflict (asker, request_hash) do update set approval_id = excluded.approval_id, call_id = excluded.call_id,
          target = excluded.target, status = excluded.status, media_type = excluded.media_type,
          is_stream = excluded.is_stream, body = excluded.body, held_at = excluded.held_at`.execute(db());
    },
    async remove({ asker, requestHash }) {
      await sql`delete from approvals_held where asker = ${asker} and request_hash = ${requestHash}`.execute(db());
    },
    async sweep(afterMs) {
      await sql`
        delete from approvals_held
        where held_at < clock_timestamp() - make_interval(secs => ${secondsOf(afterMs)})`.execute(db());
    },
  };
}
