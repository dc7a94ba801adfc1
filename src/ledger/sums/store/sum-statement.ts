// The statement that makes a cube's rows anew: from the records, from the cube's next finer table, or, for `brief` and `single`, from
// the other cubes of its grain. Rows of one time and one set of values become one; histograms are merged bucket by bucket.
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
import { keptSpreads, spreadColumns } from "./percentiles.ts";
import { BUCKET, COUNT, EACH_TAG, recordDimension, recordFigures, recordHistograms } from "./figures-of-records.ts";

/** Where the sums come from; the finer grain is summed, not the records one by one. */
export type SumSource = "records" | Grain;

interface Roll {
  cube: CubeName;
  into: Grain;
  from: SumSource;
  /** Starts of minutes, hours or days, in order. */
  times: readonly Date[];
}

const ALL_FIGURES = [...figureColumns, ...histogramColumns];

export function tableOf(cube: CubeName, grain: Grain): string {
  return `ledger_sums_${cube}_${grain}`;
}

/**
 * The times stand in the text: joined to a list of moments, PostgreSQL would take each for a third of all records and
 * read all of them for every one.
 */
export function sumStatement(roll: Roll): string {
  const key = ["at", "series", ...columnsOf(roll.cube)].join(", ");
  const figures = [...ALL_FIGURES, ...(roll.cube === "single" ? spreadColumns : [])];
  return `
  insert into ${tableOf(roll.cube, roll.into)} (${key}, ${figures.join(", ")})
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
  select ${[key, ...ALL_FIGURES, ...(roll.cube === "single" ? keptSpreads : [])].join(", ")}
  from figures
  ${histogramColumns.map((name) => `left join ${name}_of using (at, series)`).join("\n  ")}`;
}

function sourceOf({ cube, into, from, times }: Roll): string {
  if (cube === "single") return ownCubes.map((each) => singleSource(each, into, times)).join("\n    union all");
  if (cube === "brief") return briefSource(into, times);
  if (from === "records") return recordSource(cube, into, times);
  return `
    select ${startOf(into, "at")} as at, series, ${[...columnsOf(cube), ...ALL_FIGURES].join(", ")}
    from ${tableOf(cube, from)}
    where ${within("at", into, times)}`;
}

function recordSource(cube: OwnCube, into: Grain, times: readonly Date[]): string {
  const values = dimensionsOf(cube).map(recordDimension);
  const named = values.map((value, index) => `${value} as ${columnsOf(cube)[index]}`);
  return `
    select
      ${startOf(into, "started_at")} as at,
      hash_record_extended(row(${values.join(", ")}), 0) as series,
      ${[...named, ...recordFigures, ...recordHistograms].join(",\n      ")}
    from ledger_records
    ${cube === "tags" ? EACH_TAG : ""}
    where ${within("started_at", into, times)}`;
}

function startOf(grain: Grain, column: string): string {
  return `date_bin(interval '${grainMs[grain] / 1000} seconds', ${column}, timestamptz '2000-01-01 00:00:00Z')`;
}

/** Neighbours are one stretch. */
function within(column: string, grain: Grain, times: readonly Date[]): string {
  const stretches: { fromMs: number; untilMs: number }[] = [];
  for (const time of times) {
    const fromMs = time.getTime();
    const last = stretches.at(-1);
    if (last?.untilMs === fromMs) last.untilMs += grainMs[grain];
    else stretches.push({ fromMs, untilMs: fromMs + grainMs[grain] });
  }
  const literal = (ms: number): string => `timestamptz '${new Date(ms).toISOString()}'`;
  const each = stretches.map(
    ({ fromMs, untilMs }) => `(${column} >= ${literal(fromMs)} and ${column} < ${literal(untilMs)})`,
  );
  return `(${each.join(" or ")})`;
}

function briefSource(grain: Grain, times: readonly Date[]): string {
  const columns = columnsOf("brief").join(", ");
  return `
    select at, hash_record_extended(row(${columns}), 0) as series, ${columns}, ${ALL_FIGURES.join(", ")}
    from ${tableOf("traffic", grain)}
    where ${within("at", grain, times)}`;
}

function singleSource(cube: OwnCube, grain: Grain, times: readonly Date[]): string {
  const named = singlesFrom[cube].map((dimension) => `('${dimension}', ${columnOf[dimension]}::text)`);
  const values = cube === "traffic" ? [`('${ALL}', null)`, ...named] : named;
  return `
    select at, hash_record_extended(row(dimension, value), 0) as series, dimension, value, ${ALL_FIGURES.join(", ")}
    from ${tableOf(cube, grain)} cross join lateral (values ${values.join(", ")}) as each_dimension(dimension, value)
    where ${within("at", grain, times)}`;
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
