// Metrics whose values lie elsewhere and are read when somebody asks: counters and gauges with labels, in both formats.
import type { Metric, Registry } from "prom-client";
import type { MetricsFormat } from "./formats.ts";

export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

export interface OwnMetrics {
  readonly registry: Registry;
  /** `name` as Prometheus' text has it, `_total` included. */
  counter(name: string, help: string, read: () => readonly Sample[]): void;
  gauge(name: string, help: string, read: () => readonly Sample[]): void;
  /** What `read` gives is in prom-client's words. */
  histogram(name: string, read: () => object): void;
}

const PREFIX = "binnacle_";

export function createOwnMetrics(registry: Registry, format: MetricsFormat): OwnMetrics {
  function register(name: string, get: () => object): void {
    const source = { name, get: () => Promise.resolve(get()) };
    // The registry asks a metric for its values and for nothing else.
    registry.registerMetric(source as unknown as Metric);
  }
  function add(
    type: "counter" | "gauge",
    { suffix, help }: { suffix: string; help: string },
    read: () => readonly Sample[],
  ) {
    // OpenMetrics names the counter without what its samples end in; the registry adds that to them.
    const isBare = format === "openmetrics" && type === "counter";
    const name = PREFIX + (isBare ? suffix.replace(/_total$/, "") : suffix);
    register(name, () => ({ name, help, type, aggregator: "sum", values: read() }));
  }
  return {
    registry,
    counter: (suffix, help, read) => add("counter", { suffix, help }, read),
    gauge: (suffix, help, read) => add("gauge", { suffix, help }, read),
    histogram: (suffix, read) => register(PREFIX + suffix, read),
  };
}
