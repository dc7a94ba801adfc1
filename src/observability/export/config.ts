// The `observability.export` branch of the config: where our own calls go as OpenTelemetry spans and metrics.
import { z } from "zod";
import { duration, secretRef } from "../../kernel/index.ts";

export const exportSchema = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/, "an http or https address, up to where /v1/traces and /v1/metrics follow")
    .describe("of a collector or backend that takes OTLP over HTTP"),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "a header's name"), secretRef())
    .default({})
    .describe("sent with each request; the values are references: env:NAME or file:/path"),
  protocol: z.enum(["http/protobuf", "http/json"]).default("http/protobuf"),
  compression: z.enum(["gzip", "none"]).default("gzip"),
  signals: z
    .array(z.enum(["traces", "metrics"]))
    .min(1)
    .default(["traces", "metrics"]),
  content: z.boolean().default(false).describe("send what was asked and answered, too"),
  content_bytes_max: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(32_768)
    .describe("what is longer, of input and output each, is left out"),
  sampling: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("share of traces that are sent; a trace goes whole or not at all"),
  service_name: z.string().min(1).max(200).default("binnacle"),
  interval: duration()
    .default(5000)
    .refine((ms) => ms >= 20, "at least 20ms")
    .describe("calls are gathered this long before they are sent"),
  metrics_interval: duration()
    .default(30_000)
    .refine((ms) => ms >= 20, "at least 20ms"),
  queue_max: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(4096)
    .describe("calls that wait to be sent; those beyond are dropped, counted and told of in the log"),
  batch_max: z.number().int().min(1).max(10_000).default(64).describe("calls in one request"),
  timeout: duration().default(10_000).describe("for one request"),
  retry_for: duration().default(60_000).describe("how long one request is tried again before it is dropped"),
});
export type ExportConfig = z.output<typeof exportSchema>;

export const exportsSchema = z.array(exportSchema).max(10).default([]);
