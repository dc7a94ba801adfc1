// What Prometheus reads, held against calls that were really counted.
import { describe, expect, test } from "bun:test";
import type { CallRecord } from "../ledger/contract.ts";
import type { Ledger } from "../ledger/index.ts";
import { createMetrics } from "./metrics.ts";

function record(overrides: Partial<CallRecord> = {}): CallRecord {
  return {
    route: { name: "fast", strategy: "order", reason: "" },
    answer: { target: "sim/small", vendor: "sim", model: "small", response_id: null, finish_reason: "stop" },
    attempts: [{}, {}],
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
    // Metrics listen and look at the state; the rest of a ledger is not touched.
    ledger: ledger as unknown as Ledger,
    inFlight: () => 3,
    isDatabaseAvailable: () => false,
    vendorLimits: () => [learnt],
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
