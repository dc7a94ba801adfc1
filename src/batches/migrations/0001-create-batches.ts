// Files in pieces of at most 1 MiB, batches, and the lines of batches that are being carried out.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table batches_files (
    id text primary key,
    owner text not null,
    filename text not null,
    purpose text not null,
    bytes bigint not null default 0,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  sql`create index batches_files_by_owner on batches_files (owner, id)`,
  sql`create index batches_files_by_expiry on batches_files (expires_at)`,
  sql`create table batches_file_chunks (
    file_id text not null references batches_files (id) on delete cascade,
    place integer not null,
    bytes bytea not null,
    primary key (file_id, place)
  )`,

  sql`create table batches_batches (
    id text primary key,
    kind text not null,
    owner text not null,
    key_id text not null,
    endpoint text not null,
    headers text not null,
    status text not null,
    metadata text,
    problems text,
    input_file_id text,
    output_file_id text,
    error_file_id text,
    total integer not null default 0,
    succeeded integer not null default 0,
    errored integer not null default 0,
    cancelled integer not null default 0,
    expired integer not null default 0,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    in_progress_at timestamptz,
    cancelling_at timestamptz,
    finalizing_at timestamptz,
    ended_at timestamptz,
    served_at timestamptz not null default now()
  )`,
  sql`create index batches_batches_by_owner on batches_batches (owner, kind, id)`,
  sql`create index batches_batches_open on batches_batches (served_at) where ended_at is null`,
  sql`create index batches_batches_by_end on batches_batches (ended_at) where ended_at is not null`,

  // A line may be claimed from claimable_at on: at once, when its claim lapses, or when it is to be tried again.
  sql`create table batches_lines (
    batch_id text not null references batches_batches (id) on delete cascade,
    line integer not null,
    custom_id text not null,
    body text not null,
    claim uuid,
    claimable_at timestamptz not null default '-infinity',
    tries integer not null default 0,
    finished_at timestamptz,
    outcome text,
    status integer,
    call_id text,
    result text,
    primary key (batch_id, line),
    unique (batch_id, custom_id)
  )`,
  sql`create index batches_lines_open on batches_lines (batch_id, line) where finished_at is null`,
  sql`create index batches_lines_by_claim on batches_lines (claim) where finished_at is null and claim is not null`,
];

export const createBatchTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
