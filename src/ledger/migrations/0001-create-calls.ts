// Calls and bodies, each in partitions of one UTC day, so that retention drops tables instead of deleting rows; how far each
// journal has been projected; and what PostgreSQL would not take.
import { sql, type Migration } from "kysely";

const statements = [
  // `data` is the whole record; a column beside it is there to be filtered, sorted or summed.
  sql`create table ledger_calls (
    id uuid not null,
    started_at timestamptz not null,
    key_id text not null,
    model text not null,
    route text not null,
    vendor text,
    outcome text not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cost_usd_micros bigint,
    request_hash bytea,
    response_hash bytea,
    data jsonb not null,
    primary key (started_at, id)
  ) partition by range (started_at)`,
  sql`create index ledger_calls_by_key on ledger_calls (key_id, started_at, id)`,
  sql`create index ledger_calls_by_model on ledger_calls (model, started_at, id)`,
  sql`create index ledger_calls_by_route on ledger_calls (route, started_at, id)`,
  // Nearly all calls are ok, and those are found by time alone.
  sql`create index ledger_calls_by_outcome on ledger_calls (outcome, started_at, id) where outcome <> 'ok'`,

  // A body is kept once a day, under the day of the calls that refer to it: it can go when they go, unseen by others.
  sql`create table ledger_bodies (
    hash bytea not null,
    day date not null,
    encoding text not null,
    bytes bytea not null,
    primary key (hash, day)
  ) partition by range (day)`,
  // What gains by compression comes compressed.
  sql`alter table ledger_bodies alter column bytes set storage external`,

  // A clock that is wrong by months must not keep a record out.
  sql`create table ledger_calls_default partition of ledger_calls default`,
  sql`create table ledger_bodies_default partition of ledger_bodies default`,

  sql`create table ledger_checkpoints (
    journal_id uuid primary key,
    segment bigint not null default 0,
    segment_offset bigint not null default 0,
    record bigint not null default 0,
    updated_at timestamptz not null default now()
  )`,
  sql`create table ledger_rejected (
    journal_id uuid not null,
    segment bigint not null,
    segment_offset bigint not null,
    rejected_at timestamptz not null default now(),
    error text not null,
    frame bytea not null,
    primary key (journal_id, segment, segment_offset)
  )`,
];

export const createCalls: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
