// Calls of batches may go when their time is over: only what lies before the moment that stands here, and only their lines. Which entry
// says so stands beside it, for that has its place in the tree before anything goes.
import { sql, type Migration } from "kysely";

const statements = [
  sql`create table audit_calls_let_go (
    one boolean primary key default true check (one),
    before timestamptz not null,
    entry uuid not null
  )`,
  sql`alter table audit_calls alter column calls drop not null`,
  sql`create index audit_calls_with_lines on audit_calls (at) where calls is not null`,
  sql`create or replace function audit_calls_only_add() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        if old.calls is not null and new.calls is null and old.at < (select before from audit_calls_let_go)
          and new.id = old.id and new.at = old.at and new.span = old.span and new.ok = old.ok and new.failed = old.failed
        then return new;
        end if;
      end if;
      raise exception 'the audit trail takes no % of what it holds', tg_op using errcode = '42501';
    end $$`,
  sql`drop trigger audit_calls_only_add on audit_calls`,
  sql`create trigger audit_calls_only_add before update or delete on audit_calls
    for each row execute function audit_calls_only_add()`,
  sql`create trigger audit_calls_not_emptied before truncate on audit_calls
    for each statement execute function audit_calls_only_add()`,
];

export const letCallsGo: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
