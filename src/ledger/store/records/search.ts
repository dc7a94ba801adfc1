// Which records are looked for, and how a page of them goes on: newest first, by time and id, so that what comes in
// above changes nothing below.
import { type RawBuilder, sql } from "kysely";
import type { Filter } from "../../filter/filter.ts";
import { compileFilter } from "../compile-filter.ts";
import { dateAt } from "../tables.ts";

/** The last one of a page. */
export interface Place {
  startedAtMs: number;
  id: string;
}

export interface RecordSearch {
  sinceMs: number;
  untilMs: number;
  filter: Filter;
  before: Place | undefined;
  limit: number;
}

/** Epoch milliseconds with fraction as PostgreSQL's time: a Date would lose the fraction, and with it a place in a list. */
export function timeAt(epochMs: number): RawBuilder<Date> {
  const whole = dateAt(Math.floor(epochMs));
  const micros = Math.round((epochMs - Math.floor(epochMs)) * 1000);
  return sql<Date>`(${whole}::timestamptz + ${micros}::int * interval '1 microsecond')`;
}

/** Of the records that `table` names, those in the window and below the last one of the page before. */
export function isOnPage(table: "r" | "heads", { sinceMs, untilMs, before }: Omit<RecordSearch, "filter" | "limit">) {
  const [time, id] = [sql.ref(`${table}.started_at`), sql.ref(`${table}.id`)];
  const inTime = sql<boolean>`${time} >= ${timeAt(sinceMs)} and ${time} <= ${timeAt(untilMs)}`;
  if (!before) return inTime;
  const last = timeAt(before.startedAtMs);
  // Its time is named twice: of the second condition PostgreSQL chooses no partitions.
  return sql<boolean>`${inTime} and ${time} <= ${last} and (${time}, ${id}) < (${last}, ${before.id}::uuid)`;
}

/** Of the records called `r`, those that pass the filter. */
export function passesFilter({ sinceMs, untilMs, filter }: Omit<RecordSearch, "before" | "limit">) {
  const hasWords = (tsquery: string) => sql<boolean>`(r.started_at, r.id) in (
    select texts.started_at, texts.id from ledger_texts as texts
    where texts.words @@ to_tsquery('simple', ${tsquery})
      and texts.started_at >= ${timeAt(sinceMs)} and texts.started_at <= ${timeAt(untilMs)}
  )`;
  return compileFilter(filter, { record: "r", hasWords });
}
