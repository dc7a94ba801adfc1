// What the boundary makes of calls and of a ledger that lags, with a clock of our own.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import type { CallRecord, LedgerState } from "../../ledger/contract.ts";
import { until } from "../../../test/support/until.ts";
import { type Boundary, createBoundary } from "./boundary.ts";
import { boundaryConfigSchema } from "./config.ts";
import type { SignalName } from "./contract.ts";
import { joinBoundaries, joinHistories } from "./join-boundaries.ts";

let clockMs = 0;
let ledgerState: LedgerState;
let tell: (record: CallRecord) => void;
let tellStored: (closedAtMs: number) => void;
let comparedUntilMs = 0;
let boundary: Boundary;

function startBoundary(worker = 1): Boundary {
  const started = createBoundary(boundaryConfigSchema.parse({ interval: 20, recover_after: 0 }), {
    world: { ...createWorld(), nowMs: () => clockMs, monotonicMs: () => clockMs },
    ledger: {
      subscribe: (listener) => ((tell = listener), () => undefined),
      subscribeStored: (listener) => ((tellStored = listener), () => undefined),
      state: () => ledgerState,
    },
    waiting: {},
    ...(comparedUntilMs > 0 && { comparedUntil: () => Promise.resolve(comparedUntilMs) }),
    worker,
  });
  started.start();
  return started;
}

beforeEach(() => {
  clockMs = 1_800_000_030_000;
  comparedUntilMs = 0;
  ledgerState = {
    journal_bytes: 0,
    journal_max_bytes: 1,
    pending_records: 0,
    lag_ms: 0,
    projected_records: 0,
    last_error: null,
  };
  boundary = startBoundary();
});
afterEach(() => boundary.close());

const signal = (name: SignalName) => boundary.state().signals.find((each) => each.signal === name);

function call(overrides: object = {}): CallRecord {
  const read: Partial<Record<keyof CallRecord, unknown>> = {
    started_at_ms: clockMs - 1000,
    timings: { total_ms: 990 },
    attempts: [{}],
    answer: {},
    cost: { usd_micros: 5 },
    guardrails: [],
    ...overrides,
  };
  // Only what the boundary reads.
  return read as CallRecord;
}

describe("the boundary", () => {
  test("counts a call for the signals that it has, from its end until they hold", () => {
    tell(call());
    tell(call({ cost: { usd_micros: null }, answer: null }));
    expect(signal("cost")).toMatchObject({ state: "within", samples: 1, lag_ms: 10 });
    expect(signal("latency")).toMatchObject({ samples: 2 });
    // Nobody compares here.
    expect(signal("model_version")).toMatchObject({ state: "idle" });
    expect(signal("guardrail")).toMatchObject({ state: "idle", lag_ms: null });
    expect(boundary.state().state).toBe("within");
  });

  test("tells whoever listens when the ledger falls behind and when it has caught up, and keeps it by minute", async () => {
    const heard: string[] = [];
    boundary.subscribe(({ signal: name, state, lag_ms }) => void heard.push(`${name} ${state} at ${lag_ms}`));
    Object.assign(ledgerState, { pending_records: 4, lag_ms: 3001 });
    await until(() => heard.length === 1);
    expect(boundary.state()).toMatchObject({ state: "crossed" });
    clockMs += 30_000;
    ledgerState.pending_records = 0;
    for (const ageMs of [33_000, 32_000, 120]) tellStored(clockMs - ageMs);
    // What came late is told of once more, and is past then.
    await until(() => heard.length === 2);
    expect(heard).toEqual(["records crossed at 3001", "records within at 0"]);
    expect(signal("records")).toMatchObject({ samples: 3, max_ms: 33_000 });
    const minutesOf = () => boundary.history({ signal: "records", limit: 10 }).minutes;
    await until(() => minutesOf().length === 1);
    expect(minutesOf()).toMatchObject([{ signal: "records", at_ms: 1_800_000_000_000 }]);
  });

  test("grows for what a comparison has yet to see, and knows what it has seen", async () => {
    boundary.close();
    comparedUntilMs = clockMs;
    boundary = startBoundary();
    tell(call({ started_at_ms: clockMs - 5000 }));
    tell(call({ started_at_ms: clockMs + 1 }));
    clockMs += 60_000;
    await until(() => signal("model_version")?.lag_ms === 59_999);
    expect(signal("drift")).toMatchObject({ state: "within", lag_ms: 59_999, samples: 0 });
    clockMs += 900_000;
    await until(() => signal("drift")?.state === "crossed");
  });

  test("of several processes is, signal by signal, that of the worst", () => {
    const other = startBoundary(2);
    other.note("budget", 40);
    boundary.note("budget", 30);
    boundary.note("drift", 7);
    const joined = joinBoundaries([boundary.state(), other.state()]);
    other.close();
    expect(joined.signals.find((each) => each.signal === "budget")).toMatchObject({ lag_ms: 40, worker: 2 });
    expect(joined.signals.find((each) => each.signal === "drift")).toMatchObject({ lag_ms: 7, worker: 1 });
    expect(joined.state).toBe("within");
  });

  test("of several processes adds up a minute's samples, and keeps its worst figures", () => {
    const minute = {
      signal: "cost",
      at_ms: 60_000,
      samples: 3,
      p50_ms: 1,
      p99_ms: 2,
      max_ms: 2,
      crossed_ms: 0,
    } as const;
    const worse = { ...minute, samples: 1, p99_ms: 9, max_ms: 9, crossed_ms: 500 };
    const { minutes } = joinHistories([{ minutes: [minute] }, { minutes: [worse] }], 10);
    expect(minutes).toEqual([{ ...worse, samples: 4 }]);
  });
});
