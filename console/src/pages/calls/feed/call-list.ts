// The list as data: newest first, each call once, never more rows than its bound, and where older calls go on. Pure.
import type { CallPage, CallSummary } from "../../../../../src/ledger/contract.ts";
import { addToTape, emptyTape, type Tape } from "./tape.ts";

/** Rows kept while only new calls come in; each older page that is asked for raises it by its size. */
const rowsAtFirst = 500;
const rowsMost = 5000;

export interface Row {
  call: CallSummary;
  /** When it came in live; null when it was read from the list. */
  arrivedAtMs: number | null;
}

/** Where older calls go on: by the server's cursor, or, after rows fell off the end, by time. */
export type Older =
  | { kind: "unknown" }
  | { kind: "none" }
  | { kind: "cursor"; cursor: string }
  | { kind: "before"; untilMs: number };

export interface CallList {
  rows: readonly Row[];
  older: Older;
  rowsMax: number;
  tape: Tape;
}

export function emptyList(): CallList {
  return { rows: [], older: { kind: "unknown" }, rowsMax: rowsAtFirst, tape: emptyTape(0) };
}

/** More rows may be asked for. */
export function canGrow(list: CallList): boolean {
  return list.rows.length < rowsMost;
}

/** When the call ended: the moment at which it went on the record. */
export function endedAtMs(call: CallSummary): number {
  return call.started_at_ms + call.timings.total_ms;
}

export function rowsFromCalls(calls: readonly CallSummary[]): Row[] {
  return calls.map((call) => ({ call, arrivedAtMs: null }));
}

/** Of calls that were read from the server those that are not here yet, as if they came in now. */
export function rowsFound(here: readonly Row[], calls: readonly CallSummary[], nowMs: number): Row[] {
  const known = new Set(here.map(({ call }) => call.id));
  return calls.filter(({ id }) => !known.has(id)).map((call) => ({ call, arrivedAtMs: nowMs }));
}

/** New rows in their places, on the list and on the tape. */
export function placeRows(list: CallList, fresh: readonly Row[], nowMs: number): CallList {
  const known = new Set(list.rows.map((row) => row.call.id));
  const last = list.rows.at(-1)?.call;
  const added = fresh.filter(({ call }) => !known.has(call.id));
  // A call that began before the oldest row belongs to a page that is not loaded yet.
  const open = last === undefined || list.older.kind === "none" || list.older.kind === "unknown";
  const placed = open ? added : added.filter(({ call }) => call.started_at_ms >= last.started_at_ms);
  const sorted = [...list.rows, ...placed].sort(compareRows);
  const rows = sorted.slice(0, list.rowsMax);
  const end = rows.at(-1);
  const dropped = sorted.length > rows.length && end !== undefined;
  const events = added.map((row) => ({
    outcome: row.call.outcome,
    atMs: row.arrivedAtMs ?? endedAtMs(row.call),
  }));
  return {
    ...list,
    rows,
    older: dropped ? { kind: "before", untilMs: end.call.started_at_ms } : list.older,
    tape: addToTape(list.tape, events, nowMs),
  };
}

/**
 * The newest page, read anew. Where it reaches the rows that we have, it fills the gap; where it does not, it replaces
 * them, but for calls that came in live since `liveSinceMs` and may not be in the database yet.
 */
export function catchUp(
  list: CallList,
  page: CallPage,
  { liveSinceMs, nowMs }: { liveSinceMs: number; nowMs: number },
): CallList {
  const fresh = rowsFromCalls(page.calls);
  const known = new Set(list.rows.map((row) => row.call.id));
  const reaches = page.calls.some((call) => known.has(call.id));
  if (list.older.kind !== "unknown" && reaches) return placeRows(list, fresh, nowMs);
  const kept = list.rows.filter((row) => row.arrivedAtMs !== null && row.arrivedAtMs >= liveSinceMs);
  const oldest = page.calls.at(-1);
  const whole = page.next_cursor === null || oldest === undefined;
  const base = { ...emptyList(), tape: emptyTape(whole ? 0 : endedAtMs(oldest)) };
  return { ...placeRows(base, [...fresh, ...kept], nowMs), older: olderOf(page) };
}

/** One more page at the end. The tape has nothing to do with it. */
export function appendPage(list: CallList, page: CallPage): CallList {
  const known = new Set(list.rows.map((row) => row.call.id));
  // Rows of the same millisecond as the last one come again when paging by time.
  const added = rowsFromCalls(page.calls).filter(({ call }) => !known.has(call.id));
  const rows = [...list.rows, ...added].sort(compareRows);
  return { ...list, rows, rowsMax: Math.max(list.rowsMax, rows.length), older: olderOf(page) };
}

function olderOf(page: CallPage): Older {
  return page.next_cursor === null ? { kind: "none" } : { kind: "cursor", cursor: page.next_cursor };
}

/** Newest start first; among equals the later id (ids sort by time) first. */
function compareRows({ call: a }: Row, { call: b }: Row): number {
  return b.started_at_ms - a.started_at_ms || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
