// Numbers as text. Everything is exact or says its unit; nothing is rounded into a different fact.
import { onFirstUse } from "./on-first-use.ts";

const counts = onFirstUse(() => new Intl.NumberFormat("en-GB"));

/** `12,402`. */
export function formatCount(value: number): string {
  return counts().format(value);
}

/** Micro-dollars to `$0.001234`: always six places, so that a column of them lines up on the point. */
export function formatUsd(micros: number): string {
  const sign = micros < 0 ? "−" : "";
  const whole = Math.trunc(Math.abs(micros) / 1_000_000);
  const rest = String(Math.abs(micros) % 1_000_000).padStart(6, "0");
  return `${sign}$${counts().format(whole)}.${rest}`;
}

/** Whole milliseconds for a column headed `ms`; `<1` below one. */
export function formatMs(ms: number): string {
  return ms > 0 && ms < 1 ? "<1" : counts().format(Math.round(ms));
}

/** `830 µs`, `12 ms`, `3.4 s`, `2 min 5 s`, `1 h 30 min`, `90 d`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "0 ms";
  if (ms < 0.9995) return `${Math.round(ms * 1000)} µs`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return twoUnits(seconds, 60, ["min", "s"]);
  if (seconds < 2 * 86_400) return twoUnits(Math.round(seconds / 60), 60, ["h", "min"]);
  return twoUnits(Math.round(seconds / 3600), 24, ["d", "h"]);
}

/** `2 min 5 s`; `2 min` where there is no rest. */
function twoUnits(amount: number, size: number, [large, small]: readonly [string, string]): string {
  const rest = amount % size;
  return `${Math.floor(amount / size)} ${large}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}

/** `512 B`, `14.2 KB`, `3.1 MB`; powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** How long ago, coarsely: `now`, `4 s`, `3 min`, `2 h`, `5 d`. */
export function formatAge(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** A part of one as per cent without its sign, for a column headed `%`: `12.4`; a dash where there is none. */
export function formatShare(share: number | null): string {
  return share === null ? "–" : (share * 100).toFixed(1);
}
