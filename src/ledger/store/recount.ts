// What is counted. A program's own span around a call through the gateway reports the same usage once more, and so may the
// span of a library within another library's: of spans above one another, the lowest counts, and our own calls always do.
// A span that is known for a call of ours (echoes.ts) does not count, and what is below it only if it has an answer of its own.
// It must come out the same whatever arrives first, so it is found anew for all traces that a batch touches.
import type { PoolClient } from "pg";
import { dateAt } from "./tables.ts";

const DAY_MS = 86_400_000;
/** Spans begin within the span above them, and none lasts longer than this. It chooses the partitions. */
const SPAN_MS_MAX = DAY_MS;
/** Of a longer trace, the latest are looked at; what is counted of the others stays as it was. */
const TRACE_SPANS_MAX = 10_000;
/** Up to four spans may lie between two of them. */
const LEVELS_MAX = 5;

// Our own calls know what they came to when they were answered; others, when they say so, and
// more than nothing: some say nothing where they do not know. `above` goes up from each that
// does, one span at a time.
const findMiscounted = `
  with recursive spans as materialized (
    select span.* from unnest($1::uuid[]) as touched(trace_id) cross join lateral (
      select
        started_at, id, trace_id, span_id, parent_span_id, is_own, is_counted,
        response_id is not null as is_named, same_as is not null as is_echo,
        kind in ('call', 'embedding', 'rerank') as is_using,
        kind in ('call', 'embedding', 'rerank') and case when is_own then outcome in ('ok', 'truncated', 'cancelled')
          else coalesce(greatest(input_tokens, output_tokens, cost_usd_micros) > 0, false) end as has_usage
      from ledger_records as record
      where record.trace_id = touched.trace_id and started_at between $2 and $3
      order by started_at desc
      limit ${TRACE_SPANS_MAX}
    ) as span
  ),
  above(origin, is_own, is_named, trace_id, span_id, level) as (
    select id, is_own, is_named, trace_id, parent_span_id, 1 from spans where has_usage and parent_span_id is not null
    union all
    select above.origin, above.is_own, above.is_named, above.trace_id, span.parent_span_id, above.level + 1
    from above join spans as span using (trace_id, span_id)
    where above.level < ${LEVELS_MAX} and span.parent_span_id is not null
  ),
  hidden as materialized (
    select span.id
    from above join spans as span using (trace_id, span_id)
    where span.has_usage and not span.is_own and span.id <> above.origin
    union
    select above.origin
    from above join spans as span using (trace_id, span_id)
    where span.has_usage and not above.is_own and (span.is_own or span.is_echo and not above.is_named)
  )
  select started_at, id from spans
  where is_using and is_counted <> (is_own or has_usage and not is_echo and id not in (select id from hidden))`;

const flip = `
  update ledger_records as record set is_counted = not is_counted
  from unnest($1::timestamptz[], $2::uuid[]) as wrong(started_at, id)
  where record.started_at = wrong.started_at and record.id = wrong.id`;

/**
 * Sets right what is counted in these traces, of which records of these minutes have come. Returns when those began that it
 * changed, epoch milliseconds.
 */
export async function recount(
  client: PoolClient,
  traceIds: readonly string[],
  minutesMs: readonly number[],
): Promise<number[]> {
  const [first = 0, last = 0] = [minutesMs[0], minutesMs.at(-1)];
  const bounds = [dateAt(first - SPAN_MS_MAX), dateAt(last + SPAN_MS_MAX)];
  const { rows } = await client.query<{ started_at: Date; id: string }>(findMiscounted, [traceIds, ...bounds]);
  if (rows.length === 0) return [];
  await client.query(flip, [rows.map(({ started_at }) => started_at), rows.map(({ id }) => id)]);
  return rows.map(({ started_at }) => started_at.getTime());
}
