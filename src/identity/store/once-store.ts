// What may be used once, in PostgreSQL, so that it is once for all processes: each is taken by the statement that deletes it.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { identityErrors } from "../errors.ts";
import { type Tables, tablesIn } from "./tables.ts";

export type Purpose = "invitation" | "oidc" | "saml" | "saml_request" | "saml_arrived" | "registration" | "challenge";
export type Seen = "assertion" | "logout_token";

export interface OnceItem {
  id: string;
  /** Where the newest of an owner makes the older ones void. */
  owner?: string;
  data: unknown;
  expiresAtMs: number;
}

export interface OnceStore {
  put(purpose: Purpose, item: OnceItem): Promise<void>;
  /** What was put, this one time; undefined where it was taken before, is too old, or never was. */
  take(purpose: Purpose, id: string, nowMs: number): Promise<unknown>;
  /** Without taking it. */
  read(purpose: Purpose, id: string, nowMs: number): Promise<unknown>;
  /** Until when the newest of each owner may be taken. */
  ownersOf(purpose: Purpose, nowMs: number): Promise<Map<string, number>>;
  drop(purpose: Purpose, owner: string): Promise<void>;
  /** False for what has been seen before. */
  isNew(seen: Seen, id: string, expiresAtMs: number): Promise<boolean>;
  sweep(nowMs: number): Promise<void>;
}

/** Throws `identity.too_many_under_way` where there are that many of one purpose. */
export function createOnceStore(storage: Pick<Storage, "tables">, pendingMax: number): OnceStore {
  const db: () => Kysely<Tables> = tablesIn(storage);
  return {
    put: (purpose, { id, owner = null, data, expiresAtMs }) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          if (owner !== null)
            await transaction
              .deleteFrom("identity_once")
              .where("purpose", "=", purpose)
              .where("owner", "=", owner)
              .execute();
          await requireRoom(transaction, purpose, pendingMax);
          const expires_at = new Date(expiresAtMs);
          await transaction
            .insertInto("identity_once")
            .values({ purpose, id, owner, data: JSON.stringify(data), expires_at })
            .execute();
        }),
    async take(purpose, id, nowMs) {
      const row = await db()
        .deleteFrom("identity_once")
        .where("purpose", "=", purpose)
        .where("id", "=", id)
        .returning(["data", "expires_at"])
        .executeTakeFirst();
      return row && row.expires_at.getTime() > nowMs ? row.data : undefined;
    },
    async read(purpose, id, nowMs) {
      const row = await db()
        .selectFrom("identity_once")
        .select("data")
        .where("purpose", "=", purpose)
        .where("id", "=", id)
        .where("expires_at", ">", new Date(nowMs))
        .executeTakeFirst();
      return row?.data;
    },
    async ownersOf(purpose, nowMs) {
      const rows = await db()
        .selectFrom("identity_once")
        .select(["owner", "expires_at"])
        .where("purpose", "=", purpose)
        .where("expires_at", ">", new Date(nowMs))
        .execute();
      return new Map(rows.flatMap((row) => (row.owner === null ? [] : [[row.owner, row.expires_at.getTime()]])));
    },
    async drop(purpose, owner) {
      await db().deleteFrom("identity_once").where("purpose", "=", purpose).where("owner", "=", owner).execute();
    },
    async isNew(purpose, id, expiresAtMs) {
      const inserted = await db()
        .insertInto("identity_once")
        .values({ purpose, id, owner: null, data: "null", expires_at: new Date(expiresAtMs) })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async sweep(nowMs) {
      await sql`delete from identity_once where expires_at < ${new Date(nowMs)}`.execute(db());
    },
  };
}

/** Anybody may begin a sign-in: those under way are counted, up to the bound and no further. */
async function requireRoom(db: Kysely<Tables>, purpose: Purpose, max: number): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from identity_once where purpose = ${purpose} and expires_at > now() limit ${max}) as pending`.execute(db);
  if ((rows[0]?.count ?? 0) >= max) throw identityErrors.too_many_under_way({ max, retryAfterMs: 60_000 });
}
