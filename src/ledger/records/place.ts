// Where a list goes on, as callers carry it from page to page; and the window of time that a list looks at.
import { startOfCallId } from "../call-id.ts";
import { ledgerErrors } from "../errors.ts";
import type { Place } from "../store/records/search.ts";

/** Pinned by the first page: what comes in later stays above. */
export interface Cursor extends Place {
  untilMs: number;
}

export interface WindowConfig {
  window: number;
  window_max: number;
}

/** A clock may be ahead of ours. */
const AHEAD_MS = 3_600_000;
const CURSOR = /^(\d{1,15})_([0-9a-f-]{36})_(-?\d{1,16}(?:\.\d+)?)$/;

export function writeCursor({ startedAtMs, id, untilMs }: Cursor): string {
  return Buffer.from(`${Math.round(startedAtMs)}_${id}_${untilMs}`).toString("base64url");
}

/** Throws `ledger.bad_cursor`. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [, startedAtMs, id = "", untilMs] = CURSOR.exec(Buffer.from(text, "base64url").toString("latin1")) ?? [];
  if (startOfCallId(id) === undefined) throw ledgerErrors.bad_cursor({});
  return { startedAtMs: Number(startedAtMs), id, untilMs: Number(untilMs) };
}

/** Throws `ledger.window_too_wide`. */
export function windowOf(
  query: { since_ms?: number | undefined; until_ms?: number | undefined },
  { window, window_max }: WindowConfig,
  { nowMs, cursor }: { nowMs: number; cursor: Cursor | undefined },
): { sinceMs: number; untilMs: number } {
  const untilMs = cursor?.untilMs ?? query.until_ms ?? nowMs + AHEAD_MS;
  const sinceMs = query.since_ms ?? Math.min(untilMs, nowMs) - window;
  if (Math.min(untilMs, nowMs) - sinceMs > window_max) throw ledgerErrors.window_too_wide({ window_ms: window_max });
  return { sinceMs, untilMs };
}
