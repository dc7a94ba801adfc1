// Metrics of other programs: a series is a metric with one set of labels, of one resource and sender; its points stand in
// partitions of one UTC day, so that retention drops tables instead of deleting rows.
import { type Migration, sql } from "kysely";

const statements = [
  sql`create table telemetry_metric_series (
    id uuid primary key,
    name text not null,
    description text not null,
    unit text not null,
    type text not null,
    temporality text not null,
    is_monotonic boolean not null,
    scope text not null,
    service text,
    key_id text not null,
    team text,
    project text,
    resource jsonb not null,
    attributes jsonb not null,
    created_at timestamptz not null default now()
  )`,
  sql`create index telemetry_metric_series_by_name on telemetry_metric_series (name, id)`,
  // A point has its place by series and time: one that is sent again, because its answer was lost, adds nothing.
  sql`create table telemetry_metric_points (
    series uuid not null,
    at timestamptz not null,
    started_at timestamptz,
    value double precision,
    count double precision,
    sum double precision,
    min double precision,
    max double precision,
    detail json,
    primary key (series, at)
  ) partition by range (at)`,
  sql`create table telemetry_metric_points_default partition of telemetry_metric_points default`,
];

export const createMetricTables: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
