// Rules and objectives made by API, alerts, what happened to them, silences, groups, and the outbox of messages.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table alerts_definitions (
    sort text not null,
    name text not null,
    spec json not null,
    changed_at timestamptz not null,
    key_id text not null,
    key_name text not null,
    primary key (sort, name)
  )`,

  sql`create table alerts_alerts (
    id uuid primary key,
    rule text not null,
    fingerprint text not null,
    state text not null,
    resolved_at timestamptz,
    data json not null
  )`,
  sql`create unique index alerts_alerts_open on alerts_alerts (rule, fingerprint) where resolved_at is null`,
  sql`create index alerts_alerts_by_end on alerts_alerts (resolved_at) where resolved_at is not null`,

  sql`create table alerts_history (
    id uuid primary key,
    at timestamptz not null,
    alert_id uuid not null,
    rule text not null,
    from_state text not null,
    to_state text not null,
    data json not null
  )`,
  sql`create index alerts_history_by_rule on alerts_history (rule, id)`,
  sql`create index alerts_history_by_alert on alerts_history (alert_id, id)`,
  sql`create index alerts_history_by_time on alerts_history (at)`,

  sql`create table alerts_silences (
    id uuid primary key,
    starts_at timestamptz not null,
    until_at timestamptz not null,
    data json not null
  )`,
  sql`create index alerts_silences_by_end on alerts_silences (until_at)`,

  sql`create table alerts_groups (key text primary key, data json not null)`,

  // A message may be claimed from next_at on: at once, when it is to be tried again, or when its claim lapses. Those of one
  // group go out in the order of seq.
  sql`create table alerts_outbox (
    seq bigserial primary key,
    id uuid not null unique,
    channel text not null,
    group_key text not null,
    message json not null,
    state text not null default 'waiting',
    created_at timestamptz not null,
    next_at timestamptz not null,
    claim uuid,
    attempts integer not null default 0,
    last_status integer,
    last_error text,
    ended_at timestamptz
  )`,
  sql`create index alerts_outbox_due on alerts_outbox (next_at) where state = 'waiting'`,
  sql`create index alerts_outbox_by_group on alerts_outbox (group_key, seq) where state = 'waiting'`,
  sql`create index alerts_outbox_by_end on alerts_outbox (ended_at) where ended_at is not null`,

  // One row: who looks at the rules, until when, and what came of the last look.
  sql`create table alerts_evaluation (
    one boolean primary key default true check (one),
    holder uuid,
    until_at timestamptz,
    report json
  )`,
  sql`insert into alerts_evaluation default values`,
];

export const createAlertTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
