// The table of API keys. The key itself is not in it, only its HMAC.
import { type Kysely, type Migration, sql } from "kysely";

export const createKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("governance_keys")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .addColumn("scopes", sql`text[]`, (column) => column.notNull())
      .addColumn("owner_user", "text")
      .addColumn("owner_team", "text")
      .addColumn("owner_project", "text")
      .addColumn("created_at", "timestamptz", (column) =>
        column.notNull().defaultTo(sql`date_trunc('milliseconds', now())`),
      )
      .addColumn("expires_at", "timestamptz")
      .addColumn("revoked_at", "timestamptz")
      .execute();
    await db.schema
      .createIndex("governance_keys_by_age")
      .on("governance_keys")
      .columns(["created_at desc", "id desc"])
      .execute();
  },
};
