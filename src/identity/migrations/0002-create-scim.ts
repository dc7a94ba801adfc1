// What identity providers said of people and groups by SCIM, and which of the directory's users they stand for.
import { type Kysely, type Migration, sql } from "kysely";

const statements = [
  sql`create table identity_scim_resources (
    id text primary key,
    organisation text not null,
    kind text not null,
    name text not null,
    name_key text not null,
    external_id text,
    data json not null,
    version bigint not null default 1,
    created_at timestamptz not null default date_trunc('milliseconds', now()),
    updated_at timestamptz not null default date_trunc('milliseconds', now()),
    unique (organisation, kind, name_key)
  )`,
  sql`create index identity_scim_resources_by_external_id
    on identity_scim_resources (organisation, kind, external_id) where external_id is not null`,
  sql`create table identity_scim_members (
    group_id text not null references identity_scim_resources on delete cascade,
    user_id text not null references identity_scim_resources on delete cascade,
    primary key (group_id, user_id)
  )`,
  sql`create index identity_scim_members_by_user on identity_scim_members (user_id)`,
];

export const createScim: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db);
  },
};
