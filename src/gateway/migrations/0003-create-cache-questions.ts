// Questions that lead to kept answers, with their vectors, for other processes to hear of.
import { type Migration, sql } from "kysely";

const statements = [
  // "group" is a word of SQL's own. Vectors are 32-bit floats, the lowest byte first.
  sql`create table gateway_cache_questions (
    key bytea primary key,
    alike bytea not null,
    scope text not null,
    model text not null,
    embedding_model text not null,
    question text not null,
    vector bytea not null,
    call_id text not null,
    expires_at timestamptz not null,
    written_at timestamptz not null default clock_timestamp()
  )`,
  sql`create index gateway_cache_questions_by_writing on gateway_cache_questions (written_at)`,
  sql`create index gateway_cache_questions_by_expiry on gateway_cache_questions (expires_at)`,
];

export const createCacheQuestions: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
