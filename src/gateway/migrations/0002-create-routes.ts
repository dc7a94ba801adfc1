// Versions of routes that were made by API: one row a change, and what stands is the newest of each name.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table gateway_route_versions (
    revision bigint primary key,
    name text not null,
    plan json,
    changed_at timestamptz not null default clock_timestamp(),
    key_id text not null,
    key_name text not null
  )`,
  sql`create index gateway_route_versions_by_name on gateway_route_versions (name, revision desc)`,
];

export const createRouteTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
