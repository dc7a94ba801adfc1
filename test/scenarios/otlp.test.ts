// OpenTelemetry's own exporters against the whole program: what they send is in the database, and once.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { Metadata } from "@grpc/grpc-js";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter as GrpcTraces } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonTraces } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufTraces } from "@opentelemetry/exporter-trace-otlp-proto";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { spanIdAt, traceIdAt, writeTraces } from "../support/otlp.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let database: TestDatabase;

beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({ database, config: "interfaces: { otlp_grpc_port: 0 }" });
});
afterAll(async () => {
  await app.close();
  await database.close();
});

interface Row {
  kind: string;
  name: string;
  span_id: string;
  parent_span_id: string | null;
  service: string | null;
  model: string | null;
  data: { attributes: Record<string, unknown>; who: { key_name: string } };
}

async function rowsOf(service: string, count: number): Promise<Row[]> {
  const read = async (): Promise<Row[]> => {
    const { rows } = await database.storage.pool.query<Row>(
      `select kind, name, encode(span_id, 'hex') as span_id, encode(parent_span_id, 'hex') as parent_span_id, service,
         model, data from ledger_records where not is_own and service = $1 order by started_at, name`,
      [service],
    );
    return rows;
  };
  await until(async () => (await read()).length >= count);
  return read();
}

/** A chat within a request, twenty times. */
async function sendTraces(service: string, exporter: SpanExporter): Promise<void> {
  const provider = new BasicTracerProvider({
    // Nothing else of a resource is looked at; its own package is not a dependency.
    resource: { attributes: { "service.name": service }, asyncAttributesPending: false } as never,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("a library");
  for (let place = 0; place < 20; place += 1) {
    const parent = tracer.startSpan("request");
    const { traceId, spanId } = parent.spanContext();
    const child = tracer.startSpan("chat gpt-4o", { attributes: { "gen_ai.operation.name": "chat", place } });
    child.setAttribute("gen_ai.request.model", "gpt-4o");
    child.addLink({ context: { traceId, spanId, traceFlags: 1 } });
    child.end();
    parent.end();
  }
  await provider.forceFlush();
  await provider.shutdown();
}

function bearer(): Record<string, string> {
  return { authorization: `Bearer ${app.key}` };
}

function metadata(): Metadata {
  const of = new Metadata();
  of.set("authorization", `Bearer ${app.key}`);
  return of;
}

describe("traces", () => {
  const gzip = "gzip" as never;
  test.each([
    ["protobuf", () => new ProtobufTraces({ url: `${app.url}/v1/traces`, headers: bearer() })],
    ["protobuf-gzip", () => new ProtobufTraces({ url: `${app.url}/v1/traces`, headers: bearer(), compression: gzip })],
    ["json", () => new JsonTraces({ url: `${app.url}/otel/v1/traces`, headers: { "x-api-key": app.key } })],
    ["json-langfuse", () => new JsonTraces({ url: `${app.url}/api/public/otel/v1/traces`, headers: basic() })],
    ["grpc", () => new GrpcTraces({ url: `http://127.0.0.1:${app.grpcPort}`, metadata: metadata() })],
    [
      "grpc-gzip",
      () => new GrpcTraces({ url: `http://127.0.0.1:${app.grpcPort}`, metadata: metadata(), compression: gzip }),
    ],
  ])("by %s come in whole", async (service, exporter) => {
    await sendTraces(service, exporter());
    const rows = await rowsOf(service, 40);
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map(({ span_id }) => span_id)).size).toBe(40);
    const chats = rows.filter(({ name }) => name === "chat gpt-4o");
    expect(chats).toHaveLength(20);
    expect(chats[0]).toMatchObject({ kind: "call", model: "gpt-4o", data: { who: { key_name: "first admin key" } } });
  });

  function basic(): Record<string, string> {
    return { authorization: `Basic ${Buffer.from(`pk-lf-anything:${app.key}`).toString("base64")}` };
  }

  test("that are sent again are there once, and one that is rejected costs the others nothing", async () => {
    const startedAtMs = Date.now();
    const spans = [1, 2, 3].map((place) => ({
      traceId: traceIdAt(7),
      spanId: place === 2 ? new Uint8Array(8) : spanIdAt(place),
      name: `span ${place}`,
      startedAtMs,
    }));
    const body = gzipSync(writeTraces({ resource: { "service.name": "again" }, spans }));
    for (let time = 0; time < 3; time += 1) {
      const response = await post("/v1/traces", body, { "content-encoding": "gzip" });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("application/x-protobuf");
      const answer = Buffer.from(await response.arrayBuffer()).toString("latin1");
      expect(answer).toContain("1 rejected: a span id is all zeros.");
    }
    await until(async () => (await app.client.status()).ledger.pending_records === 0);
    expect(await rowsOf("again", 2)).toHaveLength(2);
  });
});

async function post(path: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${app.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf", ...bearer(), ...headers },
    body: body as string,
  });
}

describe("logs", () => {
  test("come in as records", async () => {
    const exporter = new OTLPLogExporter({ url: `${app.url}/v1/logs`, headers: bearer() });
    const provider = new LoggerProvider({
      resource: { attributes: { "service.name": "logging" }, asyncAttributesPending: false } as never,
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const logger = provider.getLogger("a library");
    for (let place = 0; place < 10; place += 1)
      logger.emit({ body: `line ${place}`, severityText: "INFO", attributes: { place } });
    await provider.forceFlush();
    await provider.shutdown();
    const rows = await rowsOf("logging", 10);
    expect(rows.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => "log"));
  });
});

describe("metrics", () => {
  test("come in, and are read back by label, page by page", async () => {
    const exporter = new OTLPMetricExporter({ url: `${app.url}/v1/metrics`, headers: bearer() });
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    const meter = provider.getMeter("a library");
    const counter = meter.createCounter("requests", { unit: "1", description: "how many" });
    counter.add(5, { place: "here", attempt: 1 });
    counter.add(7, { place: "there", attempt: 2 });
    meter.createHistogram("duration", { unit: "ms" }).record(12, { place: "here" });
    await provider.forceFlush();
    await provider.shutdown();

    const { metrics } = await app.client.telemetry.list({});
    expect(metrics).toContainEqual({ name: "requests", type: "sum", unit: "1", description: "how many", series: 2 });
    const first = await app.client.telemetry.points({ name: "requests", limit: 1 });
    expect(first.next_cursor).not.toBeNull();
    const second = await app.client.telemetry.points({
      name: "requests",
      limit: 1000,
      cursor: first.next_cursor ?? "",
    });
    const all = [...first.points, ...second.points];
    // Closing exports once more.
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set([5, 7]));
    const { points } = await app.client.telemetry.points({ name: "requests", attribute: ["attempt=2"] });
    expect(points[0]).toMatchObject({
      value: 7,
      attributes: { place: "there", attempt: 2 },
      temporality: "cumulative",
    });
    const { points: durations } = await app.client.telemetry.points({ name: "duration" });
    expect(durations[0]).toMatchObject({ count: 1, sum: 12, min: 12, max: 12, service: expect.any(String) });
  });

  test("of more labels than there may be are rejected, and the others are kept", async () => {
    const small = await startTestApp({ config: "telemetry: { metrics: { series_max: 10 } }" });
    const dataPoints = Array.from({ length: 100 }, (_, place) => ({
      timeUnixNano: `${Date.now()}000000`,
      asDouble: place === 0 ? "NaN" : place,
      attributes: [{ key: "user", value: { stringValue: `user ${place}` } }],
    }));
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "m", gauge: { dataPoints } }] }] }] };
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(`${small.url}/v1/metrics`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${small.key}` },
        body: JSON.stringify(body),
      });
      expect(await response.json()).toEqual({
        partialSuccess: {
          rejectedDataPoints: "90",
          errorMessage: "90 rejected: there are more sets of labels than telemetry.metrics.series_max (90 times).",
        },
      });
    }
    const { points } = await small.client.telemetry.points({ name: "m" });
    expect(points).toHaveLength(10);
    expect(points.map(({ value }) => value)).toContain("NaN");
    const { telemetry } = await small.client.status();
    expect(telemetry.metrics).toEqual({ accepted: 20, rejected: 180, turned_away_requests: 0 });
    await small.close();
  });
});

describe("what is wrong with a request is said in its own encoding", () => {
  test.each([
    ["no key", { authorization: "" }, 401],
    ["a key of somebody else's in Basic", { authorization: `Basic ${btoa("pk:sk")}` }, 401],
    ["an unknown content-type", { "content-type": "text/plain" }, 415],
    ["an unknown packing", { "content-encoding": "br" }, 415],
    ["a packing that it does not have", { "content-encoding": "gzip" }, 400],
    ["protobuf that is none", {}, 400],
    ["JSON that is none", { "content-type": "application/json" }, 400],
  ])("%s", async (_, headers, status) => {
    const response = await post("/v1/traces", "this is no export", headers as Record<string, string>);
    expect(response.status).toBe(status);
    const isProtobuf = response.headers.get("content-type") === "application/x-protobuf";
    const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
    expect(isProtobuf ? body[0] : JSON.parse(body)).toEqual(
      isProtobuf ? "\b" : { code: expect.any(Number), message: expect.any(String) },
    );
  });

  test("20 MB are too much", async () => {
    expect((await post("/v1/traces", new Uint8Array(20_000_000))).status).toBe(413);
    expect((await post("/v1/logs", gzipSync(new Uint8Array(20_000_000)), { "content-encoding": "gzip" })).status).toBe(
      413,
    );
  });

  test("keys that may only read may not send", async () => {
    const { secret } = await app.client.keys.create({ name: "reader", scopes: ["read"] });
    expect((await post("/v1/traces", "", { authorization: `Bearer ${secret}` })).status).toBe(403);
  });
});

test("what came is counted where an operator looks", async () => {
  const { telemetry } = await app.client.status();
  expect(telemetry.traces.accepted).toBeGreaterThan(240);
  const metrics = await (await fetch(`${app.url}/metrics`, { headers: bearer() })).text();
  expect(metrics).toContain(`binnacle_intake_accepted_total{signal="traces"} ${telemetry.traces.accepted}`);
});
