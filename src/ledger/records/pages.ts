// Pages of lists: what a query looks for, and where the page after it goes on.
import type { GroupRow } from "../store/records/groups.ts";
import type { RecordSearch } from "../store/records/search.ts";
import type { RecordSummary } from "./contract.ts";
import { type Cursor, writeCursor } from "./place.ts";

/** A query as the store takes it, and the window that its cursors carry on. */
export interface ReadSearch extends RecordSearch {
  cursor: Cursor | undefined;
}

/** Where the page after this record goes on. */
export function cursorAfter(record: RecordSummary | undefined, { untilMs }: RecordSearch): string | null {
  return record ? writeCursor({ startedAtMs: record.started_at_ms, id: record.id, untilMs }) : null;
}

/** The names of a page; and where the next one goes on: after the last of them, or where looking on was given up. */
export function pageOfGroups(
  rows: readonly GroupRow[],
  { limit, untilMs }: RecordSearch,
): { names: string[]; nextCursor: string | null } {
  const groups = rows.filter(({ name }) => name !== null);
  const shown = groups.slice(0, limit);
  const last = groups.length > limit ? shown.at(-1) : rows.find(({ name }) => name === null);
  return {
    names: shown.map(({ name }) => name ?? ""),
    nextCursor: last ? writeCursor({ startedAtMs: last.started_at_ms, id: last.id, untilMs }) : null,
  };
}
