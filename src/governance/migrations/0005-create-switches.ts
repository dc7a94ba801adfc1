// Kill switches: thrown and lifted, never deleted.
import { type Kysely, type Migration, sql } from "kysely";

export const createSwitches: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table governance_switches (
      id text primary key,
      kind text not null,
      name text not null,
      reason text not null,
      thrown_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      thrown_by json not null,
      ends_at timestamptz,
      lifted_at timestamptz,
      lifted_by json,
      revision bigint not null)`.execute(db);
    await sql`create index governance_switches_by_revision on governance_switches (revision)`.execute(db);
    await sql`create index governance_switches_by_age on governance_switches (thrown_at desc, id desc)`.execute(db);
    await sql`create index governance_switches_thrown on governance_switches (thrown_at) where lifted_at is null`.execute(
      db,
    );
  },
};
