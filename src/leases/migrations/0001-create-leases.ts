// Who was granted how much of what. All numbers only grow, so that a row is right whoever tells it twice.
import { type Kysely, type Migration, sql } from "kysely";

export const createLeases: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("leases_caps")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("recall", "bigint", (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createTable("leases_leases")
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("starts_at_ms", "bigint", (column) => column.notNull())
      .addColumn("holder", "text", (column) => column.notNull())
      .addColumn("granted", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("spent", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("returned", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("freed", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("recall_seen", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("kept_until_ms", "bigint", (column) => column.notNull())
      .addColumn("renewed_at", "timestamptz", (column) => column.notNull().defaultTo(sql`now()`))
      .addPrimaryKeyConstraint("leases_leases_pkey", ["id", "starts_at_ms", "holder"])
      .execute();
    await db.schema.createIndex("leases_by_end").on("leases_leases").column("kept_until_ms").execute();
    await db.schema.createIndex("leases_by_holder").on("leases_leases").columns(["holder", "id"]).execute();
  },
};
