// The statement that answers a question from the pieces that the plan names: the cube's tables and, where these are behind, the
// records. The greatest keys come by themselves, all others as one row of the rest.
import type { sumOrders } from "../contract.ts";
import { figureColumns } from "../cubes.ts";
import { BUCKET, COUNT } from "./figures-of-records.ts";
import { createValues, type SourcePlan, sourceOf } from "./read-source.ts";

export interface ReadPlan extends SourcePlan {
  limit: number;
  order: (typeof sumOrders)[number];
}

export interface Statement {
  text: string;
  values: unknown[];
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 };
const ORDER: Record<ReadPlan["order"], string> = {
  cost: "cost_usd_micros desc, records desc",
  records: "records desc",
  wasted: "wasted_usd_micros desc, cost_usd_micros desc",
  saved: "saved_usd_micros desc, cost_usd_micros desc",
};
const SPREADS = { durations: "duration", first_tokens: "first_token" } as const;

/** Rows: at_ms, k0…, is_rest, the figures, and for each spread count, p50, p95, p99 as buckets. */
export function readStatement(plan: ReadPlan): Statement {
  const values = createValues();
  const keys = plan.by.map((_, index) => `k${index}`);
  const listed = keys.map((key) => `, ${key}`).join("");
  const sums = figureColumns.map((name) => `sum(${name})::bigint as ${name}`).join(", ");
  const spreads = plan.spreads ? Object.entries(SPREADS) : [];
  const text = `
  with source as ${spreads.length > 0 ? "materialized " : ""}(${sourceOf(plan, values)}),
  figures as materialized (select at, series${listed}, ${sums} from source group by at, series${listed}),
  places as (
    select series, row_number() over (order by ${ORDER[plan.order]}, series) as place
    from (select series, ${sums} from figures group by series) as keys
  ),
  shown as (select series, place from places where place <= ${values.put(plan.limit)}),
  ${spreads.map(([column, name]) => `${name} as (${spreadOf(column)}),`).join("\n  ")}
  rows as (
    select at, coalesce(place, 0) as place${keys.map((key) => `, min(case when place is not null then ${key} end) as ${key}`).join("")}, ${sums}
    from figures left join shown using (series)
    group by at, coalesce(place, 0)
  )
  select
    extract(epoch from at)::float8 * 1000 as at_ms, place = 0 as is_rest${listed}, ${figureColumns.join(", ")}
    ${spreads.map(([, name]) => `, ${name}_count, ${name}_p50, ${name}_p95, ${name}_p99`).join("")}
  from rows
  ${spreads.map(([, name]) => `left join ${name} using (at, place)`).join("\n  ")}
  order by at, place = 0, place`;
  return { text, values: values.values };
}

/** From merged buckets: the one in which the record of that rank is, counted from the shortest. */
function spreadOf(column: string): string {
  const name = SPREADS[column as keyof typeof SPREADS];
  const quantiles = Object.entries(QUANTILES).map(
    ([quantile, share]) =>
      `min(bucket) filter (where upto > floor(${share} * (total - 1)))::int as ${name}_${quantile}`,
  );
  return `
    select at, place, max(total)::bigint as ${name}_count, ${quantiles.join(", ")}
    from (
      select at, place, bucket, sum(count) over (partition by at, place order by bucket) as upto,
        sum(count) over (partition by at, place) as total
      from (
        select at, coalesce(place, 0) as place, ${BUCKET} as bucket, sum(${COUNT}) as count
        from (select at, series, unnest(${column}) as pair from source) as pairs left join shown using (series)
        group by 1, 2, 3
      ) as buckets
    ) as ranked
    group by at, place`;
}
