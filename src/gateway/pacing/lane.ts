// What is known of a vendor's limits for one credential and model, and when the next call may go so that it stays below them.
// Where the vendor tells what is left, that is spread until more is there; where it tells nothing, the rate is cut when it turns
// us away and grows slowly again. Numbers only: no timers, no clock.
import type { VendorQuota } from "../../providers/index.ts";

/** Of a limit, what is left to others, and to what we do not know of. */
const MARGIN_SHARE = 0.05;
/** While more than this share is left, nothing is held back. */
const PLENTY_SHARE = 0.5;
/** What comes back later than this, as of a day, is not spread: it is used as calls come. */
const SPREAD_MS = 600_000;
/** So long it is believed that nothing is left; then one call asks. */
const BELIEVED_MS = 60_000;
const CUT_TO = 0.7;
/** In this time a rate that was cut grows by as much as it was cut to. */
const GROWTH_MS = 180_000;
/** Over these times what was answered is counted. */
const RECENT_MS = 60_000;
const JUST_NOW_MS = 3000;
/** A rate that was cut is forgotten after this. */
const FORGET_MS = 600_000;
const REST_FIRST_MS = 500;
const REST_MOST_MS = 10_000;
/** Turned away so often in a row, it is a window that is used up, rather than a rate that is too high. */
const WALL = 3;

export interface Cost {
  tokens: number;
}

interface Told extends VendorQuota {
  /** When all of it is there again. */
  resetAtMs: number;
  toldAtMs: number;
  /** All that was sent when the call was that this was told of. */
  sentBefore: number;
}

export interface Lane {
  readonly told: Map<VendorQuota["unit"], Told>;
  sentRequests: number;
  sentTokens: number;
  /** The last call that anything was told of. */
  toldOf: number;
  nextAtMs: number;
  restUntilMs: number;
  cut: { perMs: number; atMs: number } | undefined;
  /** Calls that were sent before it tell nothing new when they are turned away. */
  cutAt: number;
  turnedAwayInRow: number;
  turnedAway: number;
  /** Answered in the last minute or so, and the last seconds; they fade. */
  recent: number;
  justNow: number;
  fadedMs: number;
  /** Since the end of the last wall, or since calls come again. */
  spell: { sinceMs: number; answered: number };
  lastSentMs: number;
}

export function createLane(nowMs: number): Lane {
  return {
    told: new Map(),
    sentRequests: 0,
    sentTokens: 0,
    toldOf: 0,
    nextAtMs: nowMs,
    restUntilMs: nowMs,
    cut: undefined,
    cutAt: 0,
    turnedAwayInRow: 0,
    turnedAway: 0,
    recent: 0,
    justNow: 0,
    fadedMs: nowMs,
    spell: { sinceMs: nowMs, answered: 0 },
    lastSentMs: nowMs,
  };
}

/** Milliseconds until a call may go; 0: now. */
export function waitOf(lane: Lane, cost: Cost, nowMs: number): number {
  let waitMs = Math.max(0, lane.nextAtMs - nowMs, lane.restUntilMs - nowMs);
  for (const told of lane.told.values()) waitMs = Math.max(waitMs, wallOf(lane, told, { cost, nowMs }));
  return waitMs;
}

/** Calls a second as it goes now; null where nothing holds it back. */
export function rateOf(lane: Lane, nowMs: number): number | null {
  const gapMs = gapOf(lane, { tokens: 1 }, nowMs);
  return gapMs > 0 ? 1000 / gapMs : null;
}

/** 0 to 1: of the scarcest, what is left; 1 where nothing is known. */
export function roomIn(lane: Lane, nowMs: number): number {
  let room = 1;
  for (const told of lane.told.values())
    if (nowMs < told.resetAtMs && told.limit) room = Math.min(room, usableOf(lane, told) / told.limit);
  return room;
}

/** A call goes. Gives its number, by which what comes of it is told. */
export function noteSent(lane: Lane, { tokens }: Cost, nowMs: number): number {
  if (nowMs - lane.lastSentMs > RECENT_MS) lane.spell = { sinceMs: nowMs, answered: 0 };
  lane.lastSentMs = nowMs;
  lane.sentRequests += 1;
  lane.sentTokens += tokens;
  // Who goes against what is no longer believed goes alone.
  for (const told of lane.told.values()) if (nowMs - told.toldAtMs >= BELIEVED_MS) told.toldAtMs = nowMs;
  lane.nextAtMs = Math.max(nowMs, lane.nextAtMs) + gapOf(lane, { tokens }, nowMs);
  return lane.sentRequests;
}

export interface Heard {
  /** Of the call that was answered. */
  number: number;
  /** `sentTokens` when it was sent, with its own. */
  sentTokens: number;
  quotas: readonly VendorQuota[];
  nowMs: number;
}

/** A vendor said what is left. What was sent after that call is not in it. */
export function noteTold(lane: Lane, { number, sentTokens, quotas, nowMs }: Heard): void {
  if (number < lane.toldOf) return;
  lane.toldOf = number;
  for (const quota of quotas) {
    const sentBefore = quota.unit === "requests" ? number : sentTokens;
    lane.told.set(quota.unit, { ...quota, resetAtMs: nowMs + quota.resetMs, toldAtMs: nowMs, sentBefore });
  }
}

export function noteAnswered(lane: Lane, nowMs: number): void {
  fade(lane, nowMs);
  lane.recent += 1;
  lane.justNow += 1;
  if (lane.turnedAwayInRow >= WALL) endWall(lane, nowMs);
  lane.turnedAwayInRow = 0;
  lane.spell.answered += 1;
}

/** The vendor turned a call away, and asked for so long, or 0. */
export function noteTurnedAway(
  lane: Lane,
  { number, askedMs, nowMs }: { number: number; askedMs: number; nowMs: number },
): void {
  lane.turnedAway += 1;
  lane.restUntilMs = Math.max(lane.restUntilMs, nowMs + askedMs);
  if (number <= lane.cutAt) return;
  fade(lane, nowMs);
  lane.cutAt = lane.sentRequests;
  lane.turnedAwayInRow += 1;
  if (lane.turnedAwayInRow === 1) cutRate(lane, CUT_TO * lately(lane, nowMs), nowMs);
  if (askedMs > 0) return;
  const restMs = Math.min(REST_MOST_MS, REST_FIRST_MS * 2 ** (lane.turnedAwayInRow - 1));
  lane.restUntilMs = Math.max(lane.restUntilMs, nowMs + restMs);
}

/** From one such end to the next, what was answered is what the vendor takes in that time. */
function endWall(lane: Lane, nowMs: number): void {
  const { sinceMs, answered } = lane.spell;
  const taken = (1 - MARGIN_SHARE) * (answered / Math.max(1, nowMs - sinceMs));
  cutRate(lane, Math.max(taken, (lane.cut?.perMs ?? 0) / 2), nowMs);
  lane.spell = { sinceMs: nowMs, answered: 0 };
}

function cutRate(lane: Lane, perMs: number, nowMs: number): void {
  lane.cut = { perMs: Math.max(1 / REST_MOST_MS, perMs), atMs: nowMs };
}

/** Calls a millisecond: what is allowed, or as fast as they went. */
function lately(lane: Lane, nowMs: number): number {
  const answered = Math.max(lane.justNow / JUST_NOW_MS, lane.recent / RECENT_MS);
  return Math.min(cutRateOf(lane, nowMs) ?? Number.POSITIVE_INFINITY, answered);
}

function cutRateOf({ cut }: Lane, nowMs: number): number | undefined {
  if (!cut || nowMs - cut.atMs > FORGET_MS) return undefined;
  return cut.perMs * (1 + (nowMs - cut.atMs) / GROWTH_MS);
}

function fade(lane: Lane, nowMs: number): void {
  lane.recent *= Math.exp((lane.fadedMs - nowMs) / RECENT_MS);
  lane.justNow *= Math.exp((lane.fadedMs - nowMs) / JUST_NOW_MS);
  lane.fadedMs = nowMs;
}

interface Asking {
  cost: Cost;
  nowMs: number;
}

/** Nothing is left beyond the margin: until there is. */
function wallOf(lane: Lane, told: Told, { cost, nowMs }: Asking): number {
  const leftMs = told.resetAtMs - nowMs;
  const lacking = costIn(told, cost) - usableOf(lane, told);
  if (leftMs <= 0 || lacking <= 0 || nowMs - told.toldAtMs >= BELIEVED_MS) return 0;
  const comesBack = (told.limit ?? 0) - told.remaining;
  const backMs = told.isEven && comesBack > 0 ? Math.min(leftMs, (leftMs * lacking) / comesBack) : leftMs;
  return Math.min(backMs, told.toldAtMs + BELIEVED_MS - nowMs);
}

/** How long what a call takes is to last, so that what is left lasts until there is more. */
function gapOf(lane: Lane, cost: Cost, nowMs: number): number {
  const perMs = cutRateOf(lane, nowMs);
  let gapMs = perMs === undefined ? 0 : 1 / perMs;
  for (const told of lane.told.values()) {
    const usable = usableOf(lane, told);
    const isPlenty = told.limit !== null && usable >= PLENTY_SHARE * told.limit;
    const isNear = told.resetAtMs > nowMs && told.resetAtMs - nowMs <= SPREAD_MS;
    if (isNear && !isPlenty) gapMs = Math.max(gapMs, gapUnder(told, { usable, cost, nowMs }));
  }
  return gapMs;
}

/** Of what comes back evenly a little less is taken than does; of a window what is left is spread; of an empty one all waits. */
function gapUnder(told: Told, { usable, cost, nowMs }: Asking & { usable: number }): number {
  const leftMs = told.resetAtMs - nowMs;
  const amount = costIn(told, cost);
  const comesBack = (told.limit ?? 0) - told.remaining;
  if (told.isEven && comesBack > 0) return ((1 + MARGIN_SHARE) * leftMs * amount) / comesBack;
  return usable >= amount ? (leftMs * amount) / usable : 0;
}

/** What was told, without what was sent since and the margin. */
function usableOf({ sentRequests, sentTokens }: Lane, { unit, remaining, limit, sentBefore }: Told): number {
  const sent = unit === "requests" ? sentRequests : sentTokens;
  return remaining - (sent - sentBefore) - Math.floor(MARGIN_SHARE * (limit ?? 0));
}

/** A call that is larger than the whole limit is let go all the same when it is full: the vendor knows better. */
function costIn({ unit, limit }: Told, { tokens }: Cost): number {
  if (unit === "requests") return 1;
  return limit === null ? tokens : Math.min(tokens, limit - Math.floor(MARGIN_SHARE * limit));
}
