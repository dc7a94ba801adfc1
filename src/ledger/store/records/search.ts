// Which records are looked for, and how a page of them goes on: newest first, by time and id, so that what comes in
// above changes nothing below.
import { sql } from "kysely";
import type { Filter } from "../../filter/filter.ts";
import { filterOfScope, type RecordScope } from "../../filter/scope.ts";
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
  /** Part of the filter already; for what is asked of the records that were found. */
  within?: RecordScope | undefined;
}

/** Of the records called `r`, those that somebody sees. */
export function isVisible(within: RecordScope | undefined) {
  if (within === undefined) return sql<boolean>`true`;
  return compileFilter(filterOfScope(within), { record: "r", hasWords: () => sql<boolean>`false` });
}

/** Of the records that `table` names, those in the window and below the last one of the page before. */
export function isOnPage(table: "r" | "heads", { sinceMs, untilMs, before }: Omit<RecordSearch, "filter" | "limit">) {
  const [time, id] = [sql.ref(`${table}.started_at`), sql.ref(`${table}.id`)];
  const inTime = sql<boolean>`${time} >= ${dateAt(sinceMs)} and ${time} <= ${dateAt(untilMs)}`;
  if (!before) return inTime;
  const last = dateAt(before.startedAtMs);
  // Its time is named twice: of the second condition PostgreSQL chooses no partitions.
  return sql<boolean>`${inTime} and ${time} <= ${last} and (${time}, ${id}) < (${last}, ${before.id}::uuid)`;
}

/** Of the records that `table` names, those that pass the filter. */
export function passesFilter(
  { sinceMs, untilMs, filter }: Omit<RecordSearch, "before" | "limit">,
  table: "r" | "ledger_records" = "r",
) {
  // Older records have some words as PostgreSQL's parser took them apart: `12e5ab` as two.
  const hasWords = (tsquery: string) => sql<boolean>`(${sql.ref(`${table}.started_at`)}, ${sql.ref(`${table}.id`)}) in (
    select texts.started_at, texts.id from ledger_texts as texts
    where texts.words @@ (${tsquery}::tsquery || to_tsquery('simple', ${tsquery}))
      and texts.started_at >= ${dateAt(sinceMs)} and texts.started_at <= ${dateAt(untilMs)}
  )`;
  return compileFilter(filter, { record: table, hasWords });
}
