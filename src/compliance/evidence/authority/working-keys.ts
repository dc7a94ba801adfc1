// Which keys open anything now, and which of those nobody has used for long. Pure.
import type { KeyFact } from "../../sources.ts";

export function worksAt({ disabled, revoked_at_ms, expires_at_ms }: KeyFact, nowMs: number): boolean {
  return !disabled && revoked_at_ms === null && (expires_at_ms === null || expires_at_ms > nowMs);
}

/** One that was made lately has had no time to be used. */
export function isUnused({ last_used_at_ms, created_at_ms }: KeyFact, nowMs: number, afterMs: number): boolean {
  return (last_used_at_ms ?? created_at_ms) < nowMs - afterMs;
}
