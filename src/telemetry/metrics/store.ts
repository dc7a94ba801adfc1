// All SQL about metrics: series and points go in within one statement, and are read back page by page.
import { DatabaseError, type Pool, type PoolClient } from "pg";
import type { Storage } from "../../storage/index.ts";
import type { MetricView } from "../contract.ts";
import type { Series } from "./series.ts";

export interface Point {
  series: string;
  at_ms: number;
  started_at_ms: number | null;
  value: number | string | null;
  count: number | null;
  sum: number | string | null;
  min: number | string | null;
  max: number | string | null;
  detail: object | null;
}

export interface FoundPoint extends Omit<Point, "detail"> {
  service: string | null;
  attributes: Record<string, unknown>;
  temporality: Series["temporality"];
  detail: unknown;
}

export interface PointSearch {
  name: string;
  attributes: Record<string, string>;
  sinceMs: number;
  untilMs: number;
  limit: number;
  /** The last point of the page before. */
  after?: { at_ms: number; series: string } | undefined;
}

export interface MetricStore {
  write(series: readonly Series[], points: readonly Point[]): Promise<void>;
  /** Of these ids, those that are there. */
  known(ids: readonly string[]): Promise<string[]>;
  countSeries(): Promise<number>;
  list(search: { search: string; limit: number; after: string }): Promise<MetricView[]>;
  points(search: PointSearch): Promise<FoundPoint[]>;
  /** Makes the partitions of these days, and drops those before the first day that is kept. Days since 1970. */
  preparePartitions(days: readonly number[], keptFromDay: number): Promise<void>;
}

const PARTITION_LOCK = 0x74_65_6c_65;
const DAY_MS = 86_400_000;
const PARTITION_NAME = /^telemetry_metric_points_(\d{4})(\d{2})(\d{2})$/;

const insert = `
  with given_series as (
    insert into telemetry_metric_series (id, name, description, unit, type, temporality, is_monotonic, scope, service,
      key_id, team, project, resource, attributes)
    select id, name, description, unit, type, temporality, is_monotonic, scope, service, key_id, team, project,
      resource, attributes
    from json_to_recordset($1::json) as given (id uuid, name text, description text, unit text, type text,
      temporality text, is_monotonic boolean, scope text, service text, key_id text, team text, project text,
      resource jsonb, attributes jsonb)
    on conflict do nothing
  )
  insert into telemetry_metric_points (series, at, started_at, value, count, sum, min, max, detail)
  select series, to_timestamp(at_ms / 1000), to_timestamp(started_at_ms / 1000), value, count, sum, min, max, detail
  from json_to_recordset($2::json) as given (series uuid, at_ms double precision, started_at_ms double precision,
    value double precision, count double precision, sum double precision, min double precision, max double precision,
    detail json)
  on conflict do nothing`;

export function createMetricStore({ pool }: Storage): MetricStore {
  return {
    async write(series, points) {
      await pool.query({
        name: "telemetry-metrics",
        text: insert,
        values: [JSON.stringify(series), JSON.stringify(points)],
      });
    },
    async known(ids) {
      const { rows } = await pool.query<{ id: string }>(
        "select id from telemetry_metric_series where id = any($1::uuid[])",
        [ids],
      );
      return rows.map(({ id }) => id);
    },
    async countSeries() {
      const { rows } = await pool.query<{ count: number }>(
        "select count(*)::int as count from telemetry_metric_series",
      );
      return rows[0]?.count ?? 0;
    },
    async list({ search, limit, after }) {
      const { rows } = await pool.query<MetricView>(
        `select name, min(type) as type, min(unit) as unit, min(description) as description, count(*)::int as series
         from telemetry_metric_series
         where name > $1 and position($2 in lower(name)) > 0
         group by name order by name limit $3`,
        [after, search.toLowerCase(), limit],
      );
      return rows;
    },
    points: (search) => readPoints(pool, search),
    async preparePartitions(days, keptFromDay) {
      const client = await pool.connect();
      try {
        await preparePartitions(client, days, keptFromDay);
      } finally {
        client.release();
      }
    },
  };
}

async function readPoints(pool: Pool, search: PointSearch): Promise<FoundPoint[]> {
  const { name, attributes, sinceMs, untilMs, limit, after } = search;
  const wanted = Object.entries(attributes);
  // Labels are compared as text: `attempt=3` finds the number, too.
  const labels = wanted.map((_, index) => `and s.attributes ->> $${2 * index + 7} = $${2 * index + 8}`).join(" ");
  const { rows } = await pool.query<FoundPoint>(
    `select p.series, extract(epoch from p.at)::double precision * 1000 as at_ms,
       extract(epoch from p.started_at)::double precision * 1000 as started_at_ms,
       p.value, p.count, p.sum, p.min, p.max, p.detail, s.service, s.attributes, s.temporality
     from telemetry_metric_series s join telemetry_metric_points p on p.series = s.id
     where s.name = $1 ${labels}
       and p.at >= to_timestamp($2::double precision / 1000) and p.at < to_timestamp($3::double precision / 1000)
       and ($4::double precision is null
         or (p.at, p.series) < (to_timestamp($4::double precision / 1000), $5::uuid))
     order by p.at desc, p.series desc limit $6`,
    [name, sinceMs, untilMs, after?.at_ms ?? null, after?.series ?? null, limit, ...wanted.flat()],
  );
  return rows;
}

async function preparePartitions(client: PoolClient, days: readonly number[], keptFromDay: number): Promise<void> {
  for (const day of days) await createPartition(client, day);
  await inOneTurn(client, async () => {
    const { rows } = await client.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'telemetry_metric_points'::regclass`,
    );
    for (const { name } of rows) if (dayOfPartition(name) < keptFromDay) await client.query(`drop table ${name}`);
    await client.query("delete from telemetry_metric_points_default where at < to_timestamp($1)", [
      (keptFromDay * DAY_MS) / 1000,
    ]);
  });
}

async function createPartition(client: PoolClient, day: number): Promise<void> {
  const [from, to] = [dateOf(day), dateOf(day + 1)];
  try {
    await inOneTurn(client, () =>
      client.query(
        `create table telemetry_metric_points_${from.replaceAll("-", "")}
         partition of telemetry_metric_points for values from ('${from}T00:00:00Z') to ('${to}T00:00:00Z')`,
      ),
    );
  } catch (error) {
    // It is there already; or the default partition has points of that day, and the rest joins them there.
    if (!(error instanceof DatabaseError && (error.code === "42P07" || error.code === "23514"))) throw error;
  }
}

/** A transaction that no other process's partitions get in the way of. */
async function inOneTurn(client: PoolClient, work: () => Promise<unknown>): Promise<void> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Infinite for the default partition. */
function dayOfPartition(name: string): number {
  const [, year, month, day] = PARTITION_NAME.exec(name) ?? [];
  return year === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${year}-${month}-${day}T00:00:00Z`) / DAY_MS;
}
