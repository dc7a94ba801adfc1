import { expect, test } from "bun:test";
import { canJudge, filterQuery, goOnBefore, isFiltered, matchesFilter, noFilter, reachesNow } from "./call-filter.ts";
import { aCall } from "./calls.fixture.ts";
import { exportQuery } from "./export-query.ts";

const nowMs = 1_800_000_000_000;
const hourMs = 3_600_000;

test("asks the server for what it is set to, and for nothing that it would do anyway", () => {
  expect(filterQuery(noFilter, nowMs)).toEqual({});
  expect(filterQuery({ outcome: "failed", text: "cost:>1", time: { range: "1h" } }, nowMs)).toEqual({
    outcome: "failed",
    filter: "cost:>1",
    since_ms: nowMs - hourMs,
  });
  const custom = { ...noFilter, time: { range: "custom", from: 10, to: 20 } as const };
  expect(filterQuery(custom, nowMs)).toEqual({ since_ms: 10, until_ms: 20 });
});

test("judges outcome and time by itself, and words never", () => {
  const call = aCall({ started_at_ms: 15, outcome: "failed" });
  const custom = { ...noFilter, time: { range: "custom", from: 10, to: 20 } as const };
  expect(matchesFilter(call, { ...custom, outcome: "failed" }, nowMs)).toBe(true);
  expect(matchesFilter(call, { ...custom, outcome: "ok" }, nowMs)).toBe(false);
  expect(matchesFilter({ ...call, started_at_ms: 20 }, custom, nowMs)).toBe(false);
  expect([canJudge(custom), canJudge({ ...custom, text: "x" })]).toEqual([true, false]);
  expect([reachesNow(noFilter), reachesNow(custom)]).toEqual([true, false]);
  expect([isFiltered(noFilter), isFiltered(custom)]).toEqual([false, true]);
});

test("goes on where a full list ends, within the time that was chosen and by the same filter", () => {
  const before = goOnBefore({ outcome: "failed", text: "cost:>1", time: { range: "24h" } }, nowMs - hourMs, nowMs);
  expect(filterQuery(before, nowMs)).toEqual({
    outcome: "failed",
    filter: "cost:>1",
    since_ms: nowMs - 24 * hourMs,
    until_ms: nowMs - hourMs + 1,
  });
});

test("exports the same calls: all that the list is narrowed to stands in one filter", () => {
  const filter = { outcome: "failed", text: "a OR b", time: { range: "24h" } } as const;
  expect(exportQuery(filter, "csv", nowMs)).toEqual({
    format: "csv",
    since_ms: nowMs - 24 * hourMs,
    until_ms: nowMs,
    filter: "own:true AND outcome:failed AND (a OR b)",
    bodies: "false",
  });
});
