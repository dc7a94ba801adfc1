// The retry policy: a plan, the error of one attempt, and what is done next.
import { beforeEach, describe, expect, test } from "bun:test";
import { AppError, createWorld, type Retry } from "../../kernel/index.ts";
import { createCredentialPool, noCredential, type Target } from "../../providers/index.ts";
import { gatewayConfigSchema } from "../config.ts";
import { createHealth } from "./health.ts";
import type { PlannedAttempt } from "../routing/plan-shape.ts";
import { type RetryDeps, waitBeforeNext } from "./wait-before-next.ts";

const credentials = createCredentialPool([noCredential]);
// The policy looks at a target's id and its credentials only.
const attempt = (id: string, pool = credentials): PlannedAttempt => ({
  target: { id, vendor: { credentials: pool } } as Target,
  reason: "",
});
const plan = (...ids: string[]) => ids.map((id) => attempt(id));

function failure(retry: Retry, params: Record<string, unknown> = {}, code = "providers.vendor_failed"): AppError {
  return new AppError({ code, status: 500, retry, message: "", fix: "", params });
}
const denied = failure("now", {}, "providers.vendor_denied");

let deps: RetryDeps;
beforeEach(() => {
  const config = gatewayConfigSchema.parse({ backoff_base: 100, backoff_max: 1000 });
  const world = createWorld({ random: () => 0.5 });
  deps = { config, world, health: createHealth(config.health, world) };
});
const after = (error: AppError, attempts: PlannedAttempt[], place = 0) =>
  waitBeforeNext(error, { attempts, place }, deps);
const breakDown = ({ target }: PlannedAttempt): void => {
  for (let fault = 0; fault < 5; fault += 1) deps.health.end(deps.health.begin(target), "fault");
};

describe("the wait before the next attempt", () => {
  test("is none when another target is next", () => {
    const attempts = plan("a/one", "b/two");
    expect(after(failure("now"), attempts)).toEqual({ place: 1, waitMs: 0 });
    expect(after(failure("later", { retryAfterMs: 60_000 }), attempts)).toEqual({ place: 1, waitMs: 0 });
  });

  test("doubles at most with each try at the same target, and how much of it is waited is chance", () => {
    const attempts = plan("a/one", "a/one", "a/one");
    expect(after(failure("now"), attempts)?.waitMs).toBe(50);
    expect(after(failure("now"), attempts, 1)?.waitMs).toBe(100);
  });

  test("is kept before a target is tried again after another", () => {
    const attempts = plan("a/one", "b/two", "a/one");
    expect(after(failure("later", { retryAfterMs: 900 }), attempts, 1)).toEqual({ place: 2, waitMs: 50 });
  });

  test("begins when the vendor's own is over, and nothing is tried when it asks for too much", () => {
    const attempts = plan("a/one", "a/one");
    expect(after(failure("later", { retryAfterMs: 900 }), attempts)?.waitMs).toBe(950);
    expect(after(failure("later", { retryAfterMs: 1001 }), attempts)).toBeUndefined();
  });

  test("there is no next after a refusal, the last attempt, or a credential that one target will go on refusing", () => {
    expect(after(failure("never"), plan("a/one", "b/two"))).toBeUndefined();
    expect(after(failure("now"), plan("a/one"))).toBeUndefined();
    expect(after(denied, plan("a/one", "a/one"))).toBeUndefined();
    expect(after(denied, plan("a/one", "b/two"))).toEqual({ place: 1, waitMs: 0 });
  });

  test("is none when the same target has another credential that does not rest", () => {
    const pool = createCredentialPool(["first", "second"].map((name) => ({ ...noCredential, name })));
    const attempts = [attempt("a/one", pool), attempt("a/one", pool)];
    pool.rest(pool.take(0), Number.MAX_SAFE_INTEGER);
    expect(after(denied, attempts)).toEqual({ place: 1, waitMs: 0 });
    pool.rest(pool.take(0), Number.MAX_SAFE_INTEGER);
    expect(after(denied, attempts)).toBeUndefined();
  });
});

describe("the next attempt", () => {
  test("goes past a target that is left alone", () => {
    const attempts = plan("a/one", "b/two", "c/three");
    breakDown(attempt("b/two"));
    expect(after(failure("now"), attempts)).toEqual({ place: 2, waitMs: 0 });
    breakDown(attempt("c/three"));
    expect(after(failure("now"), attempts)).toBeUndefined();
  });

  test("goes to credentials that rest only where there are no others", () => {
    const tired = createCredentialPool([noCredential]);
    tired.rest(noCredential, Number.MAX_SAFE_INTEGER);
    const attempts = [attempt("a/one"), attempt("b/two", tired), attempt("c/three")];
    expect(after(failure("now"), attempts)?.place).toBe(2);
    expect(after(failure("now"), attempts.slice(0, 2))?.place).toBe(1);
  });

  test("is not at the same target when too many have been already", () => {
    const attempts = plan("a/one", "a/one");
    const again = (): boolean => {
      for (const { target } of attempts.slice(1)) deps.health.end(deps.health.begin(target), "nothing");
      return after(failure("now"), attempts) !== undefined;
    };
    expect([again(), again(), again(), again()]).toEqual([true, true, true, false]);
  });
});
