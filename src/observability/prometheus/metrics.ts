// Prometheus metrics, a projection of the ledger: each closed call is counted here after it is on the record, never on
// the call's own path.
import { type OpenMetricsContentType, Registry } from "prom-client";
import type { Ledger } from "../../ledger/index.ts";
import type { BoundaryView } from "../boundary/contract.ts";
import type { ExportState } from "../export/contract.ts";
import {
  type CallFigures,
  counterOf,
  createCallFigures,
  type Durations,
  type Figures,
  histogramOf,
} from "./call-figures.ts";
import type { MetricsFormat } from "./formats.ts";
import { addGuardrails, createGuardrailFigures } from "./guardrail-figures.ts";
import { createOwnMetrics, type OwnMetrics } from "./own-metrics.ts";
import { addBoundary, addExports, addIntake, type IntakeCounts } from "./state-metrics.ts";
import { addVendorLimits, type LearntLimit } from "./vendor-limits.ts";

export interface Metrics {
  /** Prometheus' text format, or OpenMetrics, with a trace to look at for each bucket of durations. */
  render(format?: MetricsFormat): Promise<string>;
  close(): void;
}

export interface MetricsSources {
  ledger: Pick<Ledger, "subscribe" | "state">;
  inFlight(): number;
  isDatabaseAvailable(): boolean;
  /** Which of several processes this is: a label on each series, so that one that starts again begins at 0 by itself. */
  worker?: number | undefined;
  vendorLimits(): readonly LearntLimit[];
  boundary?: () => BoundaryView;
  exports?: () => readonly ExportState[];
  /** What came from other programs, by signal. */
  intake?: () => IntakeCounts;
}

export function createMetrics(sources: MetricsSources): Metrics {
  const figures = createCallFigures();
  const guardrails = createGuardrailFigures();
  const registries = { text: registryFor("text"), openmetrics: registryFor("openmetrics") };

  function registryFor(format: MetricsFormat): Registry {
    const registry = newRegistry(format);
    if (sources.worker !== undefined) registry.setDefaultLabels({ worker: sources.worker });
    const metrics = createOwnMetrics(registry, format);
    addCallMetrics(metrics, figures);
    addGuardrails(metrics, guardrails);
    addStateMetrics(metrics, sources);
    addVendorLimits(metrics, sources.vendorLimits);
    if (sources.boundary) addBoundary(metrics, sources.boundary);
    if (sources.exports) addExports(metrics, sources.exports);
    if (sources.intake) addIntake(metrics, sources.intake);
    return registry;
  }

  return {
    render: (format = "text") => registries[format].metrics(),
    close: sources.ledger.subscribe((record) => {
      figures.add(record);
      if (record.guardrails.length > 0) guardrails.add(record);
    }),
  };
}

function newRegistry(format: MetricsFormat): Registry {
  if (format === "text") return new Registry();
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // Its type tells apart what metrics of prom-client's own may be in it; ours are read alike by both.
  return registry as unknown as Registry;
}

function addCallMetrics(metrics: OwnMetrics, figures: CallFigures): void {
  const counter = (name: string, help: string, read: (of: Figures) => number): void =>
    metrics.counter(name, help, () => counterOf(figures, read));
  const histogram = (suffix: string, help: string, read: (of: Figures) => Durations): void => {
    const name = `binnacle_${suffix}`;
    metrics.histogram(suffix, () => histogramOf(figures, { name, help, read }));
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
  metrics: OwnMetrics,
  { ledger, inFlight, isDatabaseAvailable }: Pick<MetricsSources, "ledger" | "inFlight" | "isDatabaseAvailable">,
): void {
  const gauge = (name: string, help: string, read: () => number) =>
    metrics.gauge(name, help, () => [{ value: read() }]);
  gauge("calls_in_flight", "Calls being served", inFlight);
  gauge("database_available", "1 while PostgreSQL answers", () => Number(isDatabaseAvailable()));
  gauge("journal_bytes", "Journal on disk, not yet in PostgreSQL", () => ledger.state().journal_bytes);
  gauge("journal_pending_records", "Records not yet in PostgreSQL", () => ledger.state().pending_records);
  gauge("journal_lag_seconds", "Age of the oldest record not yet in PostgreSQL", () => ledger.state().lag_ms / 1000);
  gauge("resident_memory_bytes", "Resident memory of this process", () => process.memoryUsage.rss());
  metrics.counter("cpu_seconds_total", "CPU time of this process", () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1_000_000 }];
  });
}
