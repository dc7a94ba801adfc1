// Buckets: what was spent of them drains away, evenly, and may be spent again. One clock counts for all processes, the database's.
import type { Kysely, Migration } from "kysely";

export const drainBuckets: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable("leases_caps")
      .addColumn("drained", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("drained_at_ms", "double precision", (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
