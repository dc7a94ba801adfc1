// Moments and stretches of time in full, for where nothing around them says the day. The zone is the reader's own and is said.
import { formatZone } from "./moments.ts";
import { onFirstUse } from "./on-first-use.ts";

const stamp = onFirstUse(
  () =>
    new Intl.DateTimeFormat("en-GB", {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    }),
);
const clock = onFirstUse(
  () => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
);
const day = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" }));

/** `21 Nov, 14:02:11`. */
export function formatStamp(ms: number): string {
  return stamp().format(ms);
}

/** `Sat 21 Nov, 14:02:11 UTC+01:00`. */
export function formatStampWithZone(ms: number): string {
  return `${day().format(ms)}, ${clock().format(ms)} ${formatZone(ms)}`;
}

/** `Sat 21 Nov, 14:00:00–14:05:00 UTC+01:00`; over a midnight both ends have their day. */
export function formatSpan(fromMs: number, toMs: number): string {
  const sameDay = day().format(fromMs) === day().format(toMs);
  const end = sameDay ? clock().format(toMs) : `${day().format(toMs)}, ${clock().format(toMs)}`;
  return `${day().format(fromMs)}, ${clock().format(fromMs)}–${end} ${formatZone(toMs)}`;
}
