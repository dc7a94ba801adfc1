// Prometheus metrics, a projection of the ledger: each closed call is counted here after it is on the record, never on
// the call's own path.
import { Gauge, type Metric, Registry } from "prom-client";
import type { LedgerState } from "../ledger/contract.ts";
import type { Ledger } from "../ledger/index.ts";
import { addVendorLimits, type LearntLimit } from "./vendor-limits.ts";
import {
  type CallFigures,
  counterOf,
  createCallFigures,
  type Durations,
  type Figures,
  histogramOf,
} from "./call-figures.ts";

export interface Metrics {
  /** Prometheus' text format. */
  render(): Promise<string>;
  close(): void;
}

export interface MetricsSources {
  ledger: Ledger;
  inFlight(): number;
  isDatabaseAvailable(): boolean;
  /** Which of several processes this is: a label on each series, so that one that starts again begins at 0 by itself. */
  worker?: number | undefined;
  vendorLimits(): readonly LearntLimit[];
}

export function createMetrics(sources: MetricsSources): Metrics {
  const { ledger, inFlight, isDatabaseAvailable, vendorLimits, worker } = sources;
  const registry = new Registry();
  if (worker !== undefined) registry.setDefaultLabels({ worker });
  const figures = createCallFigures();
  addCallMetrics(registry, figures);
  addStateMetrics(registry, { state: ledger.state, inFlight, isDatabaseAvailable });
  addVendorLimits(registry, vendorLimits);
  return { render: () => registry.metrics(), close: ledger.subscribe(figures.add) };
}

function addCallMetrics(registry: Registry, figures: CallFigures): void {
  const register = (name: string, get: () => object): void => {
    const source = { name, get: () => Promise.resolve(get()) };
    // The registry asks a metric for its values and for nothing else; ours are added up elsewhere (call-figures.ts).
    registry.registerMetric(source as unknown as Metric);
  };
  const counter = (suffix: string, help: string, read: (of: Figures) => number): void => {
    const name = `binnacle_${suffix}`;
    register(name, () => counterOf(figures, { name, help, read }));
  };
  const histogram = (suffix: string, help: string, read: (of: Figures) => Durations): void => {
    const name = `binnacle_${suffix}`;
    register(name, () => histogramOf(figures, { name, help, read }));
  };
  counter("calls_total", "Calls, by how they ended", (of) => of.calls);
  counter("attempts_total", "Tries at vendors, retries included", (of) => of.attempts);
  counter("cost_usd_micros_total", "Cost of calls with a known price, in micro-dollars", (of) => of.costUsdMicros);
  counter(
    "saved_usd_micros_total",
    "What answers from the cache did not cost again, in micro-dollars",
    (of) => of.savedUsdMicros,
  );
  counter(
    "cached_calls_total",
    "Calls answered from the cache, or with the answer of a call under way",
    (of) => of.cachedCalls,
  );
  counter("input_tokens_total", "Input tokens", (of) => of.inputTokens);
  counter("output_tokens_total", "Output tokens", (of) => of.outputTokens);
  histogram("call_duration_seconds", "From request to the end of the answer", (of) => of.total);
  histogram("first_token_seconds", "From request to the first content", (of) => of.first);
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
  gauge("journal_pending_records", "Records not yet in PostgreSQL", () => sources.state().pending_records);
  gauge("journal_lag_seconds", "Age of the oldest record not yet in PostgreSQL", () => sources.state().lag_ms / 1000);
  gauge("resident_memory_bytes", "Resident memory of this process", () => process.memoryUsage.rss());
  gauge("cpu_seconds_total", "CPU time of this process", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
}
