// Approvals with their votes, delegations, links of messages, and messages that wait to be sent.
import { type Kysely, type Migration, sql } from "kysely";

export const createApprovals: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table approvals_requests (
      id text primary key,
      state text not null check (state in ('pending', 'approved', 'refused', 'used')),
      what text not null,
      why text not null,
      action text not null,
      resource_type text not null,
      resource_id text not null,
      organisation text not null,
      asked_by json not null,
      asker text not null,
      approvers json not null,
      escalate_to json,
      escalate_at timestamptz,
      escalated_at timestamptz,
      on_silence text not null check (on_silence in ('refuse', 'allow')),
      payload_hash text not null,
      created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      deadline timestamptz not null,
      settled_at timestamptz,
      settled_by text,
      used_at timestamptz)`.execute(db);
    await sql`create unique index approvals_requests_pending on approvals_requests
      (organisation, asker, action, resource_type, resource_id, payload_hash) where state = 'pending'`.execute(db);
    await sql`create index approvals_requests_by_deadline on approvals_requests (deadline) where state = 'pending'`.execute(
      db,
    );
    await sql`create index approvals_requests_by_escalation on approvals_requests (escalate_at)
      where state = 'pending' and escalated_at is null and escalate_at is not null`.execute(db);
    await sql`create index approvals_requests_by_resource on approvals_requests
      (resource_type, resource_id, action, payload_hash)`.execute(db);
    await sql`create index approvals_requests_served on approvals_requests (action, resource_type)
      where state in ('approved', 'used')`.execute(db);
    await createVotes(db);
    await createMessages(db);
  },
};

async function createVotes(db: Kysely<unknown>): Promise<void> {
  await sql`create table approvals_votes (
      request_id text not null references approvals_requests (id),
      voter text not null,
      seat text not null,
      by_whom json not null,
      on_behalf_of text,
      decision text not null,
      note text not null,
      via text not null,
      at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      primary key (request_id, voter),
      unique (request_id, seat))`.execute(db);
  await sql`create table approvals_delegations (
      id text primary key,
      delegator text not null,
      delegator_roles text[] not null,
      organisation text not null,
      delegate text not null,
      until timestamptz not null,
      created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()))`.execute(db);
  await sql`create index approvals_delegations_by_delegate on approvals_delegations (delegate, until)`.execute(db);
  await sql`create table approvals_held (
      asker text not null,
      request_hash text not null,
      approval_id text not null references approvals_requests (id),
      call_id text not null,
      target text not null,
      status int not null,
      media_type text not null,
      is_stream boolean not null,
      body bytea not null,
      held_at timestamptz not null default clock_timestamp(),
      primary key (asker, request_hash))`.execute(db);
  await sql`create index approvals_held_by_age on approvals_held (held_at)`.execute(db);
}

async function createMessages(db: Kysely<unknown>): Promise<void> {
  await sql`create table approvals_links (
      id text primary key,
      request_id text not null references approvals_requests (id),
      person json not null,
      expires_at timestamptz not null,
      used_at timestamptz)`.execute(db);
  await sql`create table approvals_notices (
      id bigint generated always as identity primary key,
      request_id text not null references approvals_requests (id),
      about text not null,
      recipient text not null,
      tries int not null default 0,
      next_at timestamptz not null default clock_timestamp(),
      sent_at timestamptz,
      error text)`.execute(db);
  await sql`create index approvals_notices_waiting on approvals_notices (next_at) where sent_at is null`.execute(db);
}
