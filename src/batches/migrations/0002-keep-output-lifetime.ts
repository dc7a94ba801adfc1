// How long the results of a batch are kept, where whoever made it has said so.
import { type Migration, sql } from "kysely";

export const keepOutputLifetime: Migration = {
  async up(db) {
    await sql`alter table batches_batches add column output_lifetime_ms bigint`.execute(db);
  },
};
