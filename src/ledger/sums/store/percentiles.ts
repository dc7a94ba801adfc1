// Percentiles out of histograms, in SQL: the bucket in which the record of that rank is, counted from the shortest.
import { histogramColumns } from "../cubes.ts";
import { BUCKET, COUNT } from "./figures-of-records.ts";

/** In hundredths. */
const QUANTILES = { p50: 50, p95: 95, p99: 99 };
const NAMES = Object.keys(QUANTILES);

/** What a histogram's figures are called in answers. */
export const spreadNames: Record<(typeof histogramColumns)[number], string> = {
  durations: "duration",
  first_tokens: "first_token",
};

/** Columns of `single`: count, p50, p95, p99 of the row's own histograms, or null, and they must be unpacked. */
export const spreadColumns = histogramColumns.map((column) => `${spreadNames[column]}_spread`);

/** In place of these columns, where a row has histograms alone. */
export const noSpreads = spreadColumns.map((column) => `null::bigint[] as ${column}`);

// Counts are added up as floating point: exact as far as counts go, and quicker than numeric.
const bucketsAt = Object.values(QUANTILES).map(
  (share) => `min(bucket) filter (where upto > floor(${share} * (total - 1) / 100))`,
);

/** What is shorter is unpacked as fast as it is read. Most rows are of single users and keys, and shorter. */
const WORTH_KEEPING = 20;

/** As select items: of histograms of one row, each bucket once. Both are there, or neither. */
export const keptSpreads = histogramColumns.map(
  (column, index) => `case when cardinality(durations) > ${WORTH_KEEPING} then (
    select array[coalesce(max(total), 0), ${bucketsAt.join(", ")}]::bigint[]
    from (
      select ${BUCKET} as bucket, sum(${COUNT}::float8) over (order by ${BUCKET}) as upto, sum(${COUNT}::float8) over () as total
      from unnest(${column}) as pair
    ) as ranked
  ) end as ${spreadColumns[index]}`,
);

/** Rows: at, place, and count, p50, p95, p99 under the spread's name; of `source`'s rows at, place and the histograms. */
export function mergedSpread(column: (typeof histogramColumns)[number], source: string): string {
  const name = spreadNames[column];
  const figures = bucketsAt.map((bucket, index) => `${bucket}::int as ${name}_${NAMES[index]}`);
  return `
    select at, place, max(total)::bigint as ${name}_count, ${figures.join(", ")}
    from (
      select at, place, bucket, sum(count) over (partition by at, place order by bucket) as upto,
        sum(count) over (partition by at, place) as total
      from (
        select at, place, ${BUCKET} as bucket, sum(${COUNT}::float8) as count
        from (select at, place, unnest(${column}) as pair from ${source}) as pairs
        group by 1, 2, 3
      ) as buckets
    ) as ranked
    group by at, place`;
}

/** The same of rows that have it ready. */
export function readySpread(column: (typeof histogramColumns)[number], source: string): string {
  const name = spreadNames[column];
  const figures = NAMES.map((quantile, index) => `${name}_spread[${index + 2}]::int as ${name}_${quantile}`);
  return `select at, place, ${name}_spread[1] as ${name}_count, ${figures.join(", ")} from ${source}`;
}
