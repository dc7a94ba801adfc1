// What processes know of a target becomes one word, the worst first.
import { expect, test } from "bun:test";
import type { TargetHealth as Seen } from "../../../../../src/gateway/contract.ts";
import { healthOf } from "./target-health.ts";

const well: Seen = {
  target: "a/one",
  vendor: "a",
  model: "one",
  process: 1,
  breaker: "closed",
  on_probation: false,
  why: null,
  open_for_ms: null,
  rests_for_ms: 0,
  failure_share: 0,
  in_flight: 0,
  first_token_ms: null,
  per_token_ms: null,
  idle_for_ms: 5,
  has_credential: true,
};
const ill: Seen = {
  ...well,
  process: 2,
  breaker: "open",
  why: "failures_in_row",
  open_for_ms: 12_000,
  rests_for_ms: 3000,
  failure_share: 1,
};

test("a target that is left alone by one process says why, since when, until when, and by which", () => {
  const health = healthOf([well, ill]).get("a/one");
  expect(health).toMatchObject({ tone: "fail", word: "left alone" });
  expect(health?.detail).toBe(
    "left alone for 12.0 s: it failed several times in a row; tried again in 3.00 s, seen so by process 2 of 2",
  );
});

test("one that serves stays quiet, and one that was not called yet says so", () => {
  expect(healthOf([well]).get("a/one")).toMatchObject({ tone: "ok", word: "serves" });
  expect(healthOf([{ ...well, idle_for_ms: null, failure_share: null }]).get("a/one")?.word).toBe("not called");
  expect(healthOf([{ ...well, failure_share: 0.3 }]).get("a/one")).toMatchObject({ tone: "warn", word: "unsteady" });
});
