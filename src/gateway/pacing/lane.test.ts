// Lanes against vendors whose limits they do not know, with clocks of our own: how many calls are turned away, and how much of
// what the vendor would take is used.
import { describe, expect, test } from "bun:test";
import type { VendorQuota } from "../../providers/index.ts";
import { createLane, noteAnswered, noteSent, noteTold, noteTurnedAway, rateOf, roomIn, waitOf } from "./lane.ts";

const CALL = { tokens: 100 };

interface SimulatedVendor {
  /** Whether it takes the call; and what it tells. */
  ask(nowMs: number): { isTaken: boolean; quotas: VendorQuota[]; askedMs: number };
}

/** A window on its own clock, a minute long; all of it is there again when it begins. */
function windowed(
  limit: number,
  tells: { quotas?: boolean; retryAfter?: boolean } = {},
  windowMs = 60_000,
): SimulatedVendor {
  let [minute, used] = [0, 0];
  return {
    ask(nowMs) {
      if (Math.floor(nowMs / windowMs) > minute) [minute, used] = [Math.floor(nowMs / windowMs), 0];
      const isTaken = used < limit;
      if (isTaken) used += 1;
      const resetMs = (minute + 1) * windowMs - nowMs;
      const quota = { unit: "requests", limit, remaining: limit - used, resetMs, isEven: false } as const;
      return { isTaken, quotas: tells.quotas ? [quota] : [], askedMs: !isTaken && tells.retryAfter ? resetMs : 0 };
    },
  };
}

function bucket(limit: number, perMs: number, tells: { quotas?: boolean } = {}): SimulatedVendor {
  let [level, atMs] = [limit, 0];
  return {
    ask(nowMs) {
      level = Math.min(limit, level + (nowMs - atMs) * perMs);
      atMs = nowMs;
      const isTaken = level >= 1;
      if (isTaken) level -= 1;
      const remaining = Math.floor(level);
      const resetMs = (limit - level) / perMs;
      return {
        isTaken,
        quotas: tells.quotas ? [{ unit: "requests", limit, remaining, resetMs, isEven: true }] : [],
        askedMs: 0,
      };
    },
  };
}

/** More calls than the vendor takes, for `minutes`; each is answered `LATENCY_MS` later. */
function drive(vendor: SimulatedVendor, { minutes, perSecond }: { minutes: number; perSecond: number }) {
  const lane = createLane(0);
  const answers: { atMs: number; tell(): void }[] = [];
  const counts = { taken: 0, turnedAway: 0 };
  let waiting = 0;
  for (let nowMs = 0; nowMs < minutes * 60_000; nowMs += 10) {
    while (answers[0] && answers[0].atMs <= nowMs) answers.shift()?.tell();
    waiting = Math.min(50, waiting + perSecond / 100);
    while (waiting >= 1 && waitOf(lane, CALL, nowMs) === 0) {
      waiting -= 1;
      const number = noteSent(lane, CALL, nowMs);
      const { isTaken, quotas, askedMs } = vendor.ask(nowMs);
      if (isTaken) counts.taken += 1;
      else counts.turnedAway += 1;
      const atMs = nowMs + LATENCY_MS;
      const tell = (): void => {
        noteTold(lane, { number, sentTokens: number * CALL.tokens, quotas, nowMs: atMs });
        if (isTaken) noteAnswered(lane, atMs);
        else noteTurnedAway(lane, { number, askedMs, nowMs: atMs });
      };
      answers.push({ atMs, tell });
    }
  }
  return { ...counts, shareTurnedAway: counts.turnedAway / (counts.taken + counts.turnedAway), lane };
}

const LATENCY_MS = 100;

describe("a vendor that tells what is left", () => {
  test.each([
    ["of a window", windowed(60, { quotas: true }), 60],
    ["of a large window", windowed(600, { quotas: true }), 600],
    ["of a bucket", bucket(60, 60 / 60_000, { quotas: true }), 60],
    ["of a small bucket", bucket(10, 10 / 1000, { quotas: true }), 600],
  ] as const)("%s turns nothing away, and most of it is used", (_, vendor, perMinute) => {
    const { taken, turnedAway } = drive(vendor, { minutes: 10, perSecond: (perMinute / 60) * 4 });
    expect(turnedAway).toBe(0);
    expect(taken / (10 * perMinute)).toBeGreaterThan(0.85);
  });

  test("is not held back while there is plenty", () => {
    const { lane, taken } = drive(windowed(6000, { quotas: true }), { minutes: 2, perSecond: 10 });
    expect(taken).toBeGreaterThan(1195);
    expect(rateOf(lane, 120_000)).toBeNull();
    expect(roomIn(lane, 119_900)).toBeGreaterThan(0.5);
  });
});

describe("a vendor that tells nothing", () => {
  test.each([
    ["with a window", windowed(60), 60],
    ["with a short window", windowed(50, {}, 5000), 600],
    ["with a window and retry-after", windowed(60, { retryAfter: true }), 60],
    ["with a bucket", bucket(60, 60 / 60_000), 60],
    ["with calls a second", bucket(5, 5 / 1000), 300],
  ] as const)("%s turns away few, and most of it is used", (_, vendor, perMinute) => {
    const { taken, shareTurnedAway } = drive(vendor, { minutes: 20, perSecond: (perMinute / 60) * 4 });
    expect(shareTurnedAway).toBeLessThan(0.06);
    expect(taken / (20 * perMinute)).toBeGreaterThan(0.75);
  });

  test("is asked as fast as before long after it turned calls away", () => {
    const lane = createLane(0);
    for (let call = 1; call <= 20; call += 1) noteSent(lane, CALL, call);
    noteTurnedAway(lane, { number: 20, askedMs: 0, nowMs: 100 });
    expect(rateOf(lane, 100)).not.toBeNull();
    expect(rateOf(lane, 700_000)).toBeNull();
  });
});

describe("what is left of a day", () => {
  const ofDay = (remaining: number, resetMs = 36_000_000): VendorQuota[] => [
    { unit: "requests", limit: 1000, remaining, resetMs, isEven: false },
  ];

  test("is used as calls come", () => {
    const lane = createLane(0);
    noteTold(lane, { number: noteSent(lane, CALL, 0), sentTokens: 100, quotas: ofDay(300), nowMs: 10 });
    for (let call = 0; call < 200; call += 1) {
      expect(waitOf(lane, CALL, 10)).toBe(0);
      noteSent(lane, CALL, 10);
    }
  });

  test("is asked for once a minute when it is said to be nothing, so that nonsense is not believed for long", () => {
    const lane = createLane(0);
    noteTold(lane, { number: noteSent(lane, CALL, 0), sentTokens: 100, quotas: ofDay(0, 1e12), nowMs: 10 });
    expect(waitOf(lane, CALL, 20)).toBe(59_990);
    expect(waitOf(lane, CALL, 60_010)).toBe(0);
    noteSent(lane, CALL, 60_010);
    expect(waitOf(lane, CALL, 60_020)).toBe(59_990);
  });
});

test("calls that were under way when one was turned away do not cut the rate again", () => {
  const lane = createLane(0);
  const numbers = Array.from({ length: 10 }, (_, at) => noteSent(lane, CALL, at * 100));
  for (const _ of numbers) noteAnswered(lane, 1000);
  noteTurnedAway(lane, { number: 5, askedMs: 0, nowMs: 1000 });
  const rate = rateOf(lane, 1000);
  for (const number of numbers) noteTurnedAway(lane, { number, askedMs: 0, nowMs: 1000 });
  expect(rateOf(lane, 1000)).toBe(rate);
  expect(lane.turnedAway).toBe(11);
});

test("what is told of an older call than the last is not believed, and what was sent since is counted", () => {
  const lane = createLane(0);
  const told = (remaining: number) => [
    { unit: "requests", limit: null, remaining, resetMs: 60_000, isEven: false } as const,
  ];
  for (let call = 0; call < 5; call += 1) noteSent(lane, CALL, 0);
  noteTold(lane, { number: 3, sentTokens: 300, quotas: told(3), nowMs: 10 });
  noteTold(lane, { number: 2, sentTokens: 200, quotas: told(400), nowMs: 10 });
  // Two went after the third, so one is left.
  expect(waitOf(lane, CALL, 10)).toBe(0);
  noteSent(lane, CALL, 10);
  expect(waitOf(lane, CALL, 20)).toBe(59_990);
});
