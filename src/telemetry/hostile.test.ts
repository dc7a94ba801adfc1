import { describe, expect, test } from "bun:test";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { array, assert, asyncProperty, constantFrom, jsonValue, nat, oneof, tuple, uint8Array } from "fast-check";
import { Writer } from "protobufjs/minimal";
import { writeLayers, writeSpan, writeValue } from "../../test/support/otlp.ts";
import { isAppError } from "../kernel/index.ts";
import { errorCode, holdTelemetry, spanAt, tracesOf } from "./telemetry.fixture.ts";
import { signals } from "./wire/answers.ts";

describe("what is too much", () => {
  test("a value of a megabyte is cut, and the record says so", async () => {
    const { send, kept } = holdTelemetry();
    await send(tracesOf(spanAt(1, { attributes: { long: "x".repeat(1_100_000), short: "y" } })));
    const [record] = kept.map((each) => each.record);
    expect(String(record?.attributes["long"])).toHaveLength(32 * 1024);
    expect(record?.attributes["short"]).toBe("y");
    expect(record?.cut).toContain("attributes.long");
  });

  test("ten thousand attributes are cut to the bound", async () => {
    const { send, kept } = holdTelemetry({ config: { attributes_max: 100 } });
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`label_${index}`, index]));
    await send(tracesOf(spanAt(1, { attributes: many })));
    expect(kept[0]?.record.cut).toEqual(["attributes"]);
    expect(Object.keys(kept[0]?.record.attributes ?? {})).toHaveLength(100);
  });

  test("values that stand ten thousand deep in one another are cut at the bound, in both encodings", async () => {
    const { send, kept } = holdTelemetry();
    let deep = writeValue("bottom");
    for (let depth = 0; depth < 10_000; depth += 1)
      deep = Writer.create().uint32(42).bytes(Writer.create().uint32(10).bytes(deep).finish()).finish();
    const pair = Writer.create().uint32(10).string("deep").uint32(18).bytes(deep).finish();
    const whole = Buffer.concat([writeSpan(spanAt(1)), Writer.create().uint32(74).bytes(pair).finish()]);
    await send(writeLayers({}, Writer.create().uint32(18).bytes(whole).finish()));
    const text = `${'{"arrayValue":{"values":['.repeat(10_000)}{"stringValue":"bottom"}${"]}}".repeat(10_000)}`;
    const span = { traceId: "1".repeat(32), spanId: "1".repeat(16), startTimeUnixNano: `${Date.now()}000000` };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes: ["HERE"] }] }] }] });
    expect(await send(body.replace('"HERE"', `{"key":"deep","value":${text}}`))).toMatchObject({ accepted: 1 });
    expect(kept.map(({ record }) => record.cut)).toEqual([["attributes.deep"], ["attributes.deep"]]);
  });

  test("millions of empty records in a few megabytes are refused, in records and in groups", async () => {
    const { send } = holdTelemetry();
    const empty = Buffer.from([18, 0]);
    const many = Buffer.concat(Array.from({ length: 60_000 }, () => empty));
    expect(await errorCode(send(writeLayers({}, many)))).toBe("413 telemetry.too_many_records");
    const groups = Buffer.concat(Array.from({ length: 60_000 }, () => Buffer.from([10, 0])));
    expect(await errorCode(send(groups))).toBe("413 telemetry.too_many_records");
    const spans = Array.from({ length: 60_000 }, () => 0);
    expect(await errorCode(send(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })))).toBe(
      "413 telemetry.too_many_records",
    );
    const dataPoints = Array.from({ length: 60_000 }, () => ({}));
    const metrics = [{ name: "m", gauge: { dataPoints } }];
    const body = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
    expect(await send(body, { signal: "metrics" })).toMatchObject({ accepted: 0, rejected: 1 });
  });

  test("a body of 20 MB is refused before it is read", async () => {
    const { send } = holdTelemetry();
    expect(await errorCode(send(new Uint8Array(20_000_000)))).toBe("413 telemetry.too_large");
  });

  test("a packed body that would be larger than the bound is refused without being unpacked", async () => {
    const { send } = holdTelemetry();
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(await errorCode(send(bomb, { packing: "gzip" }))).toBe("413 telemetry.too_large");
    expect(await errorCode(send(deflateSync(Buffer.alloc(50_000_000)), { packing: "deflate" }))).toBe(
      "413 telemetry.too_large",
    );
  });
});

describe("packed bodies", () => {
  test("are taken in gzip, and in deflate with its head or without", async () => {
    const { send } = holdTelemetry();
    const body = tracesOf(spanAt(1, { attributes: { long: "x".repeat(100_000) } }));
    for (const [packing, packed] of [
      ["gzip", gzipSync(body)],
      ["GZIP", gzipSync(body)],
      ["deflate", deflateSync(body)],
      ["deflate", deflateRawSync(body)],
      ["identity", body],
    ] as const)
      expect(await send(packed, { packing })).toMatchObject({ accepted: 1, rejected: 0 });
  });

  test("that cannot be unpacked, or are packed some other way, are the sender's mistake", async () => {
    const { send } = holdTelemetry();
    const packed = gzipSync(tracesOf(spanAt(1)));
    expect(await errorCode(send(packed.subarray(0, -9), { packing: "gzip" }))).toBe("400 telemetry.bad_packing");
    expect(await errorCode(send(tracesOf(spanAt(1)), { packing: "gzip" }))).toBe("400 telemetry.bad_packing");
    expect(await errorCode(send(packed, { packing: "br" }))).toBe("415 telemetry.unknown_packing");
  });
});

describe("hostile bytes", () => {
  test("a message cut at any byte is malformed, or what is left of it is taken; never a defect", async () => {
    const { send } = holdTelemetry();
    const body = tracesOf(
      spanAt(1, { attributes: { a: ["b", { c: 1.5 }] }, events: [{ name: "e", atMs: Date.now() }] }),
    );
    for (let length = 0; length < body.length; length += 1) {
      const sent = send(body.subarray(0, length));
      if (length === 0) expect(await sent).toMatchObject({ accepted: 0, rejected: 0 });
      else expect(await errorCode(sent)).toBe("400 telemetry.malformed");
    }
  });

  test("a span cut at any byte is rejected, or misses its end; the span beside it is kept", async () => {
    const { send } = holdTelemetry();
    const whole = writeSpan(spanAt(1, { attributes: { a: "b" } }));
    for (let length = 0; length < whole.length; length += 1) {
      const scope = Writer.create()
        .uint32(18)
        .bytes(whole.subarray(0, length))
        .uint32(18)
        .bytes(writeSpan(spanAt(2)));
      const { accepted, rejected } = await send(writeLayers({}, scope.finish()));
      expect(accepted + rejected).toBe(2);
      expect(accepted).toBeGreaterThanOrEqual(1);
    }
  });

  test("whatever bytes come, the answer is an outcome or the sender's mistake", async () => {
    const { send } = holdTelemetry();
    const seed = tracesOf(spanAt(1, { attributes: { a: ["b", { c: 1.5 }], d: true } }));
    const mutated = array(tuple(nat(seed.length - 1), nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
      const bytes = Buffer.from(seed);
      for (const [at, byte] of changes) bytes[at] = byte;
      return new Uint8Array(bytes);
    });
    await assert(
      asyncProperty(
        oneof(uint8Array({ maxLength: 300 }), mutated),
        constantFrom("traces", "logs"),
        async (bytes, signal) => {
          const error: unknown = await send(bytes, { signal }).then(
            () => undefined,
            (caught: unknown) => caught,
          );
          if (error !== undefined) expect(isAppError(error) && error.status).toBe(400);
        },
      ),
      { seed: 21, numRuns: 2000 },
    );
  });

  test("whatever JSON comes, the answer is an outcome or the sender's mistake", async () => {
    const { send } = holdTelemetry();
    const layers = {
      traces: ["resourceSpans", "scopeSpans", "spans"],
      logs: ["resourceLogs", "scopeLogs", "logRecords"],
    };
    await assert(
      asyncProperty(jsonValue(), jsonValue(), constantFrom("traces", "logs"), async (value, other, signal) => {
        const [first, second, third] = layers[signal] as [string, string, string];
        const ids = { traceId: "1".repeat(32), spanId: "1".repeat(16), startTimeUnixNano: `${Date.now()}000000` };
        const record = {
          ...ids,
          attributes: [{ key: "a", value }],
          events: other,
          links: [value],
          status: other,
          body: value,
        };
        for (const body of [
          value,
          { [first]: value },
          { [first]: [{ resource: value, [second]: [{ scope: other, [third]: [value, record] }] }] },
        ]) {
          const error: unknown = await send(JSON.stringify(body), { signal }).then(
            () => undefined,
            (caught: unknown) => caught,
          );
          if (error !== undefined) expect(isAppError(error) && error.status).toBe(400);
        }
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  test("another signal's export is refused rather than taken for an empty one", async () => {
    const { send } = holdTelemetry();
    expect(await errorCode(send(JSON.stringify({ resourceLogs: [] })))).toBe("400 telemetry.malformed");
    expect(await send("{}")).toMatchObject({ accepted: 0, rejected: 0 });
    for (const signal of signals) expect(await errorCode(send("{", { signal }))).toBe("400 telemetry.malformed");
  });
});
