// What entries of batches of calls stand for: of each call what the trail says, packed. The entry holds the root over them.
import { sql, type Migration } from "kysely";

const statements = [
  sql`create table audit_calls (
    id uuid primary key,
    at timestamptz not null,
    -- From the start of the earliest to that of the latest, epoch milliseconds: whoever has a call's id knows its start.
    span int8range not null,
    ok integer not null,
    failed integer not null,
    calls bytea not null
  )`,
  // They are packed already.
  sql`alter table audit_calls alter column calls set storage external`,
  sql`create index audit_calls_by_span on audit_calls using gist (span)`,
  sql`create index audit_calls_by_time on audit_calls (at)`,
  sql`create function audit_calls_only_add() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit trail takes no % of what it holds', tg_op using errcode = '42501';
    end $$`,
  sql`create trigger audit_calls_only_add before update or delete or truncate on audit_calls
    for each statement execute function audit_calls_only_add()`,
];

export const keepCallsInBatches: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
