// The course of an alert's figure: what is asked, and what becomes of the rows.
import { describe, expect, test } from "bun:test";
import type { AlertView } from "../../../../../src/alerts/contract.ts";
import type { SumRow } from "../../../../../src/ledger/contract.ts";
import { bucketOf, courseOf, plainWhere } from "./course.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const alert: AlertView = {
  id: "a1",
  rule: "r",
  kind: "error_spike",
  labels: { route: "helpdesk" },
  severity: "critical",
  state: "firing",
  reason: null,
  value: 0.3,
  threshold: 0.1,
  unit: "share",
  facts: {},
  since_ms: 0,
  fired_at_ms: 0,
  resolved_at_ms: null,
  seen_at_ms: 0,
};
const when = { startMs: 100 * dayMs, endMs: 100 * dayMs + 2 * hourMs, nowMs: 100 * dayMs + 2 * hourMs };

const row = (atMs: number, of: Partial<SumRow>): SumRow => ({
  key: {},
  is_rest: false,
  at_ms: atMs,
  duration: null,
  first_token: null,
  records: 0,
  failed: 0,
  refused: 0,
  tokens: { input: 0, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 },
  cost_usd_micros: 0,
  saved_usd_micros: 0,
  wasted_usd_micros: 0,
  unpriced: 0,
  ...of,
});
const ended = (atMs: number, outcome: string, records: number): SumRow => row(atMs, { key: { outcome }, records });

describe("the course of an alert's figure", () => {
  test("of failing calls is the share of those that went badly, of its own series", () => {
    const course = courseOf({ alert, rule: { per: ["route"], of: {} }, slo: undefined, ...when });
    expect(course?.query).toMatchObject({ by: "outcome", route: "helpdesk", own: "true", bucket: "minute" });
    const rows = [ended(5, "ok", 3), ended(5, "failed", 1), ended(5, "refused", 9), ended(7, "refused", 2)];
    expect(course?.pointsOf(rows)).toEqual([[5, 0.25]]);
    expect(course?.bound).toBe(0.1);
  });

  test("of a burning budget is how many times too fast, where how calls ended says it", () => {
    const burning = { ...alert, kind: "slo_burn", labels: { slo: "s", burn: "page" }, threshold: 14.4 };
    const slo = { objective: { kind: "availability", bad: ["failed"] }, target: 99, of: { route: "chat" } };
    const course = courseOf({ alert: burning, rule: {}, slo, ...when });
    expect(course?.query).toMatchObject({ route: "chat" });
    expect(course?.pointsOf([ended(5, "ok", 9), ended(5, "failed", 1)])[0]?.[1]).toBeCloseTo(10);
    const slow = { ...slo, objective: { kind: "first_token", within: 500 } };
    expect(courseOf({ alert: burning, rule: {}, slo: slow, ...when })).toBeNull();
  });

  test("of money is what was spent by then, from where the rule counts", () => {
    const spent = { ...alert, kind: "cost", facts: { every: "month", since_ms: 90 * dayMs } };
    const course = courseOf({ alert: spent, rule: { of: { team: ["a", "b"] } }, slo: undefined, ...when });
    expect(course?.query).toMatchObject({ since_ms: 90 * dayMs, team: "a,b", bucket: "day" });
    const rows = [row(9, { cost_usd_micros: 2 }), row(5, { cost_usd_micros: 1 })];
    expect(course?.pointsOf(rows)).toEqual([
      [5, 0],
      [9, 1],
      [when.endMs, 3],
    ]);
  });

  test("is in minutes only where these are still kept", () => {
    const endMs = 100 * dayMs;
    expect(bucketOf({ fromMs: endMs - hourMs, endMs, nowMs: endMs })).toBe("minute");
    expect(bucketOf({ fromMs: endMs - hourMs, endMs, nowMs: endMs + 3 * dayMs })).toBe("hour");
    expect(bucketOf({ fromMs: endMs - 20 * dayMs, endMs, nowMs: endMs })).toBe("day");
  });

  test("is of what the rule looks at, and of the series that it is", () => {
    expect(plainWhere({ of: { kind: "tool" }, per: ["service"] }, { service: "shop", slo: "x" })).toEqual({
      kind: "tool",
      service: "shop",
    });
  });
});
