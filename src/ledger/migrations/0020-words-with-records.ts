// Of records that wait to be indexed, whether their words came with them.
import { sql, type Migration } from "kysely";

export const takeWordsWithRecords: Migration = {
  async up(db) {
    await sql`alter table ledger_unindexed add column has_words boolean not null default false`.execute(db);
  },
};
