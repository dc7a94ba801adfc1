// How long there is until silence decides, as a reader counts it.

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `43 s`, `12 min`, `5 h 20 min`, `2 d 3 h`; null once it is over. */
export function formatLeft(leftMs: number): string | null {
  if (leftMs <= 0) return null;
  if (leftMs < minuteMs) return `${Math.ceil(leftMs / 1000)} s`;
  if (leftMs < hourMs) return `${Math.floor(leftMs / minuteMs)} min`;
  if (leftMs < dayMs) return both(leftMs, [hourMs, "h"], [minuteMs, "min"]);
  return both(leftMs, [dayMs, "d"], [hourMs, "h"]);
}

function both(ms: number, [large, largeUnit]: [number, string], [small, smallUnit]: [number, string]): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeUnit}${rest === 0 ? "" : ` ${rest} ${smallUnit}`}`;
}

/** Under an hour, somebody should look now. */
export const isUrgent = (leftMs: number): boolean => leftMs < hourMs;

/** Of the time that there was, how much is left: 0 to 1. */
export function shareLeft(
  { created_at_ms: from, deadline_ms: to }: { created_at_ms: number; deadline_ms: number },
  nowMs: number,
): number {
  return to <= from ? 0 : Math.min(1, Math.max(0, (to - nowMs) / (to - from)));
}
