// What makes keys fit for machines: where they may call from, a second secret while the first is replaced, whose child a
// key is, and when it was last used.
import { type Kysely, type Migration, sql } from "kysely";

export const machineKeys: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table governance_keys
      add allowed_ips text[],
      add previous_hash text,
      add previous_until timestamptz,
      add parent text,
      add created_by text,
      add last_used_at timestamptz`.execute(db);
    await sql`create index governance_keys_by_parent on governance_keys (parent) where parent is not null`.execute(db);
  },
};
