// Sessions, users, and traces that one of their records is looked for in: whatever records have a name of. Those with the
// latest record come first. A page looks at a bounded number of records, so that it may come out short and still be followed.
import { type RawBuilder, sql } from "kysely";
import type { RecordSearch } from "./search.ts";
import { cleanText } from "../../clean-text.ts";
import { dateAt } from "../tables.ts";
import type { RecordScope } from "../../filter/scope.ts";
import { isOnPage, isVisible, passesFilter } from "./search.ts";
import { summedColumns, totalsOf, type TotalsRow } from "./totals.ts";

export type GroupColumn = "session" | "user_name" | "trace_id";

export interface GroupSearch extends RecordSearch {
  column: GroupColumn;
  /** How many records a page looks at. */
  recordsMax: number;
}

export interface GroupRow {
  /** Null in the one row that says how far was looked. */
  name: string | null;
  /** Of its latest record that passes the filter. */
  started_at_ms: number;
  id: string;
}

/**
 * The groups of the next records below `before`, without those that earlier pages had, which have a record above it. The last
 * row has no name and says how far was looked; without it, all was.
 */
export function groupsQuery(search: GroupSearch): RawBuilder<GroupRow> {
  const column = sql.ref(`r.${search.column}`);
  const seen = search.before
    ? sql`not exists (
        select from ledger_records as r
        where ${column} = latest.name and r.started_at <= ${dateAt(search.untilMs)}
          and (r.started_at, r.id) >= (${dateAt(search.before.startedAtMs)}, ${search.before.id}::uuid)
          and r.started_at >= ${dateAt(search.before.startedAtMs)} and ${passesFilter(search)}
      )`
    : sql`true`;
  return sql<GroupRow>`
    with looked_at as materialized (
      select ${column} as name, r.started_at, r.id from ledger_records as r
      where ${column} is not null and ${isOnPage("r", search)} and ${passesFilter(search)}
      order by r.started_at desc, r.id desc
      limit ${search.recordsMax}
    ),
    latest as (
      select distinct on (name) name, started_at, id from looked_at order by name, started_at desc, id desc
    )
    (
      select name::text, (extract(epoch from started_at) * 1000)::float8 as started_at_ms, id from latest
      where ${seen}
      order by started_at desc, id desc
      limit ${search.limit}
    )
    union all
    (
      select null, (extract(epoch from started_at) * 1000)::float8, id from looked_at
      where (select count(*) from looked_at) = ${search.recordsMax}
      order by started_at, id
      limit 1
    )`;
}

export interface GroupTotalsRow extends TotalsRow {
  last_request_preview: string | null;
}

/** Records have a preview of their request, or none, by what is kept of bodies: the latest ones say which. */
const PREVIEWS_LOOKED_AT = 50;

/** What each of these comes to since a time, in the order they are named in; of each, at most so many records. */
export function groupTotalsQuery(
  { column, sinceMs, untilMs, within }: Pick<GroupSearch, "column" | "sinceMs" | "untilMs" | "within">,
  names: readonly string[],
  limit: number,
): RawBuilder<GroupTotalsRow> {
  const wanted = sql`${sql.ref(`r.${column}`)} = wanted.name
      and r.started_at >= ${dateAt(sinceMs)} and r.started_at <= ${dateAt(untilMs)} and ${isVisible(within)}
    order by r.started_at desc`;
  const records = sql`select ${summedColumns} from ledger_records as r where ${wanted} limit ${limit}`;
  return sql<GroupTotalsRow>`
    select totals.*, latest.request_preview as last_request_preview
    from unnest(${names}::text[]) with ordinality as wanted(name, place)
    cross join lateral (${totalsOf(records)}) as totals
    left join lateral (
      select request_preview from (
        select r.request_preview from ledger_records as r where ${wanted} limit ${PREVIEWS_LOOKED_AT}
      ) as recent
      where request_preview is not null limit 1
    ) as latest on true
    order by wanted.place`;
}

/** What a trace or a session comes to, as a whole. */
export function wholeTotalsQuery(
  { column, name, within }: { column: "session" | "trace_id"; name: string; within?: RecordScope | undefined },
  limit: number,
): RawBuilder<TotalsRow> {
  const value = column === "trace_id" ? sql`${name}::uuid` : sql`${cleanText(name)}`;
  return totalsOf(
    sql`select ${summedColumns} from ledger_records as r
      where ${sql.ref(`r.${column}`)} = ${value} and ${isVisible(within)} limit ${limit}`,
  );
}
