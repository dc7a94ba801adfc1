// Kept answers, and what was purged of them, for other processes to hear of. The clock is the database's.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table gateway_cache_answers (
    key bytea primary key,
    scope jsonb not null,
    model text not null,
    stored_at timestamptz not null,
    expires_at timestamptz not null,
    written_at timestamptz not null default clock_timestamp(),
    size integer not null,
    figures text not null,
    is_text boolean not null,
    body bytea not null
  )`,
  sql`create index gateway_cache_answers_by_writing on gateway_cache_answers (written_at)`,
  sql`create index gateway_cache_answers_by_expiry on gateway_cache_answers (expires_at)`,
  sql`create table gateway_cache_purges (
    id uuid primary key,
    purged_at timestamptz not null default clock_timestamp(),
    scope jsonb not null,
    model text
  )`,
  sql`create index gateway_cache_purges_by_time on gateway_cache_purges (purged_at)`,
];

export const createCacheTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
