// Moments as people read them: local time, as short as can be without doubt.

/** `14:03:22` today, `2026-11-20 14:03` on another day. */
export function formatMoment(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === new Date(nowMs).toDateString()) return `${time}:${two(at.getSeconds())}`;
  return `${formatDay(atMs)} ${time}`;
}

/** `2026-11-20`. */
export function formatDay(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
