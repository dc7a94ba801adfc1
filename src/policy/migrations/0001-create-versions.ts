// Versions of an installation's own policies, what became of each, and which one is active: none means the shipped ones alone.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table policy_versions (
    number bigint primary key,
    state text not null,
    texts json not null,
    content text not null,
    note text not null,
    proposed_at timestamptz not null default clock_timestamp(),
    proposed_by text not null,
    proposed_by_name text not null,
    proposed_by_user text,
    approved_at timestamptz,
    approved_by text,
    approved_by_name text
  )`,
  sql`create table policy_events (
    id bigint generated always as identity primary key,
    number bigint not null,
    event text not null,
    at timestamptz not null default clock_timestamp(),
    key_id text not null,
    key_name text not null
  )`,
  sql`create table policy_state (
    is_only boolean primary key default true check (is_only),
    revision bigint not null,
    active bigint
  )`,
  sql`insert into policy_state (revision) values (0)`,
];

export const createVersions: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
