// Windows of time: calendar ones for money, sliding ones for rates.
import type { Budget, Limit } from "./config.ts";

export interface Window {
  startsAtMs: number;
  endsAtMs: number;
  /** Slices that began later than this count together. */
  countsAfterMs: number;
  /** As long as it counts, or people may ask for it. */
  keptUntilMs: number;
}

const DAY_MS = 86_400_000;
/** How long the spending of days, weeks and months that are over is kept. */
const HISTORY_MS = 400 * DAY_MS;
/** The end of what has none: as late as a Date can be, a history before it. */
const FOREVER_MS = 8.64e15 - HISTORY_MS;
/** Of a sliding window. Up to one slice more than the window counts, so no stretch of that length ever holds more than the cap. */
const SLICES = 12;
export const LENGTHS_MS: Record<Limit["every"], number> = { minute: 60_000, hour: 3_600_000, day: DAY_MS };

export function calendarWindow(every: Budget["every"], nowMs: number): Window {
  const { startsAtMs, endsAtMs } = boundsOf(every, nowMs);
  return { startsAtMs, endsAtMs, countsAfterMs: startsAtMs - 1, keptUntilMs: endsAtMs + HISTORY_MS };
}

function boundsOf(every: Budget["every"], nowMs: number): { startsAtMs: number; endsAtMs: number } {
  const day = Math.floor(nowMs / DAY_MS) * DAY_MS;
  switch (every) {
    case "ever":
      return { startsAtMs: 0, endsAtMs: FOREVER_MS };
    case "day":
      return { startsAtMs: day, endsAtMs: day + DAY_MS };
    case "week": {
      // 1970 began on a Thursday.
      const monday = day - ((day / DAY_MS + 3) % 7) * DAY_MS;
      return { startsAtMs: monday, endsAtMs: monday + 7 * DAY_MS };
    }
    case "month": {
      const now = new Date(nowMs);
      const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
      return { startsAtMs: Date.UTC(year, month), endsAtMs: Date.UTC(year, month + 1) };
    }
  }
}

export function slidingWindow(every: Limit["every"], nowMs: number): Window {
  const length = LENGTHS_MS[every];
  const slice = length / SLICES;
  const startsAtMs = Math.floor(nowMs / slice) * slice;
  const endsAtMs = startsAtMs + slice;
  return { startsAtMs, endsAtMs, countsAfterMs: startsAtMs - length - 1, keptUntilMs: endsAtMs + 2 * length };
}

export const noWindow: Window = {
  startsAtMs: 0,
  endsAtMs: FOREVER_MS,
  countsAfterMs: -1,
  keptUntilMs: FOREVER_MS,
};
