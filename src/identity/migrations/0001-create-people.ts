// People's roles and proofs, their accounts at providers, sessions, and what may be used once.
import { type Migration, sql } from "kysely";

const statements = [
  // Beside the directory's user of the same name.
  sql`create table identity_people (
    name text primary key,
    roles text[] not null default '{}',
    password text,
    password_changed_at timestamptz,
    last_sign_in_at timestamptz,
    created_at timestamptz not null default now()
  )`,

  // One of a provider's subjects stands for one person, and one person for one subject of each provider.
  sql`create table identity_accounts (
    provider text not null,
    subject text not null,
    person text not null,
    linked_at timestamptz not null default now(),
    primary key (provider, subject),
    unique (provider, person)
  )`,
  sql`create index identity_accounts_by_person on identity_accounts (person)`,

  sql`create table identity_passkeys (
    id text primary key,
    person text not null,
    name text not null,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null default '{}',
    created_at timestamptz not null,
    last_used_at timestamptz
  )`,
  sql`create index identity_passkeys_by_person on identity_passkeys (person)`,

  // Found by the hash of what the cookie says; the id is for lists.
  sql`create table identity_sessions (
    hash text primary key,
    id uuid not null unique,
    kind text not null,
    who text not null,
    roles text[] not null,
    way text not null,
    provider text,
    provider_subject text,
    provider_session text,
    agent text not null,
    address text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index identity_sessions_by_who on identity_sessions (kind, who)`,
  sql`create index identity_sessions_by_provider on identity_sessions (provider, provider_subject) where provider is not null`,
  sql`create index identity_sessions_by_end on identity_sessions (expires_at)`,

  // What may be used once: sign-ins under way, challenges, invitations; and what must not come again: assertions, tokens.
  sql`create table identity_once (
    purpose text not null,
    id text not null,
    owner text,
    data json not null,
    expires_at timestamptz not null,
    primary key (purpose, id)
  )`,
  sql`create index identity_once_by_owner on identity_once (purpose, owner) where owner is not null`,
  sql`create index identity_once_by_end on identity_once (expires_at)`,

  sql`create table identity_tries (
    what text primary key,
    count integer not null,
    until_at timestamptz not null
  )`,
  sql`create index identity_tries_by_end on identity_tries (until_at)`,
];

export const createPeopleTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
