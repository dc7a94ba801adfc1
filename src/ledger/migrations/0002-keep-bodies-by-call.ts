// Bodies by call, not by hash, and records as plain JSON: both cost PostgreSQL half as much to take
// (docs/decisions/0013-bodies-by-call.md). Everything that was stored is carried over.
import { sql, type Migration } from "kysely";

const statements = [
  // Long rows as they are: by default, PostgreSQL compresses what is longer than 2 KB.
  sql`do $$
    declare part regclass;
    begin
      for part in select inhrelid from pg_inherits where inhparent = 'ledger_calls'::regclass loop
        execute format('alter table %s set (toast_tuple_target = 4080)', part);
      end loop;
    end $$`,
  // A record is only ever read whole.
  sql`alter table ledger_calls alter column data type json using data::json`,

  // Beside the calls, not in them: retention and redaction of bodies are their own.
  sql`create table ledger_bodies_by_call (
    started_at timestamptz not null,
    id uuid not null,
    request bytea,
    response bytea,
    request_is_zstd boolean not null,
    response_is_zstd boolean not null,
    primary key (started_at, id)
  ) partition by range (started_at)`,
  // What gains by compression comes compressed.
  sql`alter table ledger_bodies_by_call
    alter column request set storage external, alter column response set storage external`,
  // The same days as the calls have. The names are those of the old partitions, until these are gone.
  sql`do $$
    declare part record;
    begin
      for part in
        select replace(relname, 'ledger_calls_', 'ledger_bodies_by_call_') as name, pg_get_expr(relpartbound, oid) as bound
        from pg_class where oid in (select inhrelid from pg_inherits where inhparent = 'ledger_calls'::regclass)
      loop
        execute format(
          'create table %I partition of ledger_bodies_by_call %s with (toast_tuple_target = 4080)', part.name, part.bound
        );
      end loop;
    end $$`,
  sql`insert into ledger_bodies_by_call (started_at, id, request, response, request_is_zstd, response_is_zstd)
    select
      call.started_at, call.id, request.bytes, response.bytes,
      coalesce(request.encoding = 'zstd', false), coalesce(response.encoding = 'zstd', false)
    from ledger_calls as call
    left join ledger_bodies as request
      on request.hash = call.request_hash and request.day = (call.started_at at time zone 'UTC')::date
    left join ledger_bodies as response
      on response.hash = call.response_hash and response.day = (call.started_at at time zone 'UTC')::date
    where request.bytes is not null or response.bytes is not null`,
  sql`drop table ledger_bodies`,
  sql`alter table ledger_bodies_by_call rename to ledger_bodies`,
  sql`alter index ledger_bodies_by_call_pkey rename to ledger_bodies_pkey`,
  sql`do $$
    declare part regclass;
    declare name text;
    begin
      for part, name in
        select oid, relname from pg_class
        where oid in (select inhrelid from pg_inherits where inhparent = 'ledger_bodies'::regclass)
      loop
        execute format('alter table %s rename to %I', part, replace(name, '_by_call', ''));
        execute format('alter index %I rename to %I', name || '_pkey', replace(name, '_by_call', '') || '_pkey');
      end loop;
    end $$`,
];

export const keepBodiesByCall: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
