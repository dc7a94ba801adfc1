// The statement that makes a cube's rows anew: from the records, from the cube's next finer table, or, for `single`, from the other
// cubes of its grain. Rows of one time and one set of values become one; histograms are merged bucket by bucket.
import {
  ALL,
  columnOf,
  columnsOf,
  type CubeName,
  dimensionsOf,
  figureColumns,
  type Grain,
  grainMs,
  histogramColumns,
  type OwnCube,
  ownCubes,
  singlesFrom,
} from "../cubes.ts";
import { BUCKET_BITS } from "../histogram.ts";
import { BUCKET, COUNT, EACH_TAG, recordDimension, recordFigures, recordHistograms } from "./figures-of-records.ts";

/** Where the sums come from; the finer grain is summed, not the records one by one. */
export type SumSource = "records" | Grain;

interface Roll {
  cube: CubeName;
  into: Grain;
  from: SumSource;
}

const ALL_FIGURES = [...figureColumns, ...histogramColumns];

export function tableOf(cube: CubeName, grain: Grain): string {
  return `ledger_sums_${cube}_${grain}`;
}

/** `$1` are the moments to be made, as timestamptz[]. */
export function sumStatement(roll: Roll): string {
  const key = ["at", "series", ...columnsOf(roll.cube)].join(", ");
  const figures = ALL_FIGURES.join(", ");
  return `
  insert into ${tableOf(roll.cube, roll.into)} (${key}, ${figures})
  ${roll.into === "minute" ? gatheredRows(roll, key) : mergedRows(roll, key)}`;
}

const sums = figureColumns.map((name) => `sum(${name})::bigint as ${name}`).join(", ");

/** In a minute's rows there are few records: their times stand one beside the other, and are merged with those of the hour. */
function gatheredRows(roll: Roll, key: string): string {
  const gathered = histogramColumns.map(
    (name) => `array_agg(${name}[1]) filter (where ${name} is not null) as ${name}`,
  );
  return `select ${key}, ${sums}, ${gathered.join(", ")} from (${sourceOf(roll)}) as source group by ${key}`;
}

function mergedRows(roll: Roll, key: string): string {
  return `
  with source as materialized (${sourceOf(roll)}),
  ${histogramColumns.map((name) => `${name}_of as (${mergedHistogram(name)}),`).join("\n  ")}
  figures as (select ${key}, ${sums} from source group by ${key})
  select ${key}, ${ALL_FIGURES.join(", ")}
  from figures
  ${histogramColumns.map((name) => `left join ${name}_of using (at, series)`).join("\n  ")}`;
}

function sourceOf({ cube, into, from }: Roll): string {
  if (cube === "single") return ownCubes.map((each) => singleSource(each, into)).join("\n    union all");
  const step = `interval '${grainMs[into] / 1000} seconds'`;
  return from === "records"
    ? recordSource(cube, step)
    : `
    select moment as at, series, ${[...columnsOf(cube), ...ALL_FIGURES].join(", ")}
    from unnest($1::timestamptz[]) as moment
    join ${tableOf(cube, from)} as finer on finer.at >= moment and finer.at < moment + ${step}`;
}

function recordSource(cube: OwnCube, step: string): string {
  const values = dimensionsOf(cube).map(recordDimension);
  const named = values.map((value, index) => `${value} as ${columnsOf(cube)[index]}`);
  return `
    select
      moment as at,
      hash_record_extended(row(${values.join(", ")}), 0) as series,
      ${[...named, ...recordFigures, ...recordHistograms].join(",\n      ")}
    from unnest($1::timestamptz[]) as moment
    join ledger_records on started_at >= moment and started_at < moment + ${step}
    ${cube === "tags" ? EACH_TAG : ""}`;
}

function singleSource(cube: OwnCube, grain: Grain): string {
  const named = singlesFrom[cube].map((dimension) => `('${dimension}', ${columnOf[dimension]}::text)`);
  const values = cube === "traffic" ? [`('${ALL}', null)`, ...named] : named;
  return `
    select at, hash_record_extended(row(dimension, value), 0) as series, dimension, value, ${ALL_FIGURES.join(", ")}
    from ${tableOf(cube, grain)} cross join lateral (values ${values.join(", ")}) as each_dimension(dimension, value)
    where at = any($1::timestamptz[])`;
}

/** Two sets of values with the same 64 bits would share their histograms: that is not expected in a thousand years. */
function mergedHistogram(name: (typeof histogramColumns)[number]): string {
  return `
    select at, series, array_agg((bucket << ${BUCKET_BITS}) | count order by bucket) as ${name}
    from (
      select at, series, ${BUCKET} as bucket, sum(${COUNT})::bigint as count
      from source, unnest(${name}) as pair
      group by 1, 2, 3
    ) as buckets
    group by at, series`;
}
