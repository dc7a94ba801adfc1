import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spanIdAt, traceIdAt, writeTraces } from "../../../test/support/otlp.ts";
import { captureTraces } from "../../../test/support/otlp-sdk.ts";
import { telemetryConfigSchema } from "../config.ts";
import { openLogs, openMetrics, openTraces, type RecordGroup } from "./open-export.ts";
import { settleLog, settleSpan } from "./settle.ts";
import type { WireSpan } from "./wire-span.ts";

const bounds = telemetryConfigSchema.parse({});
const fixtures = join(import.meta.dir, "../../../../shared/fixtures/otel");
const anyTime = { nowMs: Date.now(), ageMaxMs: Infinity, aheadMaxMs: 1000 };

function fixture(name: string): Uint8Array {
  return readFileSync(join(fixtures, name));
}

function recordsOf<Wire>(groups: RecordGroup<Wire>[]): Wire[] {
  return groups.flatMap((group) => Array.from({ length: group.count }, (_, index) => group.read(index)));
}

function spansIn(body: Uint8Array, encoding: "json" | "protobuf"): WireSpan[] {
  const spans = recordsOf(openTraces(body, { encoding, bounds }));
  for (const span of spans) expect(settleSpan(span, anyTime)).toBeUndefined();
  return spans;
}

describe("a span", () => {
  test("is the same in protobuf and in JSON, as OpenTelemetry's exporters write them", async () => {
    const { json, protobuf } = await captureTraces((tracer) => {
      const span = tracer.startSpan("chat gpt-4o", { kind: 2, startTime: [1_700_000_000, 123_456_789] });
      span.setAttributes({ text: "grüße \u{1F600}", whole: 42, part: 0.5, yes: true, list: ["a", "b"], none: [] });
      span.addEvent("it happened", { detail: "x" }, [1_700_000_000, 200_000_000]);
      span.addLink({ context: { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 } });
      span.setStatus({ code: 2, message: "it failed" });
      span.end([1_700_000_001, 500]);
    });
    const [one] = spansIn(protobuf, "protobuf");
    const [other] = spansIn(json, "json");
    expect(one).toEqual(other as WireSpan);
    expect(one).toMatchObject({
      name: "chat gpt-4o",
      kind: "client",
      parentSpanId: null,
      attributes: { text: "grüße \u{1F600}", whole: 42, part: 0.5, yes: true, list: ["a", "b"], none: [] },
      events: [{ name: "it happened", atMs: 1_700_000_000_200, attributes: { detail: "x" } }],
      links: [{ traceId: "a".repeat(32), spanId: "b".repeat(16), attributes: {} }],
      status: { code: "error", message: "it failed" },
      cut: [],
    });
    expect(one?.startedAtMs).toBeCloseTo(1_700_000_000_123.456, 2);
    expect(one?.endedAtMs).toBeCloseTo(1_700_000_001_000.0005, 2);
  });

  test("has values of every kind", () => {
    const attributes = {
      huge: 9_223_372_036_854_775_807n,
      least: -9_223_372_036_854_775_808n,
      negative: -3,
      infinite: Number.POSITIVE_INFINITY,
      nothing: Number.NaN,
      bytes: new Uint8Array([0, 255]),
      map: { inner: { list: [1, ["two", { three: 3 }]] } },
      ["__proto__"]: "just a key",
      nul: "a\0b",
    };
    const made = { traceId: traceIdAt(1), spanId: spanIdAt(1), name: "s", startedAtMs: anyTime.nowMs, attributes };
    const [span] = spansIn(writeTraces({ spans: [made] }), "protobuf");
    expect(Object.entries(span?.attributes ?? {})).toEqual([
      ["huge", "9223372036854775807"],
      ["least", "-9223372036854775808"],
      ["negative", -3],
      ["infinite", "Infinity"],
      ["nothing", "NaN"],
      ["bytes", "AP8="],
      ["map", { inner: { list: [1, ["two", { three: 3 }]] } }],
      ["__proto__", "just a key"],
      ["nul", "a\ufffdb"],
    ]);
  });

  test("is read from JSON in the ways that senders differ: names for enums, numbers for int64, lone surrogates", () => {
    const span = {
      traceId: "5B8EFFF798038103D269B633813FC60C",
      spanId: "eee19b7ec3c1b174",
      parentSpanId: "",
      name: "a \ud800 b",
      kind: "SPAN_KIND_SERVER",
      startTimeUnixNano: 1_700_000_000_000_000_000,
      endTimeUnixNano: "1700000000500000000",
      status: { code: "STATUS_CODE_ERROR" },
      attributes: [
        { key: "int as text", value: { intValue: "7" } },
        { key: "int as number", value: { intValue: 7 } },
        { key: "no number", value: { doubleValue: "NaN" } },
        { key: "nothing", value: {} },
        { key: "unknown", value: { laterValue: 1 } },
        { value: { stringValue: "no key" } },
        "no pair",
      ],
      fieldOfNextYear: { any: "thing" },
    };
    const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }));
    const [read] = spansIn(body, "json");
    expect(read).toMatchObject({
      traceId: "5b8efff798038103d269b633813fc60c",
      parentSpanId: null,
      name: "a \ufffd b",
      kind: "server",
      status: { code: "error", message: "" },
      attributes: { "int as text": 7, "int as number": 7, "no number": "NaN", nothing: null, unknown: null },
    });
    expect((read?.endedAtMs ?? 0) - (read?.startedAtMs ?? 0)).toBe(500);
  });
});

describe.skipIf(!existsSync(fixtures))("OpenTelemetry's own examples", () => {
  test("a trace is read", () => {
    const [group] = openTraces(fixture("otlp-trace.json"), { encoding: "json", bounds });
    expect(group).toMatchObject({
      resource: { attributes: { "service.name": "my.service" } },
      scope: { name: "my.library", version: "1.0.0", attributes: { "my.scope.attribute": "some scope attribute" } },
      count: 1,
    });
    expect(spansIn(fixture("otlp-trace.json"), "json")).toMatchObject([
      {
        traceId: "5b8efff798038103d269b633813fc60c",
        spanId: "eee19b7ec3c1b174",
        parentSpanId: "eee19b7ec3c1b173",
        name: "I'm a server span",
        kind: "server",
        startedAtMs: 1_544_712_660_000,
        endedAtMs: 1_544_712_661_000,
        attributes: { "my.span.attr": "some value" },
      },
    ]);
  });

  test("logs and events are read", () => {
    const read = (name: string) =>
      recordsOf(openLogs(fixture(name), { encoding: "json", bounds })).map((log) =>
        settleLog(log, "1".repeat(16), anyTime),
      );
    expect(read("otlp-logs.json")).toMatchObject([
      {
        traceId: "5b8efff798038103d269b633813fc60c",
        severityNumber: 10,
        severityText: "Information",
        body: "Example log record",
        attributes: { "string.attribute": "some string", "int.attribute": 10, "array.attribute": ["many", "values"] },
      },
    ]);
    expect(read("otlp-events.json")).toMatchObject([
      { eventName: "browser.page_view", traceId: null, body: { type: 0, title: "Free Online GUID Generator" } },
    ]);
  });

  test("metrics of every type are read", () => {
    const metrics = recordsOf(openMetrics(fixture("otlp-metrics.json"), { encoding: "json", bounds }));
    expect(metrics).toMatchObject([
      { name: "my.counter", type: "sum", temporality: "delta", isMonotonic: true, points: [{ value: 5 }] },
      { name: "my.gauge", type: "gauge", points: [{ value: 10, attributes: { "my.gauge.attr": "some value" } }] },
      { name: "my.histogram", type: "histogram", points: [{ count: 2, buckets: { bounds: [1], counts: [1, 1] } }] },
      { name: "my.exponential.histogram", type: "exponential_histogram", points: [{ count: 3 }] },
    ]);
  });
});
