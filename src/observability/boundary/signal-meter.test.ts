// When a signal counts as crossed, and when not any more, with a clock of our own.
import { beforeEach, describe, expect, test } from "bun:test";
import { createSignalMeter, type SignalMeter } from "./signal-meter.ts";

let clockMs = 0;
let meter: SignalMeter;

beforeEach(() => {
  clockMs = 1_000_000;
  meter = createSignalMeter(
    { signal: "records", boundMs: 3000, isSampled: true, windowMs: 300_000, recoverAfterMs: 2000, idleAfterMs: 60_000 },
    { nowMs: () => clockMs, monotonicMs: () => clockMs },
  );
});

/** Half a second goes by. */
function look(oldestMs: number | null) {
  clockMs += 500;
  return meter.look(oldestMs);
}

describe("a signal", () => {
  test("is idle while nothing happens: neither on time nor late", () => {
    for (let each = 0; each < 1000; each += 1) expect(look(null)).toBeUndefined();
    expect(meter.view()).toMatchObject({ state: "idle", lag_ms: null, p50_ms: null, samples: 0 });
  });

  test("becomes idle again some time after the last event", () => {
    meter.note(5);
    look(null);
    expect(meter.view()).toMatchObject({ state: "within", lag_ms: 5 });
    clockMs += 60_001;
    expect(meter.view()).toMatchObject({ state: "idle", lag_ms: null });
  });

  test("grows while what waits gets older, is crossed at its bound, and says since when", () => {
    const changes = [500, 1500, 2500, 3500, 4500].map((age) => look(age));
    expect(changes.map((change) => change?.state)).toEqual([undefined, undefined, undefined, "crossed", undefined]);
    expect(changes[3]).toMatchObject({ signal: "records", lag_ms: 3500, bound_ms: 3000, at_ms: 1_002_000 });
    expect(meter.view()).toMatchObject({ state: "crossed", lag_ms: 4500, crossed_since_ms: 1_002_000 });
  });

  test("is within again once it has kept its bound for a while, and not with the first good look", () => {
    look(4000);
    expect([look(100), look(100), look(100)].map((change) => change?.state)).toEqual([undefined, undefined, undefined]);
    expect(look(100)).toMatchObject({ state: "within" });
    expect(meter.view()).toMatchObject({ state: "within", crossed_since_ms: null, crossed_times: 1 });
  });

  test("that swings about its bound is crossed once", () => {
    const changes = Array.from({ length: 20 }, (_, index) => look(index % 2 === 0 ? 3500 : 2500)).filter(Boolean);
    expect(changes).toHaveLength(1);
  });

  test("is crossed by one event that took too long, though none waits, and recovers when no more come", () => {
    meter.note(5000);
    expect(look(null)?.state).toBe("crossed");
    const later = Array.from({ length: 6 }, () => look(null)?.state);
    expect(later.filter(Boolean)).toEqual(["within"]);
  });

  test("stays crossed however long it lasts, and is not idle meanwhile", () => {
    look(4000);
    for (let each = 0; each < 1000; each += 1) look(4000 + each * 500);
    expect(meter.view().state).toBe("crossed");
  });

  test("tells of each minute what was in it, and how much of it was crossed", () => {
    look(4000);
    look(4500);
    look(5000);
    const minute = meter.takeMinute();
    expect(minute).toMatchObject({ samples: 3, max_ms: 5000, crossed_ms: 1000 });
    expect(meter.takeMinute()).toMatchObject({ samples: 0, max_ms: null, crossed_ms: 0 });
  });
});
