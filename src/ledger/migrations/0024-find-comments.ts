// Scores with a comment, which are few: an erasure looks for those about somebody, and would read each record without it. It has an
// entry of 40 bytes for each such score, and none for any other record.
import { sql, type Migration } from "kysely";

const createIndex = sql`create index ledger_records_commented on ledger_records (started_at, id)
  where kind = 'score' and data #>> '{score,explanation}' is not null`;

export const findComments: Migration = {
  async up(db) {
    await createIndex.execute(db);
  },
};
