// How often something was tried, in PostgreSQL: counted before it is known how the try ends, so that many at once are no way around.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { type Tables, tablesIn } from "./tables.ts";

export interface TriesStore {
  /** Counts one more; gives the count, and when counting begins anew. */
  count(what: string, window: { nowMs: number; windowMs: number }): Promise<{ count: number; untilMs: number }>;
  /** Undefined where nothing is counted now. */
  read(what: string, nowMs: number): Promise<{ count: number; untilMs: number } | undefined>;
  /** Not counted after all. */
  forgive(what: string): Promise<void>;
  forget(what: string): Promise<void>;
  sweep(nowMs: number): Promise<void>;
}

export function createTriesStore(storage: Pick<Storage, "tables">): TriesStore {
  const db: () => Kysely<Tables> = tablesIn(storage);
  return {
    async count(what, { nowMs, windowMs }) {
      const now = new Date(nowMs);
      const { rows } = await sql<{ count: number; until_at: Date }>`
        insert into identity_tries as old (what, count, until_at) values (${what}, 1, ${new Date(nowMs + windowMs)})
        on conflict (what) do update set
          count = case when old.until_at <= ${now} then 1 else least(old.count + 1, 1000000) end,
          until_at = case when old.until_at <= ${now} then excluded.until_at else old.until_at end
        returning count, until_at`.execute(db());
      const [row] = rows;
      return { count: row?.count ?? 1, untilMs: row?.until_at.getTime() ?? nowMs + windowMs };
    },
    async read(what, nowMs) {
      const query = db().selectFrom("identity_tries").select(["count", "until_at"]).where("what", "=", what);
      const row = await query.where("until_at", ">", new Date(nowMs)).executeTakeFirst();
      return row && { count: row.count, untilMs: row.until_at.getTime() };
    },
    async forgive(what) {
      await sql`update identity_tries set count = greatest(count - 1, 0) where what = ${what}`.execute(db());
    },
    async forget(what) {
      await db().deleteFrom("identity_tries").where("what", "=", what).execute();
    },
    async sweep(nowMs) {
      await sql`delete from identity_tries where until_at < ${new Date(nowMs)}`.execute(db());
    },
  };
}
