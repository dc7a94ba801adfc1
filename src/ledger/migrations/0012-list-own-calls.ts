// Lists of own calls, where other programs' records are many times as many: without an index they would be passed over one by
// one. It has an entry of 40 bytes for each own call, and none for anything else.
import { sql, type Migration } from "kysely";

const createIndex = sql`create index ledger_records_own on ledger_records (started_at, id) where is_own`;

export const listOwnCalls: Migration = {
  async up(db) {
    await createIndex.execute(db);
  },
};
