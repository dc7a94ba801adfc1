// Passkeys in PostgreSQL: public keys, and how often each has signed.
import { type Kysely, type Selectable, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { type PasskeysTable, type Tables, tablesIn } from "./tables.ts";

export interface StoredPasskey {
  id: string;
  person: string;
  name: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  created_at_ms: number;
  last_used_at_ms: number | null;
}

export interface PasskeyStore {
  find(id: string): Promise<StoredPasskey | undefined>;
  list(person: string): Promise<StoredPasskey[]>;
  /** False where this passkey is known already. */
  insert(passkey: StoredPasskey): Promise<boolean>;
  /** False where another sign-in was faster with the same counter. */
  used(id: string, use: { counterBefore: number; counter: number; atMs: number }): Promise<boolean>;
  delete(person: string, id: string): Promise<boolean>;
}

export function createPasskeyStore(storage: Pick<Storage, "tables">): PasskeyStore {
  const db: () => Kysely<Tables> = tablesIn(storage);
  return {
    async find(id) {
      const row = await db().selectFrom("identity_passkeys").selectAll().where("id", "=", id).executeTakeFirst();
      return row && passkeyFromRow(row);
    },
    async list(person) {
      const query = db().selectFrom("identity_passkeys").selectAll().where("person", "=", person);
      return (await query.orderBy("created_at").execute()).map(passkeyFromRow);
    },
    async insert({ id, person, name, publicKey, counter, transports, created_at_ms }) {
      const inserted = await db()
        .insertInto("identity_passkeys")
        .values({
          id,
          person,
          name,
          public_key: Buffer.from(publicKey),
          counter,
          transports,
          created_at: new Date(created_at_ms),
          last_used_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async used(id, { counterBefore, counter, atMs }) {
      const { rows } = await sql`
        update identity_passkeys set counter = ${counter}, last_used_at = ${new Date(atMs)}
        where id = ${id} and counter = ${counterBefore} returning id`.execute(db());
      return rows.length > 0;
    },
    async delete(person, id) {
      const query = db().deleteFrom("identity_passkeys").where("person", "=", person).where("id", "=", id);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },
  };
}

function passkeyFromRow(row: Selectable<PasskeysTable>): StoredPasskey {
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports: row.transports,
    created_at_ms: row.created_at.getTime(),
    last_used_at_ms: row.last_used_at?.getTime() ?? null,
  };
}
