// What users' records come to is read from the index that finds them: each lies elsewhere in the table, on a page of its own for its
// size. A record that names a user has 60 bytes more of index for it.
import { sql, type Migration } from "kysely";

const statements = [
  sql`create index ledger_records_of_user on ledger_records (user_name, started_at, id)
    include (same_as, trace_id, input_tokens, output_tokens, cost_usd_micros, saved_usd_micros, duration_ms, is_counted, kind, outcome)
    where user_name is not null`,
  sql`drop index ledger_records_by_user`,
];

export const sumUpUsers: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
