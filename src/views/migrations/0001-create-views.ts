// Views: each owner's of a page once by name.
import { type Kysely, type Migration, sql } from "kysely";

export const createViewsTable: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table views_views (
      id text primary key,
      organisation text not null,
      owner text not null,
      owner_name text not null,
      page text not null,
      name text not null,
      search text not null,
      shared boolean not null,
      updated_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
      unique (organisation, owner, page, name))`.execute(db);
    await sql`create index views_views_shared on views_views (organisation, updated_at desc) where shared`.execute(db);
  },
};
