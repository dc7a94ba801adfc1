// The protobuf that is written, read back by a library that knows the published messages; which it shows by reading what
// OpenTelemetry's own exporter writes.
import { describe, expect, test } from "bun:test";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { parse } from "protobufjs";
import { createGenAiMetrics } from "../gen-ai-metrics.ts";
import { spansOfCall } from "../call-spans.ts";
import { exportedCall, startCollector, TRACE } from "../export.fixture.ts";
import { attributesOf } from "./attributes.ts";
import { nanosOf } from "./otlp.ts";
import { writeMetrics } from "./write-metrics.ts";
import { writeTraces } from "./write-traces.ts";

/** Of opentelemetry-proto 1.x, as far as it is used. */
const { root } = parse(`syntax = "proto3";
message AnyValue { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; ArrayValue array_value = 5; } }
message ArrayValue { repeated AnyValue values = 1; }
message KeyValue { string key = 1; AnyValue value = 2; }
message Scope { string name = 1; string version = 2; }
message Resource { repeated KeyValue attributes = 1; }
message Traces { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message ScopeSpans { Scope scope = 1; repeated Span spans = 2; string schema_url = 3; }
message Span { bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
  fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9; Status status = 15; }
message Status { string message = 2; int32 code = 3; }
message Metrics { repeated ResourceMetrics resource_metrics = 1; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; string schema_url = 3; }
message Metric { string name = 1; string description = 2; string unit = 3; Histogram histogram = 9; }
message Histogram { repeated Point data_points = 1; int32 aggregation_temporality = 2; }
message Point { fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; fixed64 count = 4; double sum = 5;
  repeated fixed64 bucket_counts = 6; repeated double explicit_bounds = 7; repeated KeyValue attributes = 9; }`);

/** As OTLP's JSON, but for ids, which protobuf's JSON has in base64. */
function decode(type: "Traces" | "Metrics", bytes: Uint8Array): unknown {
  const message = root.lookupType(type);
  return message.toObject(message.decode(bytes), { longs: String, bytes: String });
}

const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

const resource = { attributes: attributesOf({ "service.name": "binnacle" }) };
const scope = { name: "binnacle", version: "1" };

describe("protobuf", () => {
  test("is read as published, which OpenTelemetry's own spans show", async () => {
    const collector = startCollector();
    const exporter = new OTLPTraceExporter({ url: `${collector.url}/v1/traces` });
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const span = provider.getTracer("t", "1").startSpan("chat x", { attributes: { text: "é", whole: -5, part: 0.5 } });
    span.setStatus({ code: 2, message: "bad" }).end();
    await provider.shutdown();
    const theirs = JSON.stringify(decode("Traces", collector.taken[0]?.bytes ?? new Uint8Array()));
    await collector.close();
    for (const part of ['"name":"chat x"', '"stringValue":"é"', '"intValue":"-5"', '"doubleValue":0.5'])
      expect(theirs).toContain(part);
    expect(theirs).toContain('"message":"bad","code":2');
  });

  test("of spans is what their JSON is", () => {
    const spans = spansOfCall(exportedCall({ error: { code: "x", message: "ünwell" }, outcome: "failed" }));
    const request = { resourceSpans: [{ resource, scopeSpans: [{ scope, spans, schemaUrl: "https://schema" }] }] };
    const inBase64 = spans.map((span) => ({
      ...span,
      traceId: base64(span.traceId),
      spanId: base64(span.spanId),
      parentSpanId: base64(span.parentSpanId),
      status: span.status.code === 0 ? undefined : span.status,
    }));
    const expected = {
      resourceSpans: [{ resource, scopeSpans: [{ scope, spans: inBase64, schemaUrl: "https://schema" }] }],
    };
    expect(decode("Traces", writeTraces(request))).toEqual(expected);
    expect(base64(TRACE)).toBe(inBase64[0]?.traceId ?? "");
  });

  test("of metrics is what their JSON is", () => {
    const counted = createGenAiMetrics(1_800_000_000_000);
    counted.add(exportedCall());
    counted.add(exportedCall({ error: { code: "gateway.x", message: "" } }));
    const metrics = counted.collect(1_800_000_060_000);
    const request = {
      resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics, schemaUrl: "https://schema" }] }],
    };
    expect(decode("Metrics", writeMetrics(request))).toEqual(request);
    expect(metrics.map(({ name }) => name)).toEqual([
      "gen_ai.client.token.usage",
      "gen_ai.client.operation.duration",
      "gen_ai.client.operation.time_to_first_chunk",
    ]);
  });

  test("has times to the microsecond, also those that a double does not hold in nanoseconds", () => {
    expect(nanosOf(1_800_000_000_123.456)).toBe("1800000000123456000");
    expect(nanosOf(0)).toBe("0");
  });
});
