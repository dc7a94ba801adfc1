// With the records that wait for a follower, what it wants to know of each, where that was noted while they were in memory.
import { sql, type Migration } from "kysely";

export const noteFollowed: Migration = {
  async up(db) {
    // They are packed already.
    await sql`alter table ledger_unfollowed add column notes bytea`.execute(db);
    await sql`alter table ledger_unfollowed alter column notes set storage external`.execute(db);
  },
};
