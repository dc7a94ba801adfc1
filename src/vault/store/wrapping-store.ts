// Wrapping keys in PostgreSQL, each wrapped by a master; and the data keys that are to be wrapped anew.
import { sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { type VaultTables, tablesIn } from "./tables.ts";

export interface StoredWrappingKey {
  version: number;
  wrapped: string;
}

export interface WrappedKey {
  id: string;
  wrapped: Buffer;
  version: number;
}

export interface WrappingStore {
  /** Those that can be opened, the oldest first. */
  list(): Promise<StoredWrappingKey[]>;
  /** False where another process made that version first. */
  insert(version: number, wrapped: string): Promise<boolean>;
  replace(version: number, wrapped: string): Promise<void>;
  /** Some data keys that an older version wraps, done anew in one transaction; how many. */
  rewrapSome(version: number, limit: number, anew: (key: WrappedKey) => Buffer): Promise<number>;
  /** Lets go of older versions that wrap nothing any more. */
  retireBefore(version: number): Promise<void>;
  countOlder(version: number): Promise<number>;
}

export function createWrappingStore(storage: Storage): WrappingStore {
  const db = () => tablesIn(storage);
  return {
    async list() {
      const rows = await db()
        .selectFrom("vault_wrapping_keys")
        .select(["version", "wrapped"])
        .where("wrapped", "is not", null)
        .orderBy("version")
        .execute();
      return rows.flatMap(({ version, wrapped }) => (wrapped === null ? [] : [{ version, wrapped }]));
    },
    async insert(version, wrapped) {
      const { numInsertedOrUpdatedRows: rows } = await db()
        .insertInto("vault_wrapping_keys")
        .values({ version, wrapped, made_at: sql<Date>`now()` })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return rows === 1n;
    },
    async replace(version, wrapped) {
      await db().updateTable("vault_wrapping_keys").set({ wrapped }).where("version", "=", version).execute();
    },
    rewrapSome: (version, limit, anew) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const { rows } = await sql<{ id: string; wrapped: Buffer; wrapping_version: number }>`
            select id, wrapped, wrapping_version from vault_keys
            where wrapping_version < ${version} and wrapped is not null
            limit ${limit} for update skip locked`.execute(transaction);
          const wrapped = rows.map((row) => anew({ ...row, version: row.wrapping_version }));
          await sql`
            update vault_keys as key set wrapped = anew.wrapped, wrapping_version = ${version}
            from unnest(${rows.map(({ id }) => id)}::uuid[], ${wrapped}::bytea[]) as anew(id, wrapped)
            where key.id = anew.id`.execute(transaction);
          return rows.length;
        }),
    async retireBefore(version) {
      await sql`
        update vault_wrapping_keys as old set wrapped = null
        where version < ${version} and wrapped is not null
          and not exists (select from vault_keys where wrapping_version = old.version and wrapped is not null)`.execute(
        db(),
      );
    },
    async countOlder(version) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from vault_keys where wrapping_version < ${version} and wrapped is not null`.execute(
        db(),
      );
      return rows[0]?.count ?? 0;
    },
  };
}

export type { VaultTables };
