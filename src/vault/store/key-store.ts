// Data keys in PostgreSQL, wrapped; and what became of those that were erased.
import { type RawBuilder, sql } from "kysely";
import type { DataOwner } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { DataSubject, ErasureCertificate } from "../contract.ts";
import { tablesIn } from "./tables.ts";

export interface NewKey {
  id: string;
  owner: DataOwner;
  version: number;
  wrapped: Buffer;
  madeAtMs: number;
}

export type FoundKey = { wrapped: Buffer; version: number } | "destroyed";

export interface KeyStore {
  /** Adds those that are not there yet. What was erased since they were made is destroyed at once. */
  insert(keys: readonly NewKey[]): Promise<void>;
  find(id: string): Promise<FoundKey | undefined>;
  counts(): Promise<{ keys: number; destroyed_keys: number }>;
  /**
   * Destroys all keys of such data and keeps the certificate, made of how many there were, in one transaction; nothing happens
   * where there is none to make. Where that takes long, `stayAwake` keeps PostgreSQL from ending it as an idle one.
   */
  erase(
    subject: DataSubject,
    atMs: number,
    certify: (keys: number, stayAwake: () => Promise<unknown>) => Promise<ErasureCertificate | undefined>,
  ): Promise<ErasureCertificate | undefined>;
  erasures(limit: number): Promise<ErasureCertificate[]>;
  /** Grows with every erasure and every wrapping key. */
  revision(): Promise<string>;
}

export function createKeyStore(storage: Storage): KeyStore {
  const db = () => tablesIn(storage);
  return {
    async insert(keys) {
      await sql`
        insert into vault_keys (id, wrapping_version, organisation, project, user_name, key_id, wrapped, made_at)
        select * from json_to_recordset(${JSON.stringify(keys.map(rowOf))}) as made(
          id uuid, wrapping_version integer, organisation text, project text, user_name text, key_id text,
          wrapped bytea, made_at timestamptz)
        on conflict (id) do nothing`.execute(db());
      await sql`
        update vault_keys as key set wrapped = null, destroyed_at = erasure.at
        from vault_erasures as erasure
        where key.id = any(${keys.map(({ id }) => id)}::uuid[]) and key.wrapped is not null
          and erasure.at >= key.made_at and ${matches(sql`erasure.subject`)}`.execute(db());
    },
    async find(id) {
      const row = await db()
        .selectFrom("vault_keys")
        .select(["wrapped", "wrapping_version"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (!row) return undefined;
      return row.wrapped === null ? "destroyed" : { wrapped: row.wrapped, version: row.wrapping_version };
    },
    async counts() {
      const { rows } = await sql<{ keys: number; destroyed_keys: number }>`
        select count(*) filter (where wrapped is not null)::int as keys,
          count(*) filter (where wrapped is null)::int as destroyed_keys
        from vault_keys`.execute(db());
      return rows[0] ?? { keys: 0, destroyed_keys: 0 };
    },
    erase: (subject, atMs, certify) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const { rows } = await sql<{ id: string }>`
            update vault_keys as key set wrapped = null, destroyed_at = ${new Date(atMs)}
            where wrapped is not null and ${matches(sql`${JSON.stringify(subject)}::json`)}
            returning id`.execute(transaction);
          const certificate = await certify(rows.length, () => sql`select`.execute(transaction));
          if (!certificate) return undefined;
          await sql`
            insert into vault_erasures (id, at, subject, certificate)
            values (${certificate.id}, ${new Date(atMs)}, ${JSON.stringify(subject)}, ${JSON.stringify(certificate)})`.execute(
            transaction,
          );
          return certificate;
        }),
    async erasures(limit) {
      const { rows } = await sql<{ certificate: ErasureCertificate }>`
        select certificate from vault_erasures order by number desc limit ${limit}`.execute(db());
      return rows.map(({ certificate }) => certificate);
    },
    async revision() {
      const { rows } = await sql<{ revision: string }>`
        select coalesce((select max(number) from vault_erasures), 0) || '.' ||
          coalesce((select max(version) from vault_wrapping_keys), 0) as revision`.execute(db());
      return rows[0]?.revision ?? "";
    },
  };
}

/** All that the subject names must be the key's. */
function matches(subject: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(
    (${subject}->>'user' is null or key.user_name = ${subject}->>'user')
    and (${subject}->>'key' is null or key.key_id = ${subject}->>'key')
    and (${subject}->>'project' is null or key.project = ${subject}->>'project')
    and (${subject}->>'organisation' is null or key.organisation = ${subject}->>'organisation')
  )`;
}

function rowOf({ id, owner, version, wrapped, madeAtMs }: NewKey) {
  return {
    id,
    wrapping_version: version,
    organisation: owner.organisation,
    project: owner.project,
    user_name: owner.user,
    key_id: owner.keyId,
    wrapped: `\\x${wrapped.toString("hex")}`,
    made_at: new Date(madeAtMs).toISOString(),
  };
}
