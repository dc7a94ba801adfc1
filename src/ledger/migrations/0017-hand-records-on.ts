// Records that other rooms go through, each once: what came waits for each of those who follow, until they have taken it.
import { sql, type Migration } from "kysely";

const statements = [
  sql`create table ledger_followers (name text primary key, since timestamptz not null default now())`,
  // A row a batch and follower, which goes in the transaction of what is made of it.
  sql`create table ledger_unfollowed (
    number bigint generated always as identity primary key,
    follower text not null,
    queued_at timestamptz not null default now(),
    started_at timestamptz[] not null,
    ids uuid[] not null
  )`,
  sql`create index ledger_unfollowed_by_follower on ledger_unfollowed (follower, number)`,
];

export const handRecordsOn: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
