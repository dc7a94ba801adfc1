// The stretch of time that a page is about: as it stands in its address, and as moments.

export const ranges = ["1h", "24h", "7d", "30d", "custom"] as const;

export interface TimeRangeValue {
  range: (typeof ranges)[number];
  /** Milliseconds; only with `custom`. */
  from?: number | undefined;
  to?: number | undefined;
}

export interface Stretch {
  fromMs: number;
  toMs: number;
}

const hourMs = 3_600_000;
const lengthMs = { "1h": hourMs, "24h": 24 * hourMs, "7d": 7 * 24 * hourMs, "30d": 30 * 24 * hourMs };

/** A custom range that lacks an end reaches to now; one that lacks its beginning is a day long. */
export function rangeToMs({ range, from, to }: TimeRangeValue, nowMs: number): Stretch {
  if (range !== "custom") return { fromMs: nowMs - lengthMs[range], toMs: nowMs };
  const toMs = to ?? nowMs;
  const fromMs = from ?? toMs - lengthMs["24h"];
  return fromMs <= toMs ? { fromMs, toMs } : { fromMs: toMs, toMs: fromMs };
}

/** For `<input type=datetime-local>`, which speaks the reader's own time without saying so. */
export function localFromMs(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Null for what is no moment. */
export function msFromLocal(text: string): number | null {
  const ms = new Date(text).getTime();
  return text === "" || Number.isNaN(ms) ? null : ms;
}
