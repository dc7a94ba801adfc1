// The statement that counts records at or below thresholds, from the same rows as all sums.
import { lastBucketWithin } from "../histogram.ts";
import { BUCKET, COUNT } from "./figures-of-records.ts";
import { createValues, type SourcePlan, sourceOf } from "./read-source.ts";
import type { Statement } from "./read-statement.ts";

export interface WithinPlan extends Omit<SourcePlan, "by" | "spreads"> {
  durationMs: number | undefined;
  firstTokenMs: number | undefined;
}

/** Rows: at_ms, records, failed, refused, and for each of the two count and within. */
export function withinStatement({ durationMs, firstTokenMs, ...plan }: WithinPlan): Statement {
  const values = createValues();
  const source = sourceOf({ ...plan, by: [], spreads: true }, values);
  const text = `
  select extract(epoch from at)::float8 * 1000 as at_ms, sum(records)::bigint as records, sum(failed)::bigint as failed,
    sum(refused)::bigint as refused,
    ${countsOf("durations", durationMs)} as duration_count,
    ${countsOf("durations", durationMs, true)} as duration_within,
    ${countsOf("first_tokens", firstTokenMs)} as first_token_count,
    ${countsOf("first_tokens", firstTokenMs, true)} as first_token_within
  from (${source}) as source
  group by at
  order by at`;
  return { text, values: values.values };
}

function countsOf(column: string, thresholdMs: number | undefined, isWithin = false): string {
  if (thresholdMs === undefined) return "0::bigint";
  const filter = isWithin ? `where ${BUCKET} <= ${lastBucketWithin(thresholdMs)}` : "";
  return `coalesce(sum((select sum(${COUNT}) from unnest(${column}) as pair ${filter}))::bigint, 0)`;
}
