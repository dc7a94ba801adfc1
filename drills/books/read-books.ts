// The books: what the records come to, as PostgreSQL adds them up, and what the API says by each dimension.
import { DISCOUNTED_MODEL } from "./discounting-vendor.ts";
import type { RunningBinnacle } from "../installation/binnacle.ts";
import { sumDimensions } from "../../src/ledger/contract.ts";
import type { Storage } from "../../src/storage/index.ts";

export const dimensions = [
  // A record with two tags is under both, so tags have a check of their own.
  ...sumDimensions.filter((dimension) => dimension !== "tag"),
  "team,model",
  "key,user,route",
  "pattern,model",
  "kind,service,outcome",
];

export interface Books {
  records: { records: number; cost: number; saved: number; wasted: number; tokens: number; byTag: number };
  total: { saved: number; wasted: number; tokens: number };
  byDimension: Record<string, { cost: number; total: number }>;
  tags: number;
  kinds: Record<string, number>;
  /** At the vendor with a discount: lines of the batch, what each costs, and what such a call costs alone, in micro-dollars. */
  discount: { lines: number; lineCost: number; aloneCost: number };
}

export async function readBooks({ client }: RunningBinnacle, { pool }: Storage): Promise<Books> {
  const byDimension: Books["byDimension"] = {};
  for (const by of dimensions) {
    const { rows, total } = await client.costs.list({ by, limit: 2 });
    byDimension[by] = { cost: rows.reduce((sum, row) => sum + row.cost_usd_micros, 0), total: total.cost_usd_micros };
  }
  const { rows: tagged, total } = await client.costs.list({ by: "tag" });
  const { rows } = await pool.query<Books["records"]>(`
    select count(*)::bigint as records,
      sum(cost_usd_micros) filter (where is_counted)::bigint as cost,
      coalesce(sum(saved_usd_micros) filter (where is_counted), 0)::bigint as saved,
      coalesce(sum(wasted_usd_micros) filter (where is_counted), 0)::bigint as wasted,
      sum(input_tokens + output_tokens) filter (where is_counted)::bigint as tokens,
      sum(cost_usd_micros * greatest(1, coalesce(cardinality(tags), 0))) filter (where is_counted)::bigint as "byTag"
    from ledger_records`);
  const { rows: kinds } = await pool.query<Record<string, number>>(`
    select count(*) filter (where is_own and json_array_length(data->'attempts') > 1 and route = 'shaky') as tried_again,
      count(*) filter (where cache in ('hit', 'joined')) as kept,
      count(*) filter (where outcome = 'truncated') as broken_off,
      count(*) filter (where outcome = 'cancelled') as left_by_callers,
      count(*) filter (where route = 'agreed') as asked_of_several,
      count(*) filter (where request_preview like 'In a batch%' or data::text like '%batch%') as in_batches,
      count(*) filter (where not is_own and is_counted) as foreign_counted,
      count(*) filter (where not is_own and not is_counted and input_tokens > 0) as foreign_around
    from ledger_records`);
  const { rows: discounts } = await pool.query<Books["discount"]>(
    `select count(*) filter (where tags::text like '%batch:%')::int as lines,
      coalesce(max(cost_usd_micros) filter (where tags::text like '%batch:%'), 0)::int as "lineCost",
      coalesce(max(cost_usd_micros) filter (where tags::text not like '%batch:%' or tags is null), 0)::int as "aloneCost"
    from ledger_records where is_own and model = $1`,
    [`openai/${DISCOUNTED_MODEL}`],
  );
  const [records] = rows;
  if (!records) throw new Error("PostgreSQL adds nothing up");
  return {
    records,
    total: {
      saved: total.saved_usd_micros,
      wasted: total.wasted_usd_micros,
      tokens: total.tokens.input + total.tokens.output,
    },
    byDimension,
    tags: tagged.reduce((sum, row) => sum + row.cost_usd_micros, 0),
    kinds: kinds[0] ?? {},
    discount: discounts[0] ?? { lines: 0, lineCost: 0, aloneCost: 0 },
  };
}
