// The records that cost most, one by one, and what the patterns of requests stand for.
import type { Pool } from "pg";
import type { CostlyRecord, SumWhere } from "../contract.ts";
import type { Stretch } from "../reading/plan-pieces.ts";
import { createValues, recordConditions } from "./read-source.ts";

export async function readCostliest(
  pool: Pool,
  { stretch, where, limit }: { stretch: Stretch; where: SumWhere; limit: number },
): Promise<CostlyRecord[]> {
  const values = createValues();
  const conditions = recordConditions({ stretches: [stretch], where, by: [] }, values);
  const { rows } = await pool.query<CostlyRecord>(
    `select id, extract(epoch from started_at)::float8 * 1000 as started_at_ms, kind, key_id, user_name as user, team, model,
      route, outcome, cost_usd_micros, coalesce(wasted_usd_micros, 0) as wasted_usd_micros,
      coalesce(input_tokens, 0) as input_tokens, coalesce(output_tokens, 0) as output_tokens
    from ledger_records
    where ${conditions.join(" and ")} and is_counted and cost_usd_micros > 0
    order by cost_usd_micros desc, started_at desc, id
    limit ${values.put(limit)}`,
    values.values,
  );
  return rows;
}

export async function readTemplates(pool: Pool, patterns: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ pattern: string; template: string }>(
    "select pattern, template from ledger_patterns where pattern = any($1::uuid[])",
    [patterns],
  );
  return new Map(rows.map(({ pattern, template }) => [pattern, template]));
}

/** Those that were not met since then. */
export async function forgetPatterns(pool: Pool, beforeMs: number): Promise<void> {
  await pool.query("delete from ledger_patterns where last_met < $1", [new Date(beforeMs)]);
}
