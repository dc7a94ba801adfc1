// What Prometheus reads, held against calls that were really counted.
import { describe, expect, test } from "bun:test";
import type { CallRecord } from "../../ledger/contract.ts";
import { createMetrics } from "./metrics.ts";

function record(overrides: Partial<CallRecord> = {}): CallRecord {
  return {
    route: { name: "fast", strategy: "order", reason: "" },
    answer: { target: "sim/small", vendor: "sim", model: "small", response_id: null, finish_reason: "stop" },
    attempts: [{}, {}],
    guardrails: [],
    tokens: { input: 10, output: 5, cache_read: 0, cache_write: 0, reasoning: 0, source: "vendor" },
    cost: { usd_micros: 7, price_version: "x" },
    timings: { total_ms: 30, overhead_ms: 1, first_token_ms: 8, per_output_token_ms: null },
    outcome: "ok",
    ...overrides,
    // Only what metrics read.
  } as CallRecord;
}

const learnt = {
  vendor: "openai",
  model: "gpt-4o",
  credential: "env:KEY",
  quotas: [{ unit: "requests", remaining: 12 }],
  rate: null,
  waiting: 3,
  turned_away: 4,
};

const signal = {
  signal: "records",
  bound_ms: 3000,
  state: "within",
  lag_ms: 900,
  samples: 1,
  p50_ms: 1,
  p99_ms: 1,
  max_ms: 1,
  crossed_since_ms: null,
  crossed_times: 0,
  worker: 1,
} as const;
const idle = { signal: "drift", state: "idle", lag_ms: null, p99_ms: null } as const;

function start() {
  let tell: (record: CallRecord) => void = () => undefined;
  const state = {
    journal_bytes: 5,
    journal_max_bytes: 9,
    pending_records: 2,
    lag_ms: 1500,
    projected_records: 0,
    last_error: null,
  };
  const ledger = { subscribe: (listener: typeof tell) => ((tell = listener), () => undefined), state: () => state };
  const metrics = createMetrics({
    ledger,
    inFlight: () => 3,
    isDatabaseAvailable: () => false,
    vendorLimits: () => [learnt],
    boundary: () => ({ at_ms: 0, window_ms: 1, state: "within", signals: [signal, { ...signal, ...idle }] }),
    intake: () => ({ traces: { accepted: 7, rejected: 0, turned_away_requests: 0 } }),
  });
  return { metrics, tell: (told: CallRecord) => tell(told) };
}

describe("metrics", () => {
  test("show what was learnt of vendors' own limits, as far as it is known", async () => {
    const text = await start().metrics.render();
    const labels = 'vendor="openai",model="gpt-4o",credential="env:KEY"';
    expect(text).toContain(`binnacle_vendor_requests_left{${labels}} 12`);
    expect(text).toContain(`binnacle_vendor_calls_waiting{${labels}} 3`);
    expect(text).toContain(`binnacle_vendor_turned_away{${labels}} 4`);
    expect(text).not.toContain("binnacle_vendor_tokens_left{");
    expect(text).not.toContain("binnacle_vendor_calls_per_second{");
  });

  test("count calls, attempts, tokens and money, and spread durations over buckets", async () => {
    const { metrics, tell } = start();
    tell(record());
    tell(record({ timings: { total_ms: 400, overhead_ms: 1, first_token_ms: null, per_output_token_ms: null } }));
    const text = await metrics.render();
    const labels = 'route="fast",target="sim/small",outcome="ok"';
    for (const line of [
      `binnacle_calls_total{${labels}} 2`,
      `binnacle_attempts_total{${labels}} 4`,
      `binnacle_cost_usd_micros_total{${labels}} 14`,
      `binnacle_input_tokens_total{${labels}} 20`,
      `binnacle_call_duration_seconds_bucket{${labels},le="0.025"} 0`,
      `binnacle_call_duration_seconds_bucket{${labels},le="0.05"} 1`,
      `binnacle_call_duration_seconds_bucket{${labels},le="+Inf"} 2`,
      `binnacle_call_duration_seconds_count{${labels}} 2`,
      `binnacle_first_token_seconds_count{${labels}} 1`,
      "# TYPE binnacle_call_duration_seconds histogram",
      "binnacle_journal_lag_seconds 1.5",
      "binnacle_calls_in_flight 3",
      "binnacle_database_available 0",
    ]) {
      expect(text).toContain(line);
    }
  });

  test("have, in OpenMetrics, the last trace of each bucket, and counters named as it wants them", async () => {
    const { metrics, tell } = start();
    const slow = { total_ms: 400, overhead_ms: 1, first_token_ms: null, per_output_token_ms: null };
    tell(record({ trace_id: "1".repeat(32), started_at_ms: 1_800_000_000_000 }));
    tell(record({ trace_id: "2".repeat(32), started_at_ms: 1_800_000_001_000 }));
    tell(record({ trace_id: "3".repeat(32), started_at_ms: 1_800_000_002_000, timings: slow }));
    const lines = (await metrics.render("openmetrics")).split("\n");
    const labels = 'route="fast",target="sim/small",outcome="ok"';
    const bucket = (le: string): string => `binnacle_call_duration_seconds_bucket{${labels},le="${le}"}`;
    expect(lines).toContain(`${bucket("0.05")} 2 # {trace_id="${"2".repeat(32)}"} 0.03 1800000001.030`);
    expect(lines).toContain(`${bucket("0.5")} 3 # {trace_id="${"3".repeat(32)}"} 0.4 1800000002.400`);
    expect(lines).toContain(`${bucket("1")} 3`);
    expect(lines).toContain("# TYPE binnacle_calls counter");
    expect(lines).toContain(`binnacle_calls_total{${labels}} 3`);
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
    const text = await metrics.render();
    expect(text).not.toContain("trace_id");
    expect(text).toContain("# TYPE binnacle_calls_total counter");
    expect(text).toContain(`binnacle_calls_total{${labels}} 3`);
  });

  test("name each signal of the boundary, but tell no lag of one that is idle", async () => {
    const text = await start().metrics.render();
    expect(text).toContain('binnacle_boundary_bound_seconds{signal="records"} 3');
    expect(text).toContain('binnacle_boundary_lag_seconds{signal="records"} 0.9');
    expect(text).not.toContain('binnacle_boundary_lag_seconds{signal="drift"}');
    expect(text).toContain('binnacle_boundary_crossed{signal="drift"} 0');
    expect(text).toContain('binnacle_intake_accepted_total{signal="traces"} 7');
  });

  test("names that callers invent cannot make the metrics grow without bound", async () => {
    const { metrics, tell } = start();
    for (let index = 0; index < 5_000; index += 1)
      tell(record({ route: { name: `r${index}`, strategy: "", reason: "" } }));
    tell(
      record({ answer: null, attempts: [], outcome: "refused", route: { name: "evil\n", strategy: "", reason: "" } }),
    );
    const text = await metrics.render();
    expect(text.split("\n").filter((line) => line.startsWith("binnacle_calls_total{"))).toHaveLength(502);
    expect(text).toContain('binnacle_calls_total{route="(other)",target="(other)",outcome="ok"} 4500');
    expect(text).not.toContain("evil");
  });
});
