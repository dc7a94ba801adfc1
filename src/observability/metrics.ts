// Prometheus metrics, a projection of the ledger: each closed call is counted here after it is on the record, never on
// the call's own path. Label sets are bounded, because a caller may write anything as a model's name.
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CallRecord, LedgerState } from "../ledger/contract.ts";
import type { Ledger } from "../ledger/index.ts";

export interface Metrics {
  /** Prometheus' text format. */
  render(): Promise<string>;
  close(): void;
}

export interface MetricsSources {
  ledger: Ledger;
  inFlight(): number;
  isDatabaseAvailable(): boolean;
}

type Labels = "route" | "target" | "outcome";

const LABEL_SETS_MAX = 500;
const OTHER = { route: "(other)", target: "(other)" };
const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

export function createMetrics({ ledger, inFlight, isDatabaseAvailable }: MetricsSources): Metrics {
  const registry = new Registry();
  const count = createCallMetrics(registry);
  addStateMetrics(registry, { state: ledger.state, inFlight, isDatabaseAvailable });
  return { render: () => registry.metrics(), close: ledger.subscribe(count) };
}

function createCallMetrics(registry: Registry): (record: CallRecord) => void {
  const registers = [registry];
  const labelNames: Labels[] = ["route", "target", "outcome"];
  const define = (name: string, help: string) => ({ name: `binnacle_${name}`, help, labelNames, registers });
  const calls = new Counter(define("calls_total", "Calls, by how they ended"));
  const attempts = new Counter(define("attempts_total", "Tries at vendors, retries included"));
  const cost = new Counter(define("cost_usd_micros_total", "Cost of calls with a known price, in micro-dollars"));
  const input = new Counter(define("input_tokens_total", "Input tokens"));
  const output = new Counter(define("output_tokens_total", "Output tokens"));
  const total = new Histogram({
    ...define("call_duration_seconds", "From request to the end of the answer"),
    buckets: SECONDS_BUCKETS,
  });
  const first = new Histogram({
    ...define("first_token_seconds", "From request to the first content"),
    buckets: SECONDS_BUCKETS,
  });
  const known = new Set<string>();

  return (record) => {
    const labels = boundedLabels(record, known);
    calls.inc(labels);
    if (record.attempts.length > 0) attempts.inc(labels, record.attempts.length);
    if (record.cost.usd_micros) cost.inc(labels, record.cost.usd_micros);
    if (record.tokens.input > 0) input.inc(labels, record.tokens.input);
    if (record.tokens.output > 0) output.inc(labels, record.tokens.output);
    total.observe(labels, record.timings.total_ms / 1000);
    if (record.timings.first_token_ms !== null) first.observe(labels, record.timings.first_token_ms / 1000);
  };
}

function boundedLabels(record: CallRecord, known: Set<string>): Record<Labels, string> {
  const { outcome } = record;
  // A call that reached no target carries whatever its caller wrote; it is counted, not named.
  const target = record.answer?.target ?? record.attempts.at(-1)?.target;
  if (target === undefined) return { route: "(none)", target: "(none)", outcome };
  const name = `${record.route.name}\n${target}`;
  if (!known.has(name) && known.size >= LABEL_SETS_MAX) return { ...OTHER, outcome };
  known.add(name);
  return { route: record.route.name, target, outcome };
}

function addStateMetrics(
  registry: Registry,
  sources: { state: () => LedgerState; inFlight(): number; isDatabaseAvailable(): boolean },
): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `binnacle_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("calls_in_flight", "Calls being served", sources.inFlight);
  gauge("database_available", "1 while PostgreSQL answers", () => Number(sources.isDatabaseAvailable()));
  gauge("journal_bytes", "Journal on disk, not yet in PostgreSQL", () => sources.state().journal_bytes);
  gauge(
    "journal_pending_records",
    "Records in the journal, not yet in PostgreSQL",
    () => sources.state().pending_records,
  );
  gauge(
    "journal_lag_seconds",
    "Age of the oldest record that is not yet in PostgreSQL",
    () => sources.state().lag_ms / 1000,
  );
  gauge("resident_memory_bytes", "Resident memory of this process", () => process.memoryUsage.rss());
  gauge("cpu_seconds_total", "CPU time of this process", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
}
