// Days of `traffic` by what months are asked by two at a time, in a quarter of the rows. Days that were summed before are made here, one
// by one: their hours and records may be gone.
import { type Migration, type RawBuilder, sql } from "kysely";

const DIMENSIONS = "team, project, model, route, vendor, outcome, organisation";
const FIGURES = [
  "records",
  "failed",
  "refused",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "cost_usd_micros",
  "saved_usd_micros",
  "wasted_usd_micros",
  "unpriced",
];

const HISTOGRAMS = ["durations", "first_tokens"];
const COLUMNS = ["at", "series", DIMENSIONS, ...FIGURES, ...HISTOGRAMS].join(", ");

const tables = [
  `create table ledger_sums_brief_day (
    at timestamptz not null,
    series bigint not null,
    ${DIMENSIONS.replaceAll(",", " text,")} text,
    ${FIGURES.map((figure) => `${figure} bigint not null`).join(", ")},
    ${HISTOGRAMS.map((histogram) => `${histogram} bigint[]`).join(", ")}
  )`,
  "create index ledger_sums_brief_day_by_time on ledger_sums_brief_day (at)",
];

/** An item of a histogram is bucket * 2^32 + count. */
const merged = (histogram: string): string => `
  select series, array_agg((bucket << 32) | count order by bucket) as ${histogram}
  from (
    select series, pair >> 32 as bucket, sum(pair & 4294967295)::bigint as count
    from source, unnest(${histogram}) as pair
    group by 1, 2
  ) as buckets
  group by series`;

const fillDay = (at: Date): RawBuilder<unknown> => sql`
  with source as materialized (
    select hash_record_extended(row(${sql.raw(DIMENSIONS)}), 0) as series, ${sql.raw([DIMENSIONS, ...FIGURES, ...HISTOGRAMS].join(", "))}
    from ledger_sums_traffic_day where at = ${at}
  ),
  figures as (
    select series, ${sql.raw([DIMENSIONS, ...FIGURES.map((name) => `sum(${name})::bigint as ${name}`)].join(", "))}
    from source group by series, ${sql.raw(DIMENSIONS)}
  ),
  ${sql.raw(HISTOGRAMS.map((name) => `${name}_of as (${merged(name)})`).join(", "))}
  insert into ledger_sums_brief_day (${sql.raw(COLUMNS)})
  select ${at}, ${sql.raw(COLUMNS.replace("at, ", ""))}
  from figures ${sql.raw(HISTOGRAMS.map((name) => `left join ${name}_of using (series)`).join(" "))}`;

export const sumUpBriefly: Migration = {
  async up(db) {
    for (const statement of tables) await sql.raw(statement).execute(db);
    const { rows } = await sql<{ at: Date }>`select distinct at from ledger_sums_traffic_day order by at`.execute(db);
    for (const { at } of rows) await fillDay(at).execute(db);
  },
};
