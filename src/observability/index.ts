// Observability's front door. Today: what happened, as Prometheus metrics; traces, cost and SLOs join here.
export { joinMetrics } from "./join-metrics.ts";
export { logCalls } from "./log-calls.ts";
export { createMetrics, type Metrics, type MetricsSources } from "./metrics.ts";
