// The statement that makes a cube's rows anew: from the records, or from the cube's next finer table. Rows of one time and one set
// of values become one; histograms are merged bucket by bucket.
import { columnOf, type CubeName, cubes, figureColumns, type Grain, grainMs } from "../cubes.ts";
import { BUCKET_BITS } from "../histogram.ts";
import { BUCKET, COUNT, EACH_TAG, histogramOfColumn, recordDimension, recordFigures } from "./figures-of-records.ts";

/** Where the sums come from; the finer grain is summed, not the records one by one. */
export type SumSource = "records" | Grain;

interface Roll {
  cube: CubeName;
  into: Grain;
  from: SumSource;
}

const HISTOGRAMS = ["durations", "first_tokens"] as const;

export function tableOf(cube: CubeName, grain: Grain): string {
  return `ledger_sums_${cube}_${grain}`;
}

/** `$1` are the moments to be made, as timestamptz[]. */
export function sumStatement(roll: Roll): string {
  const columns = cubes[roll.cube].map((dimension) => columnOf[dimension]);
  const dimensions = columns.join(", ");
  const key = `at, series, ${dimensions}`;
  return `
  with source as materialized (${sourceOf(roll)}),
  figures as (
    select ${key}, ${figureColumns.map((name) => `sum(${name})::bigint as ${name}`).join(", ")}
    from source
    group by ${key}
  ),
  ${HISTOGRAMS.map((name) => `${name}_of as (${mergedHistogram(name)})`).join(",\n  ")}
  insert into ${tableOf(roll.cube, roll.into)} (${key}, ${figureColumns.join(", ")}, ${HISTOGRAMS.join(", ")})
  select ${key}, ${figureColumns.join(", ")}, ${HISTOGRAMS.join(", ")}
  from figures
  ${HISTOGRAMS.map((name) => `left join ${name}_of using (at, series)`).join("\n  ")}`;
}

function sourceOf({ cube, into, from }: Roll): string {
  const step = `interval '${grainMs[into] / 1000} seconds'`;
  if (from !== "records") {
    const dimensions = cubes[cube].map((dimension) => columnOf[dimension]).join(", ");
    return `
    select moment as at, series, ${dimensions}, ${figureColumns.join(", ")}, ${HISTOGRAMS.join(", ")}
    from unnest($1::timestamptz[]) as moment
    join ${tableOf(cube, from)} as finer on finer.at >= moment and finer.at < moment + ${step}`;
  }
  const dimensions = cubes[cube].map(recordDimension);
  const named = cubes[cube].map((dimension) => `${recordDimension(dimension)} as ${columnOf[dimension]}`);
  return `
    select
      moment as at,
      hash_record_extended(row(${dimensions.join(", ")}), 0) as series,
      ${named.join(", ")},
      ${recordFigures.join(", ")},
      ${histogramOfColumn("duration_ms")} as durations,
      ${histogramOfColumn("first_token_ms")} as first_tokens
    from unnest($1::timestamptz[]) as moment
    join ledger_records on started_at >= moment and started_at < moment + ${step}
    ${cube === "tags" ? EACH_TAG : ""}`;
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
