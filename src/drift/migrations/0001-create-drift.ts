// Hours of profiles as summaries, what they are compared with, and what was found. No text of any call is in them.
import { type Migration, sql } from "kysely";

const statements = [
  // `levels` is the small part of the summary that weeks are read of.
  sql`create table drift_slices (
    profile text not null,
    hour timestamptz not null,
    seen bigint not null,
    calls bigint not null,
    levels json not null,
    summary json not null,
    primary key (profile, hour)
  )`,
  sql`create index drift_slices_by_hour on drift_slices (hour)`,
  sql`create table drift_baselines (
    id uuid primary key,
    profile text not null unique,
    label text not null,
    source text not null,
    since timestamptz not null,
    until timestamptz not null,
    made_at timestamptz not null,
    content json not null
  )`,
  // Suspected ones have not been confirmed, and are shown to nobody.
  sql`create table drift_findings (
    id uuid primary key,
    profile text,
    kind text not null,
    figure text not null,
    state text not null,
    held integer not null,
    missed integer not null,
    since timestamptz not null,
    opened_at timestamptz,
    updated_at timestamptz not null,
    closed_at timestamptz,
    evidence json not null
  )`,
  sql`create unique index drift_findings_standing on drift_findings (coalesce(profile, ''), kind, figure)
    where state <> 'closed'`,
  sql`create table drift_looks (one boolean primary key default true check (one), until timestamptz not null)`,
];

export const createDriftTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
