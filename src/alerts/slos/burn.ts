// How fast an error budget burns, and when that is fast enough to wake somebody. Pure. The windows and shares are those of
// the SRE Workbook, chapter 5, table 5-8.
import quantile from "@stdlib/stats-base-dists-normal-quantile";

export interface Counts {
  good: number;
  bad: number;
}

/** A part of 1: of 99.9 %, 0.001. */
export function allowedOf({ target }: { target: number }): number {
  return (100 - target) / 100;
}

/** 1 spends the whole budget in exactly the window of the objective. 0 where nothing happened. */
export function burnOf(objective: { target: number }, { good, bad }: Counts): number {
  const total = good + bad;
  return total === 0 ? 0 : bad / total / allowedOf(objective);
}

/** What is left of the error budget, as a part of 1; below 0 where more was spent than there was. */
export function budgetLeft(objective: { target: number }, counts: Counts): number {
  return 1 - burnOf(objective, counts);
}

/** The lower end of what the true share of bad events may be, after Wilson, one-sided. With confidence 0 the share itself. */
export function leastShare({ good, bad }: Counts, confidence: number): number {
  const total = good + bad;
  if (total === 0) return 0;
  const share = bad / total;
  if (confidence === 0) return share;
  const z = quantile(confidence, 0, 1);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return Math.max(0, (share + (z * z) / (2 * total) - spread) / (1 + (z * z) / total));
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface BurnWindow {
  burn: "page" | "ticket";
  longMs: number;
  shortMs: number;
  /** Of the budget, that the long window may spend. */
  share: number;
}

export const burnWindows: readonly BurnWindow[] = [
  { burn: "page", longMs: HOUR_MS, shortMs: 5 * MINUTE_MS, share: 0.02 },
  { burn: "page", longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS, share: 0.05 },
  { burn: "ticket", longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS, share: 0.1 },
];

/** For 30 days: 14.4, 6 and 1. */
export function factorOf({ share, longMs }: BurnWindow, windowMs: number): number {
  return (share * windowMs) / longMs;
}

export interface Judged {
  target: number;
  /** Of the objective. */
  window: number;
  min_events: number;
  confidence: number;
}

export interface BurnReading {
  burn: BurnWindow["burn"];
  long_ms: number;
  short_ms: number;
  factor: number;
  long_burn: number;
  short_burn: number;
  long_events: number;
  burning: boolean;
}

/**
 * Both windows must burn faster than the factor: the long one so that it matters, the short one so that it ends soon after
 * the trouble does. Of the long one the lower bound counts, so that a few bad calls of few are not an outage.
 */
export function readBurn(objective: Judged, window: BurnWindow, counts: { long: Counts; short: Counts }): BurnReading {
  const factor = factorOf(window, objective.window);
  const events = counts.long.good + counts.long.bad;
  const [long, short] = [burnOf(objective, counts.long), burnOf(objective, counts.short)];
  const least = leastShare(counts.long, objective.confidence) / allowedOf(objective);
  return {
    burn: window.burn,
    long_ms: window.longMs,
    short_ms: window.shortMs,
    factor,
    long_burn: long,
    short_burn: short,
    long_events: events,
    burning: events >= objective.min_events && least > factor && short > factor,
  };
}

/** When the budget is used up if it goes on as in the last hours; null where it does not burn, or is used up already. */
export function exhaustedAt(
  objective: { target: number; window: number },
  { left, burn, nowMs }: { left: number; burn: number; nowMs: number },
): number | null {
  if (left <= 0 || burn <= 0) return null;
  return Math.round(nowMs + (left * objective.window) / burn);
}
