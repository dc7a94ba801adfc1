// Content that the vault has sealed: whose keys it is sealed with, and which pieces of files are.
import { type Migration, sql } from "kysely";

const statements = [
  sql`alter table batches_batches add column sealed_for jsonb`,
  sql`alter table batches_file_chunks add column is_sealed boolean not null default false`,
];

export const sealContent: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
