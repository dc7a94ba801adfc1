// What a provider calls a member of a group, where that is not the member's own name.
import { type Migration, sql } from "kysely";

export const callMembers: Migration = {
  async up(db) {
    await sql`alter table identity_scim_members add column display text`.execute(db);
  },
};
