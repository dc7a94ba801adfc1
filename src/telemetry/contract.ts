// Metrics of other programs as they are read back, and what telemetry counts of itself.
import { oc } from "@orpc/contract";
import { z } from "zod";

const countsSchema = z.object({
  accepted: z.int().describe("records that are kept: spans, logs, points of metrics"),
  rejected: z.int().describe("records that their senders were told are not kept"),
  turned_away_requests: z.int().describe("requests that were asked to come again, for want of room"),
});

export const telemetryStateSchema = z.object({ traces: countsSchema, logs: countsSchema, metrics: countsSchema });
export type TelemetryState = z.infer<typeof telemetryStateSchema>;

const metricTypes = ["gauge", "sum", "histogram", "exponential_histogram", "summary"] as const;

export const metricViewSchema = z.object({
  name: z.string(),
  type: z.enum(metricTypes),
  unit: z.string(),
  description: z.string(),
  series: z.int().describe("how many sets of labels it has"),
});
export type MetricView = z.infer<typeof metricViewSchema>;

const number = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]).nullable();

export const metricPointSchema = z.object({
  at_ms: z.number(),
  started_at_ms: z.number().nullable().describe("of sums and histograms: since when it counts"),
  service: z.string().nullable(),
  attributes: z.record(z.string(), z.json()),
  temporality: z.enum(["unspecified", "delta", "cumulative"]),
  value: number.describe("of gauges and sums"),
  count: z.number().nullable().describe("of histograms and summaries, as the four beside it"),
  sum: number,
  min: number,
  max: number,
  detail: z.json().describe("buckets, quantiles and exemplars, as they were sent"),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const METRIC_WINDOW_MS = 3_600_000;

const tags = ["Telemetry"];
const limit = z.coerce.number().int().min(1).max(1000).default(100);
const time = z.coerce.number().int().min(0).max(8.64e15);

export const metricQuerySchema = z.object({
  name: z.string().min(1).max(1024),
  attribute: z
    .union([z.string(), z.array(z.string()).max(20)])
    .transform((given) => (typeof given === "string" ? [given] : given))
    .default([])
    .describe("`key=value`: only points with this label; more than one may be given"),
  since_ms: time.optional().describe("left out: an hour before until_ms"),
  until_ms: time.optional().describe("left out: now"),
  limit,
  cursor: z.string().max(200).optional(),
});
export type MetricQuery = z.infer<typeof metricQuerySchema>;

export const telemetryContract = {
  list: oc
    .route({ method: "GET", path: "/telemetry/metrics", summary: "Metrics that other programs have sent", tags })
    .input(z.object({ search: z.string().max(200).optional(), limit, cursor: z.string().max(2000).optional() }))
    .output(z.object({ metrics: z.array(metricViewSchema), next_cursor: z.string().nullable() })),
  points: oc
    .route({ method: "GET", path: "/telemetry/metrics/points", summary: "Points of a metric, newest first", tags })
    .input(metricQuerySchema)
    .output(z.object({ points: z.array(metricPointSchema), next_cursor: z.string().nullable() })),
};
