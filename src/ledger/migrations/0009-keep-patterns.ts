// What the pattern of a record stands for: the template, as the projector read it. A record's own column has its id.
import { sql, type Migration } from "kysely";

export const keepPatterns: Migration = {
  async up(db) {
    await sql`create table ledger_patterns (
      pattern uuid primary key,
      template text not null,
      first_met timestamptz not null default now(),
      last_met timestamptz not null default now()
    )`.execute(db);
  },
};
