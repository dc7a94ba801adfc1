// Judgements of records, a row each, for rules and objectives of quality: the ledger's sums have no values.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table alerts_scores (
    id uuid primary key,
    at timestamptz not null,
    name text not null,
    value double precision not null,
    dimensions jsonb not null
  )`,
  sql`create index alerts_scores_by_name on alerts_scores (name, at)`,
  sql`create index alerts_scores_by_time on alerts_scores (at)`,
];

export const createScoreTable: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
