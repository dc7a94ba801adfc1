// Beside the histograms of `single`, which most dashboards are made of: how many there are, and the buckets of p50, p95 and p99, so that
// a row that stands for a bucket of a dashboard by itself need not be unpacked. Rows that were summed before have none, and are
// unpacked as they always were.
import { sql, type Migration } from "kysely";

const statements = ["hour", "day"].map(
  (grain) =>
    `alter table ledger_sums_single_${grain} add column duration_spread bigint[], add column first_token_spread bigint[]`,
);

export const keepPercentiles: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
