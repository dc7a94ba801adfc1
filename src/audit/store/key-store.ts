// Keys of subjects, as the built-in sealer keeps them.
import { randomBytes } from "node:crypto";
import { type Kysely, sql, type Transaction } from "kysely";
import { newId } from "../../kernel/index.ts";
import { KEY_BYTES, type StoredKeys } from "../sealing/key-wrapper.ts";
import type { Storage } from "../../storage/index.ts";

export interface SubjectKey {
  id: string;
  key: Uint8Array;
}

export interface KeyStore {
  /** The subject's key; made where it has none. */
  take(transaction: Transaction<unknown>, subject: string): Promise<SubjectKey>;
  /** Takes many at once, which then are at hand until the transaction ends. */
  prepare(transaction: Transaction<unknown>, subjects: readonly string[]): Promise<void>;
  /** Undefined where it was destroyed. */
  read(id: string): Promise<Uint8Array | undefined>;
  find(subject: string): Promise<string | undefined>;
  subjectsOf(ids: readonly string[]): Promise<Map<string, string>>;
  /** The id of the key that is gone now. */
  destroy(transaction: Transaction<unknown>, subject: string): Promise<string | undefined>;
  /** Wraps what lies in clear, or is wrapped by an older key. */
  wrapAll(): Promise<void>;
}

const WRAPPED_AT_ONCE = 500;

export function createKeyStore(storage: Storage, stored: StoredKeys): KeyStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  const atHand = new WeakMap<Transaction<unknown>, Map<string, SubjectKey>>();

  async function prepare(transaction: Transaction<unknown>, wanted: readonly string[]): Promise<void> {
    const held = atHand.get(transaction) ?? new Map<string, SubjectKey>();
    atHand.set(transaction, held);
    // In one order, so that two transactions that make the same keys wait for each other, and not each for the other.
    const subjects = [...new Set(wanted)].filter((subject) => !held.has(subject)).toSorted();
    if (subjects.length === 0) return;
    await hold(transaction, { subjects, held, stored });
    const missing = subjects.filter((subject) => !held.has(subject));
    if (missing.length === 0) return;
    const ids = missing.map(newId);
    const keys = ids.map((id) => stored.put(randomBytes(KEY_BYTES), id));
    await sql`insert into audit_keys (id, subject, key)
      select id, subject, key from unnest(${ids}::uuid[], ${missing}::text[], ${keys}::bytea[]) as made(id, subject, key) on conflict (subject) do nothing`.execute(
      transaction,
    );
    await hold(transaction, { subjects: missing, held, stored });
  }

  return {
    prepare,
    async take(transaction, subject) {
      await prepare(transaction, [subject]);
      const key = atHand.get(transaction)?.get(subject);
      // Another transaction may have made it and destroyed it again, in this moment.
      if (!key) throw new Error("a subject's key was destroyed while it was made");
      return key;
    },
    async read(id) {
      const { rows } = await sql<{ key: Buffer | null }>`select key from audit_keys where id = ${id}`.execute(db());
      const key = rows[0]?.key;
      return key ? stored.take(key, id) : undefined;
    },
    async find(subject) {
      const { rows } = await sql<{ id: string }>`select id from audit_keys where subject = ${subject}`.execute(db());
      return rows[0]?.id;
    },
    async subjectsOf(ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await sql<{ id: string; subject: string }>`
        select id::text, subject from audit_keys where subject is not null and id::text = any(${[...ids]}::text[])`.execute(
        db(),
      );
      return new Map(rows.map(({ id, subject }) => [id, subject]));
    },
    async destroy(transaction, subject) {
      const { rows } = await sql<{ id: string }>`
        update audit_keys set key = null, subject = null, destroyed_at = now()
        where subject = ${subject} returning id`.execute(transaction);
      return rows[0]?.id;
    },
    async wrapAll() {
      const mark = stored.mark();
      while (mark && (await wrapSome(db(), stored, mark)) > 0);
    },
  };
}

/** Some that are not wrapped, or by an older wrapping key; how many. In the order in which they are held elsewhere. */
async function wrapSome(db: Kysely<unknown>, stored: StoredKeys, mark: Uint8Array): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: string; key: Buffer }>`
      select id::text as id, key from audit_keys
      where key is not null
        and (length(key) = ${KEY_BYTES} or substring(key for ${mark.length}) < ${Buffer.from(mark)}::bytea)
      order by subject limit ${WRAPPED_AT_ONCE} for update`.execute(transaction);
    const keys: Uint8Array[] = [];
    for (const { id, key } of rows) keys.push(stored.put(await stored.take(key, id), id));
    await sql`
      update audit_keys as there set key = anew.key
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${keys}::bytea[]) as anew(id, key)
      where there.id = anew.id`.execute(transaction);
    return rows.length;
  });
}

interface Holding {
  subjects: readonly string[];
  held: Map<string, SubjectKey>;
  stored: StoredKeys;
}

/** Held against being destroyed until the transaction ends. */
async function hold(transaction: Transaction<unknown>, { subjects, held, stored }: Holding): Promise<void> {
  const { rows } = await sql<SubjectKey & { subject: string }>`
    select subject, id, key from audit_keys where subject = any(${[...subjects]}::text[])
    order by subject for share`.execute(transaction);
  for (const { subject, id, key } of rows) held.set(subject, { id, key: await stored.take(key, id) });
}
