// The statement that makes a cube's rows anew: from the records, or from the cube's next finer table. Rows of one time and one set
// of values become one; histograms are merged bucket by bucket.
import { sumDimensions } from "../contract.ts";
import {
  ALL,
  columnsOf,
  type CubeName,
  dimensionsOf,
  figureColumns,
  type Grain,
  grainMs,
  hasSpreads,
} from "../cubes.ts";
import { BUCKET_BITS } from "../histogram.ts";
import {
  BUCKET,
  COUNT,
  EACH_DIMENSION,
  EACH_TAG,
  histogramOfColumn,
  recordDimension,
  recordFigures,
} from "./figures-of-records.ts";

/** Where the sums come from; the finer grain is summed, not the records one by one. */
export type SumSource = "records" | Grain;

interface Roll {
  cube: CubeName;
  into: Grain;
  from: SumSource;
}

/** Named one by one: the index begins with them. */
const DIMENSION_NAMES = [ALL, ...sumDimensions].map((name) => `'${name}'`).join(", ");
const HISTOGRAMS = ["durations", "first_tokens"] as const;

export function tableOf(cube: CubeName, grain: Grain): string {
  return `ledger_sums_${cube}_${grain}`;
}

/** `$1` are the moments to be made, as timestamptz[]. */
export function sumStatement(roll: Roll): string {
  const histograms = hasSpreads(roll.cube) ? HISTOGRAMS : [];
  const key = ["at", "series", ...columnsOf(roll.cube)].join(", ");
  const figures = [...figureColumns, ...histograms].join(", ");
  return `
  with source as ${histograms.length > 0 ? "materialized " : ""}(${sourceOf(roll)}),
  ${histograms.map((name) => `${name}_of as (${mergedHistogram(name)}),`).join("\n  ")}
  figures as (
    select ${key}, ${figureColumns.map((name) => `sum(${name})::bigint as ${name}`).join(", ")}
    from source
    group by ${key}
  )
  insert into ${tableOf(roll.cube, roll.into)} (${key}, ${figures})
  select ${key}, ${figures}
  from figures
  ${histograms.map((name) => `left join ${name}_of using (at, series)`).join("\n  ")}`;
}

function sourceOf({ cube, into, from }: Roll): string {
  const step = `interval '${grainMs[into] / 1000} seconds'`;
  if (from === "records") return recordSource(cube, step);
  const columns = [...columnsOf(cube), ...figureColumns, ...(hasSpreads(cube) ? HISTOGRAMS : [])];
  const isSingle = cube === "single" ? `finer.dimension in (${DIMENSION_NAMES}) and ` : "";
  return `
    select moment as at, series, ${columns.join(", ")}
    from unnest($1::timestamptz[]) as moment
    join ${tableOf(cube, from)} as finer on ${isSingle}finer.at >= moment and finer.at < moment + ${step}`;
}

function recordSource(cube: CubeName, step: string): string {
  const values = cube === "single" ? ["dimension", "value"] : dimensionsOf(cube).map(recordDimension);
  const named = values.map((value, index) => `${value} as ${columnsOf(cube)[index]}`);
  const histograms = [
    `${histogramOfColumn("duration_ms")} as durations`,
    `${histogramOfColumn("first_token_ms")} as first_tokens`,
  ];
  return `
    select
      moment as at,
      hash_record_extended(row(${values.join(", ")}), 0) as series,
      ${[...named, ...recordFigures, ...(hasSpreads(cube) ? histograms : [])].join(",\n      ")}
    from unnest($1::timestamptz[]) as moment
    join ledger_records on started_at >= moment and started_at < moment + ${step}
    ${cube === "tags" ? EACH_TAG : cube === "single" ? EACH_DIMENSION : ""}`;
}

/** Two sets of values with the same 64 bits would share their histograms: that is not expected in a thousand years. */
function mergedHistogram(name: (typeof HISTOGRAMS)[number]): string {
  return `
    select at, series, array_agg((bucket << ${BUCKET_BITS}) | count order by bucket) as ${name}
    from (
      select at, series, ${BUCKET} as bucket, sum(${COUNT})::bigint as count
      from source, unnest(${name}) as pair
      group by 1, 2, 3
    ) as buckets
    group by at, series`;
}
