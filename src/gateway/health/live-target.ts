// The numbers that are kept of one target while calls go to it, each made once and then only changed: counts that fade, and
// times in which a slow answer shows at once. What follows from them is breaker.ts's and health.ts's business.
import type { openedWhys } from "../contract.ts";

export type OpenedWhy = (typeof openedWhys)[number];

export interface LiveTarget {
  readonly id: string;
  inFlight: number;
  /** When an attempt began last. */
  usedMs: number;
  /** Attempts begun, and those of them that were repeated within one call. These and the next two fade. */
  tries: number;
  retries: number;
  /** Attempts that ended in a way that tells of the target, and those in which it failed. */
  ended: number;
  faults: number;
  /** Failures since the last answer; forgotten when the last one is a window old. */
  faultsInRow: number;
  lastFaultMs: number;
  turnedAwayInRow: number;
  /** Up to when they have faded. */
  fadedMs: number;
  /** NaN before the first. */
  firstTokenMs: number;
  firstTokenAtMs: number;
  perTokenMs: number;
  perTokenAtMs: number;
  /** 0: the breaker is closed. Else it lets nobody through until then. */
  restUntilMs: number;
  /** How long the last rest was meant to be; 0 when the target has proved itself since. */
  restMs: number;
  /** Until then nobody else tries whether it is back. */
  probeUntilMs: number;
  /** Since when, and why, the breaker has not been closed; null while it is. */
  opened: { atMs: number; why: OpenedWhy } | null;
}

export function createLiveTarget(id: string, nowMs: number): LiveTarget {
  return {
    id,
    inFlight: 0,
    usedMs: nowMs,
    tries: 0,
    retries: 0,
    ended: 0,
    faults: 0,
    faultsInRow: 0,
    lastFaultMs: nowMs,
    turnedAwayInRow: 0,
    fadedMs: nowMs,
    firstTokenMs: Number.NaN,
    firstTokenAtMs: nowMs,
    perTokenMs: Number.NaN,
    perTokenAtMs: nowMs,
    restUntilMs: 0,
    restMs: 0,
    probeUntilMs: 0,
    opened: null,
  };
}

/** Lets the counts fade to what they are worth now: to 37 % over a window. */
export function fade(live: LiveTarget, nowMs: number, windowMs: number): void {
  const passedMs = nowMs - live.fadedMs;
  if (passedMs <= 0) return;
  const kept = Math.exp(-passedMs / windowMs);
  live.tries *= kept;
  live.retries *= kept;
  live.ended *= kept;
  live.faults *= kept;
  live.fadedMs = nowMs;
}

export function noteFirstToken(live: LiveTarget, sampleMs: number, { nowMs, windowMs }: Moment): void {
  live.firstTokenMs = peak(live.firstTokenMs, sampleMs, Math.exp((live.firstTokenAtMs - nowMs) / windowMs));
  live.firstTokenAtMs = nowMs;
}

export function notePerToken(live: LiveTarget, sampleMs: number, { nowMs, windowMs }: Moment): void {
  live.perTokenMs = peak(live.perTokenMs, sampleMs, Math.exp((live.perTokenAtMs - nowMs) / windowMs));
  live.perTokenAtMs = nowMs;
}

export interface Moment {
  nowMs: number;
  windowMs: number;
}

// Peak-EWMA, as in Finagle: bad news counts whole and at once, good news little by little.
function peak(before: number, sample: number, kept: number): number {
  return sample < before ? before * kept + sample * (1 - kept) : sample;
}

/**
 * A time as it is believed now, null without any. What nobody has looked at for long is believed less and less, so that a
 * target that was slow once is tried again.
 */
export function believed(valueMs: number, atMs: number, { nowMs, windowMs }: Moment): number | null {
  return Number.isNaN(valueMs) ? null : valueMs * Math.exp((atMs - nowMs) / (FORGETTING_WINDOWS * windowMs));
}

const FORGETTING_WINDOWS = 4;
