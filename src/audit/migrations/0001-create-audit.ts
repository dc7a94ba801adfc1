// The audit trail: entries that can only be added, the tree over them, what was signed of it, and the keys of personal parts.
import { sql, type Migration } from "kysely";

const statements = [
  // Which log an entry belongs to; an entry of another installation has no place in this one.
  sql`create table audit_installation (
    one boolean primary key default true check (one),
    log uuid not null default gen_random_uuid()
  )`,
  sql`insert into audit_installation default values`,

  // What can be looked for is made from the leaf: a leaf and its columns cannot say different things.
  sql`create table audit_entries (
    at timestamptz not null,
    id uuid not null,
    origin integer,
    seq bigint,
    leaf text not null,
    salt bytea,
    sealed bytea,
    log text generated always as (leaf::json ->> 'log') stored,
    action text generated always as (leaf::json ->> 'action') stored,
    actor text generated always as (leaf::json #>> '{actor,id}') stored,
    resource_type text generated always as (leaf::json #>> '{resource,type}') stored,
    resource text generated always as (leaf::json #>> '{resource,id}') stored,
    organisation text generated always as (leaf::json ->> 'organisation') stored,
    outcome text generated always as (leaf::json ->> 'outcome') stored,
    primary key (at, id),
    check ((origin is null) = (seq is null))
  ) partition by range (at)`,
  sql`create table audit_entries_default partition of audit_entries default`,
  sql`create index audit_entries_waiting on audit_entries (at, id) where seq is null`,
  sql`create index audit_entries_by_seq on audit_entries (origin, seq)`,
  sql`create index audit_entries_by_id on audit_entries (id)`,
  sql`create index audit_entries_by_actor on audit_entries (actor, at, id)`,
  sql`create index audit_entries_by_resource on audit_entries (resource, at, id)`,
  // Calls are nearly all of it; they are found by time alone.
  sql`create index audit_entries_by_action on audit_entries (action, at, id) where action <> 'call'`,
  // Nearly all is ok, and that is found by time alone.
  sql`create index audit_entries_by_outcome on audit_entries (outcome, at, id) where outcome <> 'ok'`,

  sql`create function audit_only_add() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        if old.seq is null and new.seq is not null and new.origin is not null
          and new.at = old.at and new.id = old.id and new.leaf = old.leaf
          and new.salt is not distinct from old.salt and new.sealed is not distinct from old.sealed
        then return new;
        end if;
      end if;
      raise exception 'the audit trail takes no % of what it holds', tg_op using errcode = '42501';
    end $$`,
  sql`create trigger audit_entries_only_add before update or delete on audit_entries
    for each row execute function audit_only_add()`,
  sql`create trigger audit_entries_not_emptied before truncate on audit_entries
    for each statement execute function audit_only_add()`,
  sql`create trigger audit_entries_not_emptied before truncate on audit_entries_default
    for each statement execute function audit_only_add()`,

  // One tree an origin. The last is the one that grows.
  sql`create table audit_trees (
    origin integer primary key,
    name text not null,
    size bigint not null default 0,
    begun_at timestamptz not null
  )`,
  // Hashes of the tree's nodes, 256 a tile, as they are served.
  sql`create table audit_tiles (
    origin integer not null,
    level smallint not null,
    number bigint not null,
    hashes bytea not null,
    primary key (origin, level, number)
  )`,
  sql`create table audit_checkpoints (
    origin integer not null,
    size bigint not null,
    signed_at timestamptz not null,
    note text not null,
    primary key (origin, size)
  )`,

  // The public keys that have signed an origin.
  sql`create table audit_verifiers (
    number bigint generated always as identity primary key,
    origin integer not null,
    verifier text not null,
    listed_at timestamptz not null default now(),
    unique (origin, verifier)
  )`,

  // A destroyed key leaves its row: what it sealed is known to be gone, and not whose it was.
  sql`create table audit_keys (
    id uuid primary key,
    subject text unique,
    key bytea,
    made_at timestamptz not null default now(),
    destroyed_at timestamptz,
    check ((key is null) = (destroyed_at is not null)),
    check ((key is null) = (subject is null))
  )`,

  // How far each receiver outside has been told.
  sql`create table audit_cursors (
    receiver text primary key,
    origin integer not null,
    seq bigint not null
  )`,
];

export const createAuditTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
