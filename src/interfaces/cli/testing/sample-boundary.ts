// A boundary with a signal in each state.
import type { BoundaryView, SignalView } from "../../../observability/contract.ts";

export function sampleBoundary(changes: Partial<SignalView> = {}): BoundaryView {
  const records: SignalView = {
    signal: "records",
    bound_ms: 3000,
    state: "within",
    lag_ms: 900,
    samples: 40,
    p50_ms: 80,
    p99_ms: 1500,
    max_ms: 1600,
    crossed_since_ms: null,
    crossed_times: 0,
    worker: 1,
    ...changes,
  };
  const idle: SignalView = {
    ...records,
    signal: "drift",
    bound_ms: 600_000,
    state: "idle",
    lag_ms: null,
    samples: 0,
    p50_ms: null,
    p99_ms: null,
    max_ms: null,
  };
  return { at_ms: 1_700_000_000_000, window_ms: 300_000, state: records.state, signals: [records, idle] };
}
