// Sessions in PostgreSQL, found by the hash of what the cookie says.
import { type Kysely, type Selectable, sql } from "kysely";
import type { RoleName } from "../../policy/contract.ts";
import type { Storage } from "../../storage/index.ts";
import { type SessionsTable, type Tables, tablesIn } from "./tables.ts";

/** Whose: a person, or a key that was traded for a cookie. */
export interface Who {
  kind: "key" | "person";
  who: string;
}

export interface StoredSession extends Who {
  hash: string;
  id: string;
  /** As they were when the session began. */
  roles: RoleName[];
  way: string;
  provider: string | null;
  provider_subject: string | null;
  provider_session: string | null;
  agent: string;
  address: string;
  created_at_ms: number;
  seen_at_ms: number;
  expires_at_ms: number;
}

export interface FoundSession extends StoredSession {
  /** The person's, as they are now. */
  roles_now: RoleName[];
  /** When the person was first heard of. */
  since_ms: number;
}

export interface ProviderSession {
  provider: string;
  subject?: string | undefined;
  session?: string | undefined;
}

export interface SessionStore {
  /** Ends the oldest of the same person where there are more than that. */
  insert(session: StoredSession, perPersonMax: number): Promise<void>;
  find(hash: string): Promise<FoundSession | undefined>;
  touch(hash: string, seenAtMs: number): Promise<void>;
  list(who: Who, nowMs: number): Promise<StoredSession[]>;
  end(hash: string): Promise<boolean>;
  endById(who: Who, id: string): Promise<boolean>;
  /** All but one. Gives how many. */
  endAll(who: Who, exceptId?: string): Promise<number>;
  endOfProvider(session: ProviderSession): Promise<number>;
  sweep(nowMs: number): Promise<void>;
}

export function createSessionStore(storage: Pick<Storage, "tables">): SessionStore {
  const db: () => Kysely<Tables> = tablesIn(storage);
  const ofWho = ({ kind, who }: Who) =>
    db().deleteFrom("identity_sessions").where("kind", "=", kind).where("who", "=", who);
  return {
    insert: (session, perPersonMax) => insertSession(db(), session, perPersonMax),
    async find(hash) {
      const row = await db()
        .selectFrom("identity_sessions")
        .leftJoin("identity_people", "identity_people.name", "identity_sessions.who")
        .selectAll("identity_sessions")
        .select(["identity_people.roles as roles_now", "identity_people.created_at as since"])
        .where("hash", "=", hash)
        .executeTakeFirst();
      if (!row) return undefined;
      const { roles_now, since, ...session } = row;
      return { ...sessionFromRow(session), roles_now: roles_now ?? [], since_ms: since?.getTime() ?? 0 };
    },
    async touch(hash, seenAtMs) {
      const seen_at = new Date(seenAtMs);
      await db().updateTable("identity_sessions").set({ seen_at }).where("hash", "=", hash).execute();
    },
    async list({ kind, who }, nowMs) {
      const rows = await db()
        .selectFrom("identity_sessions")
        .selectAll()
        .where("kind", "=", kind)
        .where("who", "=", who)
        .where("expires_at", ">", new Date(nowMs))
        .orderBy("created_at", "desc")
        .limit(LISTED_MAX)
        .execute();
      return rows.map(sessionFromRow);
    },
    end: async (hash) =>
      (await db().deleteFrom("identity_sessions").where("hash", "=", hash).executeTakeFirst()).numDeletedRows > 0n,
    endById: async (who, id) =>
      (
        await ofWho(who)
          .where(sql<string>`id::text`, "=", id)
          .executeTakeFirst()
      ).numDeletedRows > 0n,
    async endAll(who, exceptId) {
      const query = exceptId === undefined ? ofWho(who) : ofWho(who).where("id", "!=", exceptId);
      return Number((await query.executeTakeFirst()).numDeletedRows);
    },
    async endOfProvider({ provider, subject, session }) {
      let query = db().deleteFrom("identity_sessions").where("provider", "=", provider);
      if (subject !== undefined) query = query.where("provider_subject", "=", subject);
      if (session !== undefined) query = query.where("provider_session", "=", session);
      if (subject === undefined && session === undefined) return 0;
      return Number((await query.executeTakeFirst()).numDeletedRows);
    },
    async sweep(nowMs) {
      await db().deleteFrom("identity_sessions").where("expires_at", "<", new Date(nowMs)).execute();
    },
  };
}

const LISTED_MAX = 1000;

async function insertSession(db: Kysely<Tables>, session: StoredSession, perPersonMax: number): Promise<void> {
  const { created_at_ms, seen_at_ms, expires_at_ms, ...rest } = session;
  await db
    .insertInto("identity_sessions")
    .values({
      ...rest,
      created_at: new Date(created_at_ms),
      seen_at: new Date(seen_at_ms),
      expires_at: new Date(expires_at_ms),
    })
    .execute();
  await sql`delete from identity_sessions where hash in (
    select hash from identity_sessions where kind = ${session.kind} and who = ${session.who}
    order by created_at desc, id desc offset ${perPersonMax})`.execute(db);
}

function sessionFromRow({ created_at, seen_at, expires_at, ...rest }: Selectable<SessionsTable>): StoredSession {
  return {
    ...rest,
    created_at_ms: created_at.getTime(),
    seen_at_ms: seen_at.getTime(),
    expires_at_ms: expires_at.getTime(),
  };
}
