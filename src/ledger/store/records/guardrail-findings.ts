// What guardrails found in the calls of a time, counted: by guardrail, kind, what then happened, side and vendor.
import { sql } from "kysely";
import type { Storage } from "../../../storage/index.ts";

export interface GuardrailFindingsQuery {
  since_ms: number;
  /** Exclusive. */
  until_ms: number;
  limit: number;
}

export interface GuardrailFindings {
  name: string;
  kind: string;
  outcome: string;
  side: string;
  vendor: string | null;
  count: number;
}

/**
 * The most frequent first. Records in which nothing was found are told by their text, which is many times faster than reading them
 * as JSON; within a string the quotation marks would have backslashes.
 */
export async function countGuardrailFindings(
  storage: Storage,
  { since_ms, until_ms, limit }: GuardrailFindingsQuery,
): Promise<GuardrailFindings[]> {
  const db = storage.tables<Record<string, never>>();
  const { rows } = await sql<GuardrailFindings>`
    select coalesce(entry ->> 'name', '') as name, coalesce(entry ->> 'kind', '') as kind,
      coalesce(entry ->> 'outcome', '') as outcome, coalesce(entry ->> 'side', '') as side, vendor, count(*)::float8 as count
    from ledger_records,
      json_array_elements(case when json_typeof(data -> 'guardrails') = 'array' then data -> 'guardrails' else '[]' end) as entry
    where started_at >= ${new Date(since_ms)} and started_at < ${new Date(until_ms)} and is_own
      and data::text not like '%"guardrails":[]%'
    group by 1, 2, 3, 4, 5 order by count desc, 1, 2, 3, 4, 5 limit ${limit}`.execute(db);
  return rows;
}
