// The only file of governance that speaks SQL.
import { type Generated, type Kysely, type Selectable, sql } from "kysely";
import type { Storage } from "../storage/index.ts";
import type { CreateKey, Key, Scope } from "./contract.ts";
import { governanceErrors } from "./errors.ts";

interface KeysTable {
  id: string;
  name: string;
  hash: string;
  scopes: Scope[];
  owner_user: string | null;
  owner_team: string | null;
  owner_project: string | null;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: Date | null;
}

interface Tables {
  governance_keys: KeysTable;
}

export interface NewKey extends CreateKey {
  id: string;
  hash: string;
}

export interface StoredKey extends Key {
  hash: string;
}

export interface KeyStore {
  find(id: string): Promise<StoredKey | undefined>;
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ keys: Key[]; next_cursor: string | null }>;
  insert(key: NewKey): Promise<Key>;
  /** Inserts only where the table is empty, however many processes try at once; says whether it did. */
  insertFirst(key: NewKey): Promise<boolean>;
  /** Revoking twice keeps the first time. Undefined when there is no such key. */
  revoke(id: string): Promise<Key | undefined>;
}

export function createKeyStore(storage: Storage): KeyStore {
  const db = (): Kysely<Tables> => storage.tables<Tables>();
  return {
    async find(id) {
      const row = await db().selectFrom("governance_keys").selectAll().where("id", "=", id).executeTakeFirst();
      return row && { ...keyFromRow(row), hash: row.hash };
    },
    async list({ limit, cursor }) {
      let query = db()
        .selectFrom("governance_keys")
        .selectAll()
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1);
      if (cursor !== undefined) {
        const { createdAt, id } = readCursor(cursor);
        query = query.where(sql<boolean>`(created_at, id) < (${createdAt}, ${id})`);
      }
      const rows = await query.execute();
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return { keys: rows.slice(0, limit).map(keyFromRow), next_cursor: last ? writeCursor(last) : null };
    },
    async insert(key) {
      return keyFromRow(
        await db().insertInto("governance_keys").values(rowFromKey(key)).returningAll().executeTakeFirstOrThrow(),
      );
    },
    async insertFirst(key) {
      return db()
        .transaction()
        .execute(async (transaction) => {
          await sql`lock table governance_keys in exclusive mode`.execute(transaction);
          const any = await transaction.selectFrom("governance_keys").select("id").limit(1).executeTakeFirst();
          if (any) return false;
          await transaction.insertInto("governance_keys").values(rowFromKey(key)).execute();
          return true;
        });
    },
    async revoke(id) {
      const row = await db()
        .updateTable("governance_keys")
        .set({ revoked_at: sql`coalesce(revoked_at, date_trunc('milliseconds', now()))` })
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      return row && keyFromRow(row);
    },
  };
}

/** `created_at` is PostgreSQL's to say, in the milliseconds that a cursor holds. */
function rowFromKey(key: NewKey): Omit<KeysTable, "created_at"> {
  return {
    id: key.id,
    name: key.name,
    hash: key.hash,
    scopes: key.scopes,
    owner_user: key.user,
    owner_team: key.team,
    owner_project: key.project,
    expires_at: key.expires_at_ms === null ? null : new Date(key.expires_at_ms),
    revoked_at: null,
  };
}

function keyFromRow(row: Selectable<KeysTable>): Key {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    user: row.owner_user,
    team: row.owner_team,
    project: row.owner_project,
    created_at_ms: row.created_at.getTime(),
    expires_at_ms: row.expires_at?.getTime() ?? null,
    revoked_at_ms: row.revoked_at?.getTime() ?? null,
  };
}

function writeCursor(row: Selectable<KeysTable>): string {
  return Buffer.from(`${row.created_at.getTime()}.${row.id}`).toString("base64url");
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const match = /^(\d{1,15})\.([0-9A-Za-z]{1,20})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!match) throw governanceErrors.bad_cursor({});
  return { createdAt: new Date(Number(match[1])), id: match[2] ?? "" };
}
