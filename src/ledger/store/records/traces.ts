// Pages of traces. Mostly a trace is found by its root, which has an index of its own. A trace whose root is not on record,
// or not yet, is found by its earliest record, which ledger_trace_heads remembers (see ../../indexing).
import { type RawBuilder, sql } from "kysely";
import { summaryColumns, type SummaryRow } from "./rows.ts";
import type { RecordScope } from "../../filter/scope.ts";
import { isOnPage, isVisible, passesFilter, type RecordSearch } from "./search.ts";
import { summedColumns, totalsOf, type TotalsRow } from "./totals.ts";

/** Roots, and the earliest records of what has none. */
export function headsQuery(search: RecordSearch): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`
    select * from (
      (
        select r.started_at, ${summaryColumns} from ledger_records as r
        where r.parent_span_id is null and r.trace_id is not null
          and ${isOnPage("r", search)} and ${passesFilter(search)}
        order by r.started_at desc, r.id desc
        limit ${search.limit}
      )
      union all
      (
        select r.started_at, ${summaryColumns} from ledger_trace_heads as heads
        join ledger_records as r on r.started_at = heads.started_at and r.id = heads.id
        where ${isOnPage("heads", search)} and ${passesFilter(search)}
        order by heads.started_at desc, heads.id desc
        limit ${search.limit}
      )
    ) as both_kinds
    order by started_at desc, id desc
    limit ${search.limit}`;
}

/** The root of each of these traces, or its earliest record. */
export function headsOfQuery(traceIds: readonly string[], within?: RecordScope): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`
    select head.* from unnest(${traceIds}::uuid[]) as wanted(trace_id)
    cross join lateral (
      select ${summaryColumns} from ledger_records as r
      where r.trace_id = wanted.trace_id and r.parent_span_id is null and ${isVisible(within)}
      order by r.started_at, r.id
      limit 1
    ) as head
    union all
    select ${summaryColumns} from ledger_trace_heads as heads
    join ledger_records as r on r.started_at = heads.started_at and r.id = heads.id
    where heads.trace_id = any(${traceIds}::uuid[]) and ${isVisible(within)}`;
}

/** What each of these traces comes to, in the order they are named in; of each, at most so many records. */
export function traceTotalsQuery(
  traceIds: readonly string[],
  limit: number,
  within?: RecordScope,
): RawBuilder<TotalsRow> {
  const records = sql`
    select ${summedColumns} from ledger_records as r
    where r.trace_id = wanted.trace_id and ${isVisible(within)} limit ${limit}`;
  return sql<TotalsRow>`
    select totals.* from unnest(${traceIds}::uuid[]) with ordinality as wanted(trace_id, place)
    cross join lateral (${totalsOf(records)}) as totals
    order by wanted.place`;
}
