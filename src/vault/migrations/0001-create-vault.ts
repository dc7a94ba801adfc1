// Wrapping keys, data keys by whose data they seal, erasures and legal holds. Keys lie here only wrapped.
import { type Migration, sql } from "kysely";

const statements = [
  // `wrapped` is opened by the master key, or by the key management service; null once no data key needs it.
  sql`create table vault_wrapping_keys (
    version integer primary key,
    wrapped text,
    made_at timestamptz not null
  )`,
  sql`create table vault_keys (
    id uuid primary key,
    wrapping_version integer not null,
    organisation text not null,
    project text,
    user_name text,
    key_id text not null,
    wrapped bytea,
    made_at timestamptz not null,
    destroyed_at timestamptz
  )`,
  sql`create index vault_keys_by_user on vault_keys (user_name)`,
  sql`create index vault_keys_by_project on vault_keys (project)`,
  sql`create index vault_keys_by_key on vault_keys (key_id)`,
  sql`create index vault_keys_by_organisation on vault_keys (organisation)`,
  sql`create index vault_keys_to_rewrap on vault_keys (wrapping_version) where wrapped is not null`,
  // What was erased is kept as long as a process may still hold a key of it that PostgreSQL has not seen; then its digest stays.
  sql`create table vault_erasures (
    number bigint generated always as identity primary key,
    id uuid not null unique,
    at timestamptz not null,
    subject json,
    certificate json not null
  )`,
  sql`create table vault_holds (
    id uuid primary key,
    subject json not null,
    reason text not null,
    by text not null,
    made_at timestamptz not null,
    lifted_at timestamptz
  )`,
];

export const createVaultTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
