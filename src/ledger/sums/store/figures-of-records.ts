// What one record adds to the sums. It is said here once: for the sums that are kept and for those that are made on the spot, which
// therefore agree.
import { columnOf, type FigureColumn, figureColumns } from "../cubes.ts";
import type { SumDimension } from "../contract.ts";
import { BUCKET_BITS, BUCKET_SHIFT, GAMMA, LONGEST_MS, SHORTEST_MS } from "../histogram.ts";

/**
 * More tokens or micro-dollars than this in one record are somebody's joke; they must not make a sum that no column holds.
 * A million dollars, or a thousand billion tokens.
 */
const MOST_IN_ONE = 1_000_000_000_000;

const counted = (column: string): string =>
  `case when is_counted then least(greatest(coalesce(${column}, 0), 0), ${MOST_IN_ONE}) else 0 end`;

const figures: Record<FigureColumn, string> = {
  records: "1",
  failed: "case when outcome in ('failed', 'truncated') then 1 else 0 end",
  refused: "case when outcome = 'refused' then 1 else 0 end",
  input_tokens: counted("input_tokens"),
  output_tokens: counted("output_tokens"),
  cache_read_tokens: counted("cache_read_tokens"),
  cache_write_tokens: counted("cache_write_tokens"),
  reasoning_tokens: counted("reasoning_tokens"),
  cost_usd_micros: counted("cost_usd_micros"),
  saved_usd_micros: counted("saved_usd_micros"),
  wasted_usd_micros: counted("wasted_usd_micros"),
  unpriced: `case
    when is_counted and cost_usd_micros is null and coalesce(input_tokens, 0) + coalesce(output_tokens, 0) > 0 then 1
    else 0
  end`,
};

/** As select items, each under its name. */
export const recordFigures = figureColumns.map((name) => `(${figures[name]})::bigint as ${name}`);

/** PostgreSQL's own `bucketOf`. */
const bucketOfColumn = (column: string): string =>
  `(ceil(ln(least(greatest(${column}::float8, ${SHORTEST_MS}), ${LONGEST_MS})) / ln(${GAMMA}::float8))::bigint + ${BUCKET_SHIFT})`;

/** A histogram of one time, as cubes keep them; null where there is none. */
const histogramOfColumn = (column: string): string =>
  `case when ${column} is not null then array[(${bucketOfColumn(column)} << ${BUCKET_BITS}) | 1] end`;

/** Likewise. */
export const recordHistograms = [
  `${histogramOfColumn("duration_ms")} as durations`,
  `${histogramOfColumn("first_token_ms")} as first_tokens`,
];

/** A dimension's value in a record. Nobody's name is empty: that is none. */
export function recordDimension(dimension: SumDimension): string {
  if (dimension === "tag") return "tag";
  const column = columnOf[dimension];
  return dimension === "own" || dimension === "pattern" ? column : `nullif(${column}, '')`;
}

/** Beside each record one row for each of its tags, or one without. */
export const EACH_TAG = `cross join lateral (
    select distinct nullif(each, '') as tag from unnest(tags) as each
    union all
    select null where coalesce(cardinality(tags), 0) = 0
  ) as each_tag`;

/** Of a `pair` of a histogram. */
export const BUCKET = `(pair >> ${BUCKET_BITS})`;
export const COUNT = `(pair & ((1::bigint << ${BUCKET_BITS}) - 1))`;
