// The statement that answers a question from the pieces that the plan names: the cube's tables and, where these are behind, the
// records. The greatest keys come by themselves, all others as one row of the rest.
import type { sumOrders } from "../contract.ts";
import { figureColumns, histogramColumns } from "../cubes.ts";
import { mergedSpread, readySpread, spreadColumns, spreadNames } from "./percentiles.ts";
import { createValues, hasReady, type SourcePlan, sourceOf } from "./read-source.ts";

export interface ReadPlan extends SourcePlan {
  limit: number;
  order: (typeof sumOrders)[number];
}

export interface Statement {
  text: string;
  values: unknown[];
}

const ORDER: Record<ReadPlan["order"], string> = {
  cost: "cost_usd_micros desc, records desc",
  records: "records desc",
  wasted: "wasted_usd_micros desc, cost_usd_micros desc",
  saved: "saved_usd_micros desc, cost_usd_micros desc",
};

/** Rows: at_ms, k0…, is_rest, the figures, and for each spread count, p50, p95, p99 as buckets. */
export function readStatement(plan: ReadPlan): Statement {
  const values = createValues();
  const keys = plan.by.map((_, index) => `k${index}`);
  const listed = keys.map((key) => `, ${key}`).join("");
  const sums = figureColumns.map((name) => `sum(${name})::bigint as ${name}`).join(", ");
  const spreads = plan.spreads ? histogramColumns.map((column) => spreadNames[column]) : [];
  const text = `
  with source as ${spreads.length > 0 ? "materialized " : ""}(${sourceOf(plan, values)}),
  figures as materialized (select at, series${listed}, ${sums} from source group by at, series${listed}),
  places as (
    select series, row_number() over (order by ${ORDER[plan.order]}, series) as place
    from (select series, ${sums} from figures group by series) as keys
  ),
  shown as (select series, place from places where place <= ${values.put(plan.limit)}),
  ${plan.spreads ? spreadsOf(plan) : ""}
  rows as (
    select at, coalesce(place, 0) as place${keys.map((key) => `, min(case when place is not null then ${key} end) as ${key}`).join("")}, ${sums}
    from figures left join shown using (series)
    group by at, coalesce(place, 0)
  )
  select
    extract(epoch from at)::float8 * 1000 as at_ms, place = 0 as is_rest${listed}, ${figureColumns.join(", ")}
    ${spreads.map((name) => `, ${name}_count, ${name}_p50, ${name}_p95, ${name}_p99`).join("")}
  from rows
  ${spreads.map((name) => `left join ${name} using (at, place)`).join("\n  ")}
  order by at, place = 0, place`;
  return { text, values: values.values };
}

/** A row that is all there is of its place has its percentiles ready; those of several rows are found by merging histograms. */
function spreadsOf(plan: ReadPlan): string {
  const placed = `placed as materialized (
    select at, coalesce(place, 0) as place, ${histogramColumns.join(", ")}${hasReady(plan) ? `, ${spreadColumns.join(", ")}` : ""}
    from source left join shown using (series)
  ),`;
  if (!hasReady(plan))
    return [
      placed,
      ...histogramColumns.map((column) => `${spreadNames[column]} as (${mergedSpread(column, "placed")}),`),
    ].join("\n  ");
  const ready = `ready as materialized (
    select at, place, ${spreadColumns.map((column) => `min(${column}) as ${column}`).join(", ")}
    from placed group by at, place having count(*) = 1 and min(${spreadColumns[0]}) is not null
  ),
  unready as materialized (
    select placed.* from placed left join ready using (at, place) where ready.at is null
  ),`;
  const each = histogramColumns.map(
    (column) =>
      `${spreadNames[column]} as (${readySpread(column, "ready")} union all ${mergedSpread(column, "unready")}),`,
  );
  return [placed, ready, ...each].join("\n  ");
}
