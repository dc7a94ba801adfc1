// Points in time as text, in the reader's own time zone, which is always said beside them.
import { onFirstUse } from "./on-first-use.ts";

const clock = onFirstUse(
  () => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
);
const day = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" }));
const full = onFirstUse(() => new Intl.DateTimeFormat("en-GB", { dateStyle: "full" }));

/** `14:02:11`. */
export function formatClock(ms: number): string {
  return clock().format(ms);
}

/** `14:02:11.042`. */
export function formatClockMs(ms: number): string {
  return `${clock().format(ms)}.${String(new Date(ms).getMilliseconds()).padStart(3, "0")}`;
}

/** `22 Sep`, or null when it is the same day as `nowMs`. */
export function formatOtherDay(ms: number, nowMs: number): string | null {
  const text = day().format(ms);
  return text === day().format(nowMs) ? null : text;
}

/** `Tuesday, 22 September 2026`. */
export function formatDate(ms: number): string {
  return full().format(ms);
}

/** `UTC+02:00`, as it held at that moment. */
export function formatZone(ms: number): string {
  const minutes = -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
