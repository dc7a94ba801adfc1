// How targets are seen to do, with a clock and dice of our own.
import { beforeEach, describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { healthSchema } from "./config.ts";
import { createHealth, type Health } from "./health.ts";
import type { Verdict } from "./verdict.ts";

const credentials = createCredentialPool([noCredential]);
// Health looks at a target's id and its credentials only.
const targetNamed = (id: string) => ({ id, vendor: { credentials } }) as Target;
const target = targetNamed("a/one");

let clockMs = 0;
let health: Health;
function renew(config: object = {}): void {
  clockMs = 1000;
  health = createHealth(healthSchema.parse(config), createWorld({ monotonicMs: () => clockMs, random: () => 0.5 }));
}
beforeEach(() => renew());

function attempts(count: number, verdict: Verdict): void {
  for (let each = 0; each < count; each += 1) health.end(health.begin(target), verdict);
}
const breaker = () => health.stateOf(target).breaker;

describe("the breaker", () => {
  test("opens after failures in a row, however well all went before, and lets nobody through", () => {
    attempts(1000, "answered");
    attempts(4, "fault");
    expect(breaker()).toBe("closed");
    clockMs += 1000;
    attempts(1, "fault");
    expect(breaker()).toBe("open");
    expect(health.admits(target)).toBe(false);
    expect(health.restOf([target])).toBe(5000);
  });

  test("stays closed when failures are few among many, or far apart", () => {
    for (let round = 0; round < 100; round += 1) {
      attempts(4, "fault");
      attempts(5, "answered");
    }
    expect(breaker()).toBe("closed");
    renew();
    for (let fault = 0; fault < 50; fault += 1) {
      attempts(1, "fault");
      clockMs += 30_001;
    }
    expect(breaker()).toBe("closed");
  });

  test("opens when half of all fails, if not in a row", () => {
    for (let round = 0; round < 4; round += 1) {
      attempts(1, "answered");
      attempts(1, "fault");
    }
    expect(breaker()).toBe("closed");
    attempts(1, "answered");
    attempts(1, "fault");
    expect(breaker()).toBe("open");
  });

  test("counts neither callers who hang up nor requests that are refused", () => {
    attempts(100, "nothing");
    attempts(4, "fault");
    attempts(6, "answered");
    attempts(1, "fault");
    expect(breaker()).toBe("closed");
    expect(health.stateOf(target).failureShare).toBeCloseTo(5 / 11);
  });

  test("lets one call try after its rest, and closes for all when that is answered", () => {
    attempts(5, "fault");
    clockMs += 5000;
    expect(breaker()).toBe("half_open");
    const probe = health.begin(target);
    expect(breaker()).toBe("open");
    expect(health.admits(target)).toBe(false);
    health.end(probe, "answered");
    expect(breaker()).toBe("closed");
    expect(health.stateOf(target).failureShare).toBe(0);
  });

  test("rests twice as long with each try that fails, up to its bound", () => {
    attempts(5, "fault");
    const rests: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      rests.push(health.restOf([target]));
      clockMs += health.restOf([target]);
      attempts(1, "fault");
    }
    expect(rests).toEqual([5000, 10_000, 20_000, 30_000, 30_000, 30_000]);
  });

  test("lets another try when the first told nothing, or never ends", () => {
    attempts(5, "fault");
    clockMs += 5000;
    attempts(1, "nothing");
    expect(breaker()).toBe("half_open");
    health.begin(target);
    expect(breaker()).toBe("open");
    clockMs += 5000;
    expect(breaker()).toBe("half_open");
  });

  test("closes at the first token, but opens again at one failure until something came whole", () => {
    attempts(5, "fault");
    clockMs += 5000;
    const probe = health.begin(target);
    health.heard(probe, 10);
    expect(breaker()).toBe("closed");
    health.end(probe, "fault");
    expect(breaker()).toBe("open");
    expect(health.restOf([target])).toBe(10_000);
    clockMs += 10_000;
    attempts(2, "answered");
    attempts(2, "fault");
    expect(breaker()).toBe("closed");
  });

  test("opens when a target keeps turning us away, for as long as it asks and no longer each time", () => {
    const turnAway = (): void => health.end(health.begin(target), "turned_away", 2000);
    for (let each = 0; each < 4; each += 1) turnAway();
    expect(breaker()).toBe("closed");
    for (let each = 0; each < 3; each += 1) {
      turnAway();
      expect(health.restOf([target])).toBe(2000);
      clockMs += 2000;
      expect(breaker()).toBe("half_open");
    }
    attempts(1, "answered");
    expect(health.stateOf(target)).toMatchObject({ breaker: "closed", failureShare: 0 });
  });

  test("is not moved by what was under way when it opened", () => {
    const [early, late] = [health.begin(target), health.begin(target)];
    attempts(5, "fault");
    health.end(early, "answered");
    health.end(late, "fault");
    expect(breaker()).toBe("open");
    expect(health.restOf([target])).toBe(5000);
  });

  test("can be switched off", () => {
    renew({ breaker_failures: 0 });
    attempts(100, "fault");
    expect(breaker()).toBe("closed");
  });
});

describe("what is known of a target", () => {
  test("is nothing before the first attempt, but whether its credentials rest", () => {
    const tired = createCredentialPool([noCredential]);
    tired.rest(noCredential, 2000);
    const unseen = { id: "b/two", vendor: { credentials: tired } } as Target;
    expect(health.stateOf(unseen)).toMatchObject({ breaker: "closed", firstTokenMs: null, hasReadyCredential: false });
    expect(health.stateOf(target).hasReadyCredential).toBe(true);
  });

  test("is what is under way, until it has ended in whatever way and however often that is said", () => {
    const trial = health.begin(target);
    health.begin(target);
    expect(health.stateOf(target).inFlight).toBe(2);
    health.end(trial, "nothing");
    health.end(trial, "fault");
    expect(health.stateOf(target)).toMatchObject({ inFlight: 1, failureShare: 0 });
  });

  test("is how slow it is: bad news at once, good news little by little, old news less and less", () => {
    const hear = (ms: number): void => health.heard(health.begin(target), ms);
    const firstToken = () => Math.round(health.stateOf(target).firstTokenMs ?? -1);
    hear(100);
    hear(900);
    expect(firstToken()).toBe(900);
    clockMs += 30_000;
    hear(100);
    expect(firstToken()).toBe(Math.round(900 / Math.E + 100 * (1 - 1 / Math.E)));
    const before = firstToken();
    clockMs += 120_000;
    expect(firstToken()).toBe(Math.round(before / Math.E));
    health.notePace(health.begin(target), 12);
    expect(health.stateOf(target).perTokenMs).toBe(12);
    health.noteWhole(health.begin(target), 1700, 101);
    expect(firstToken()).toBe(500);
  });

  test("is forgotten when more targets are used than are kept in mind", () => {
    renew({ targets_max: 2 });
    attempts(5, "fault");
    for (const id of ["b/two", "c/three"]) health.end(health.begin(targetNamed(id)), "answered");
    expect(breaker()).toBe("closed");
  });
});

describe("repeated tries", () => {
  test("are a tenth of the first ones, and a few", () => {
    attempts(100, "answered");
    let allowed = 0;
    for (; health.takeRetry(target); allowed += 1) attempts(1, "answered");
    expect(allowed).toBe(13);
  });

  test("never add up to more than that while everything fails", () => {
    renew({ breaker_failures: 0, retry_floor: 0 });
    let tries = 0;
    for (let call = 0; call < 1000; call += 1) {
      attempts(1, "fault");
      tries += 1;
      while (health.takeRetry(target)) {
        attempts(1, "fault");
        tries += 1;
      }
      clockMs += 10;
    }
    expect(tries).toBeGreaterThan(1080);
    expect(tries).toBeLessThanOrEqual(1100);
  });
});

describe("what people are told", () => {
  test("has who is left alone, since when and why, and when it is tried again", () => {
    attempts(4, "fault");
    expect(health.view(target)).toMatchObject({ breaker: "closed", why: null, failure_share: 1, open_for_ms: null });
    attempts(1, "fault");
    clockMs += 2000;
    const open = { breaker: "open", why: "failures_in_row", open_for_ms: 2000, rests_for_ms: 3000, idle_for_ms: 2000 };
    expect(health.view(target)).toMatchObject(open);
    clockMs += 3000;
    expect(health.view(target)).toMatchObject({ breaker: "half_open", open_for_ms: 5000, rests_for_ms: 0 });
    attempts(1, "fault");
    expect(health.view(target)).toMatchObject({ breaker: "open", why: "failures_in_row", open_for_ms: 5000 });
    clockMs += 10_000;
    attempts(1, "answered");
    expect(health.view(target)).toMatchObject({ breaker: "closed", why: null, on_probation: false });
  });

  test("tells of a vendor that turns calls away, and of one that was never asked", () => {
    attempts(5, "turned_away");
    expect(health.view(target)).toMatchObject({ breaker: "open", why: "turned_away", failure_share: null });
    expect(health.known()).toEqual(["a/one"]);
    const fresh = { breaker: "closed", why: null, idle_for_ms: null, failure_share: null, first_token_ms: null };
    expect(health.view(targetNamed("a/two"))).toMatchObject(fresh);
    expect(health.known()).toEqual(["a/one"]);
  });
});
