// Sums over the records of a trace, a session or a user: bounded, and usage counted once.
import { type RawBuilder, sql } from "kysely";

export interface TotalsRow {
  records: number;
  failed: number;
  calls: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd_micros: number;
  saved_usd_micros: number;
  started_at_ms: number;
  ended_at_ms: number;
  traces: number;
  users: string[];
}

/**
 * What these records come to, each call once: a span that is one of our own calls stands for it where that call is not among
 * them (`records/counted-among.ts`);
 * `records` are ids and times, and all that is summed.
 */
export function totalsOf(records: RawBuilder<unknown>): RawBuilder<TotalsRow> {
  return sql<TotalsRow>`
    with summed as materialized (${records}),
    standing_in as materialized (
      select distinct on (echo.same_as) echo.id from summed as echo
      where echo.same_as is not null and not exists (select from summed as own where own.id = echo.same_as)
      order by echo.same_as, echo.cost_usd_micros desc nulls last
    )
    select
      count(*) as records,
      count(*) filter (where s.outcome <> 'ok') as failed,
      count(*) filter (where s.counts and s.kind in ('call', 'embedding', 'rerank')) as calls,
      coalesce(sum(s.input_tokens) filter (where s.counts), 0)::bigint as input_tokens,
      coalesce(sum(s.output_tokens) filter (where s.counts), 0)::bigint as output_tokens,
      coalesce(sum(s.cost_usd_micros) filter (where s.counts), 0)::bigint as cost_usd_micros,
      coalesce(sum(s.saved_usd_micros), 0)::bigint as saved_usd_micros,
      (extract(epoch from min(s.started_at)) * 1000)::float8 as started_at_ms,
      coalesce(
        max(s.ended_at_ms) filter (where s.kind <> 'score'),
        max(s.ended_at_ms)
      ) as ended_at_ms,
      count(distinct s.trace_id) as traces,
      coalesce((array_agg(distinct s.user_name) filter (where s.user_name is not null))[1:5], '{}') as users
    from (select summed.*, extract(epoch from started_at)::float8 * 1000 + coalesce(duration_ms, 0) as ended_at_ms,
      is_counted or id in (select id from standing_in) as counts from summed) as s`;
}

/** The columns that `totalsOf` sums, of records called `r`. The index of users has all of them. */
export const summedColumns = sql`
  r.id, r.same_as, r.started_at, r.kind, r.is_counted, r.outcome, r.trace_id, r.user_name, r.input_tokens, r.output_tokens,
  r.cost_usd_micros, r.saved_usd_micros, r.duration_ms`;
