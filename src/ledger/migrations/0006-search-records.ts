// What lists of traces and text search need. Each index says what it is for; what they cost a record is in
// docs/decisions/0024-finding-records.md.
import { sql, type Migration } from "kysely";

const statements = [
  // Lists of traces are lists of their roots, which are few among many records.
  sql`create index ledger_records_roots on ledger_records (started_at, id)
    where parent_span_id is null and trace_id is not null`,
  // A trace's root, or that there is none yet, without reading all its records.
  sql`create index ledger_records_roots_by_trace on ledger_records (trace_id, started_at, id) where parent_span_id is null`,

  // Of traces whose root is not on record, or not yet, the earliest record: so that they are listed too.
  sql`create table ledger_trace_heads (
    trace_id uuid primary key,
    started_at timestamptz not null,
    id uuid not null
  )`,
  sql`create index ledger_trace_heads_by_time on ledger_trace_heads (started_at, id)`,

  // Records that came with one batch and are not indexed yet: a row a batch, which goes in the transaction that indexes them.
  sql`create table ledger_unindexed (
    number bigint generated always as identity primary key,
    queued_at timestamptz not null default now(),
    started_at timestamptz[] not null,
    ids uuid[] not null
  )`,

  // The words of a record: those of its bodies' beginnings and ends, of its attributes and its error.
  sql`create table ledger_texts (
    started_at timestamptz not null,
    id uuid not null,
    words tsvector not null,
    primary key (started_at, id)
  ) partition by range (started_at)`,
  sql`create index ledger_texts_by_words on ledger_texts using gin (words)`,
  sql`create table ledger_texts_default partition of ledger_texts default`,
  // The same days as the records have.
  sql`do $$
    declare part record;
    begin
      for part in
        select replace(relname, 'ledger_records_', 'ledger_texts_') as name, pg_get_expr(relpartbound, oid) as bound
        from pg_class
        where oid in (select inhrelid from pg_inherits where inhparent = 'ledger_records'::regclass)
          and relname <> 'ledger_records_default'
      loop
        execute format('create table if not exists %I partition of ledger_texts %s', part.name, part.bound);
      end loop;
    end $$`,

  // What is there already is indexed in its turn.
  sql`insert into ledger_unindexed (started_at, ids)
    select array_agg(started_at), array_agg(id)
    from (select started_at, id, row_number() over (order by started_at, id) / 500 as batch from ledger_records) as numbered
    group by batch
    order by batch desc`,
];

export const searchRecords: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
