import { expect, test } from "bun:test";
import { type OwnStatus, statusOfAll, targetsOfAll } from "./as-one.ts";

const counts = { accepted: 7, rejected: 1, turned_away_requests: 0 };

const statusOf = (pid: number, more: Partial<OwnStatus> = {}): OwnStatus => ({
  version: "1",
  runtime: "Bun",
  pid,
  started_at_ms: pid,
  url: "http://here",
  ready: true,
  database: { kind: pid === 1 ? "embedded" : "given", address: "socket", version: "18", available: true },
  directory: { revision: pid },
  ledger: {
    journal_bytes: 10,
    journal_max_bytes: 100,
    pending_records: pid,
    lag_ms: pid * 100,
    projected_records: 5,
    last_error: pid === 2 ? "no room" : null,
  },
  sums: { waiting_minutes: 0, lag_ms: 0, last_error: null },
  boundary: {
    state: pid === 2 ? "crossed" : "within",
    crossed: pid === 2 ? [{ signal: "records", lag_ms: 9000, bound_ms: 3000 }] : [],
  },
  calls: { in_flight: 1, max: 50, waiting: 2 },
  telemetry: { traces: counts, logs: counts, metrics: counts },
  vendors: [],
  memory_rss_bytes: 1000,
  ...more,
});

test("the first process speaks for what there is once, and figures are added up", () => {
  const states = [1, 2, 3].map((number) => ({
    number,
    role: "worker" as const,
    pid: number === 3 ? null : number,
    state: number === 3 ? ("down" as const) : ("ready" as const),
    restarts: 0,
  }));
  const all = statusOfAll([
    { number: 2, role: "worker", status: statusOf(2), states: null },
    { number: 1, role: "worker", status: statusOf(1), states },
  ]);
  expect(all).toMatchObject({
    pid: 1,
    database: { kind: "embedded" },
    boundary: { state: "crossed", crossed: [{ signal: "records" }] },
    calls: { in_flight: 2, max: 100, waiting: 4 },
    ledger: { journal_bytes: 20, pending_records: 3, lag_ms: 200, projected_records: 10, last_error: "no room" },
    telemetry: { traces: { accepted: 14, rejected: 2, turned_away_requests: 0 } },
    memory_rss_bytes: 2000,
  });
  expect(all.workers).toEqual([
    {
      number: 1,
      role: "worker",
      pid: 1,
      state: "ready",
      restarts: 0,
      calls_in_flight: 1,
      pending_records: 1,
      memory_rss_bytes: 1000,
    },
    {
      number: 2,
      role: "worker",
      pid: 2,
      state: "ready",
      restarts: 0,
      calls_in_flight: 1,
      pending_records: 2,
      memory_rss_bytes: 1000,
    },
    {
      number: 3,
      role: "worker",
      pid: null,
      state: "down",
      restarts: 0,
      calls_in_flight: null,
      pending_records: null,
      memory_rss_bytes: null,
    },
  ]);
});

test("one process alone is one worker", () => {
  expect(statusOfAll([{ number: 1, role: "worker", status: statusOf(7), states: null }]).workers).toMatchObject([
    { number: 1, pid: 7, state: "ready" },
  ]);
});

test("targets are told as each process sees them, those that are left alone first", () => {
  const seen = (target: string, breaker: "closed" | "open" | "half_open") => ({
    target,
    vendor: "v",
    model: target,
    breaker,
    on_probation: false,
    why: null,
    open_for_ms: null,
    rests_for_ms: 0,
    failure_share: null,
    in_flight: 0,
    first_token_ms: null,
    per_token_ms: null,
    idle_for_ms: null,
    has_credential: true,
  });
  const all = targetsOfAll([
    { number: 2, targets: [seen("v/a", "closed"), seen("v/b", "open")] },
    { number: 1, targets: [seen("v/a", "closed"), seen("v/b", "half_open")] },
  ]);
  expect(all.map(({ target, process }) => `${target} ${process}`)).toEqual(["v/b 2", "v/b 1", "v/a 1", "v/a 2"]);
});
