// Text search, day by day from the newest: each day's partition is searched on its own, until the page is full. A common
// word fills a page from the last day, and is not looked up in all the others; a rare one costs a look-up a day.
import { type Filter, hasText } from "../../filter/filter.ts";

const DAY_MS = 86_400_000;
/** A window of more days is searched as a whole. */
const DAYS_MAX = 62;

export interface DaySearch {
  sinceMs: number;
  untilMs: number;
  filter?: Filter | undefined;
  before?: { startedAtMs: number } | undefined;
  limit: number;
}

/** `query` gives at most `limit` rows of a window, newest first; so does this. */
export async function searchByDay<Search extends DaySearch, Row>(
  search: Search,
  query: (search: Search) => Promise<Row[]>,
): Promise<Row[]> {
  const untilMs = Math.min(search.untilMs, search.before?.startedAtMs ?? Infinity);
  const isByDay = search.filter && hasText(search.filter) && untilMs - search.sinceMs <= DAYS_MAX * DAY_MS;
  if (!isByDay) return query(search);
  const rows: Row[] = [];
  for (let until = untilMs; until >= search.sinceMs && rows.length < search.limit;) {
    const dayMs = Math.floor(until / DAY_MS) * DAY_MS;
    const sinceMs = Math.max(dayMs, search.sinceMs);
    rows.push(...(await query({ ...search, sinceMs, untilMs: until, limit: search.limit - rows.length })));
    until = dayMs - 1;
  }
  return rows;
}
