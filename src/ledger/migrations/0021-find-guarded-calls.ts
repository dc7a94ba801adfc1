// Calls in which guardrails found something, which are few: without an index, whoever looks for them reads all records of a time, each
// whole. It has an entry of 40 bytes for each such record, and none for any other. The condition is that of store/compile-filter.
import { sql, type Migration } from "kysely";

const createIndex = sql`create index ledger_records_guarded on ledger_records (started_at, id)
  where data::text like '%"guardrails":[{%'`;

export const findGuardedCalls: Migration = {
  async up(db) {
    await createIndex.execute(db);
  },
};
