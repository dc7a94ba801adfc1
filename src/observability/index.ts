// Observability's front door: what happened, as Prometheus metrics and log lines, and how soon it can be acted on.
export { type Boundary, createBoundary, worstOf } from "./boundary/boundary.ts";
export type { Change as BoundaryChange } from "./boundary/crossing.ts";
export { joinBoundaries, joinHistories } from "./boundary/join-boundaries.ts";
export { type CostBooks, createCostBooks } from "./cost/costs.ts";
export { createFigures, type Figures } from "./figures/figures.ts";
export { type ObservabilityConfig, observabilityConfigSchema } from "./config.ts";
export { createExports, type Exports } from "./export/exports.ts";
export { joinMetrics } from "./prometheus/join-metrics.ts";
export { logCalls } from "./log-calls.ts";
export { createMetrics, type Metrics, type MetricsSources } from "./prometheus/metrics.ts";
export { formatFor, type MetricsFormat, metricsTypes } from "./prometheus/formats.ts";
