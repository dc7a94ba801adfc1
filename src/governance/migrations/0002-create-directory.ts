// Users, teams and projects as things of their own, what keys may say more, and the revision that every change raises.
import { type Kysely, type Migration, sql } from "kysely";

export const createDirectory: Migration = {
  async up(db: Kysely<unknown>) {
    // One row. Whoever changes anything holds its lock until the change is there: so revisions are seen in their order.
    await sql`create table governance_revision (
      is_only boolean primary key default true check (is_only), revision bigint not null)`.execute(db);
    await sql`insert into governance_revision (revision) values (1)`.execute(db);
    await sql`create table governance_entries (
      kind text not null,
      name text not null,
      teams text[] not null,
      disabled boolean not null,
      budgets json not null,
      limits json not null,
      created_at timestamptz not null default date_trunc('milliseconds', now()),
      updated_at timestamptz not null default date_trunc('milliseconds', now()),
      deleted_at timestamptz,
      revision bigint not null,
      primary key (kind, name))`.execute(db);
    await sql`create index governance_entries_by_revision
      on governance_entries (revision, kind, name)`.execute(db);
    await sql`alter table governance_keys
      add disabled boolean not null default false,
      add budgets json not null default '[]',
      add limits json not null default '[]',
      add models text[],
      add created_revision bigint not null default 0,
      add revision bigint not null default 0`.execute(db);
    await sql`create index governance_keys_by_revision on governance_keys (revision, id)`.execute(db);
  },
};
