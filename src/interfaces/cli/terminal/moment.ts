// Moments as people read them: local time, as short as can be without doubt.

/** `14:03:22` today, `2026-11-20 14:03` on another day. */
export function formatMoment(atMs: number, nowMs: number): string {
  const [day, time] = [formatDay(atMs), formatTime(atMs)];
  return day === formatDay(nowMs) ? time : `${day} ${time.slice(0, -3)}`;
}

/** `2026-11-20 14:03:22`. */
export function formatExactly(atMs: number): string {
  return `${formatDay(atMs)} ${formatTime(atMs)}`;
}

/** `2026-11-20`. */
export function formatDay(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function formatTime(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
