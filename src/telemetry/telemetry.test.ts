import { describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { hexOf, spanIdAt } from "../../test/support/otlp.ts";
import { defineErrors } from "../kernel/index.ts";
import { errorCode, holdTelemetry, spanAt, tracesOf } from "./telemetry.fixture.ts";

/** As the ledger says it. */
const journalErrors = defineErrors("ledger", {
  journal_full: (_: { retryAfterMs: number }) => ({ status: 503, retry: "later", message: "full", fix: "wait" }),
});
const DAY_MS = 86_400_000;

describe("spans", () => {
  test("are kept with who sent them, and the same span has the same id again", async () => {
    const { send, kept } = holdTelemetry();
    const body = tracesOf(spanAt(1), spanAt(2, { parentSpanId: spanIdAt(1) }));
    expect(await send(body)).toEqual({ accepted: 2, rejected: 0, message: "" });
    await send(body);
    expect(kept.map(({ record }) => record)).toMatchObject([
      {
        kind: "span",
        name: "span 1",
        parent_span_id: null,
        who: { key_id: "k1", team: "t" },
        service: { name: "shop" },
      },
      { parent_span_id: hexOf(spanIdAt(1)) },
      {},
      {},
    ]);
    const ids = kept.map(({ record }) => record.id);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe(ids[2] ?? "");
  });

  test("that are wrong are rejected with the reason, and the others are kept", async () => {
    const { send, kept, telemetry } = holdTelemetry();
    const now = Date.now();
    const outcome = await send(
      tracesOf(
        spanAt(1),
        spanAt(2, { traceId: new Uint8Array(16) }),
        spanAt(3, { spanId: new Uint8Array(7).fill(1) }),
        spanAt(4, { spanId: new Uint8Array(0) }),
        spanAt(5, { startedAtMs: 1000 }),
        spanAt(6, { startedAtMs: Date.UTC(2100, 1, 1) }),
        spanAt(7, { startedAtMs: now, endedAtMs: Date.UTC(2100, 1, 1) }),
        spanAt(8, { parentSpanId: new Uint8Array(3).fill(1) }),
      ),
    );
    expect(outcome).toMatchObject({ accepted: 1, rejected: 7 });
    expect(outcome.message).toStartWith(
      "7 rejected: a trace id is all zeros; a span id is not 8 bytes; a span id is missing",
    );
    expect(kept).toHaveLength(1);
    expect(telemetry.counts().traces).toEqual({ accepted: 1, rejected: 7, turned_away_requests: 0 });
  });

  test.each([
    ["long ago, but not before clocks were set", { startedAtMs: Date.now() - 3000 * DAY_MS }, true],
    ["in 1970", { startedAtMs: 86_400_000 }, false],
    ["in 2100", { startedAtMs: Date.UTC(2100, 0, 1) }, false],
    ["at no time", { startedAtMs: 0 }, false],
    ["at the largest time", { startedAtMs: 1.8e13 }, false],
    ["an hour ahead", { startedAtMs: Date.now() + 3_600_000 }, true],
  ])("%s are kept or rejected: %o, %p", async (_, times, isKept) => {
    const { send } = holdTelemetry();
    expect((await send(tracesOf(spanAt(1, times)))).accepted).toBe(isKept ? 1 : 0);
  });

  test("that end before they begin took no time", async () => {
    const { send, kept } = holdTelemetry();
    const now = Date.now();
    await send(tracesOf(spanAt(1, { startedAtMs: now, endedAtMs: now - 5000 })));
    expect(kept[0]?.record.duration_ms).toBe(0);
  });
});

describe("logs", () => {
  const log = { timeUnixNano: `${Date.now()}000000`, body: { stringValue: "said" }, severityText: "INFO" };
  const bodyOf = (...logRecords: object[]): string =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });

  test("have an id of their own, the same when they are sent again, also where two of a request are alike", async () => {
    const { send, kept } = holdTelemetry();
    await send(bodyOf(log, log, { ...log, body: { stringValue: "other" } }), { signal: "logs" });
    await send(bodyOf(log, log, { ...log, body: { stringValue: "other" } }), { signal: "logs" });
    const ids = kept.map(({ record }) => record.id);
    expect(new Set(ids).size).toBe(3);
    expect(ids.slice(0, 3)).toEqual(ids.slice(3));
    expect(kept[0]?.record).toMatchObject({ kind: "log", severity: "info" });
  });

  test("without a time are of the time they came", async () => {
    const { send, kept } = holdTelemetry();
    await send(bodyOf({ body: { stringValue: "said" } }), { signal: "logs" });
    expect(Math.abs((kept[0]?.record.started_at_ms ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

describe("where there is no room", () => {
  test("a request is turned away with a time to come again, and counted", async () => {
    const { send, telemetry } = holdTelemetry({ config: { queue_requests_max: 1 } });
    const held = Promise.withResolvers<Uint8Array>();
    const first = send(tracesOf(spanAt(1)), { readBody: () => held.promise });
    const error: unknown = await send(tracesOf(spanAt(2))).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "telemetry.queue_full", status: 503, retry: "later", retryAfterMs: 1000 });
    held.resolve(tracesOf(spanAt(1)));
    expect(await first).toMatchObject({ accepted: 1 });
    expect(await send(tracesOf(spanAt(2)))).toMatchObject({ accepted: 1 });
    expect(telemetry.counts().traces).toEqual({ accepted: 2, rejected: 0, turned_away_requests: 1 });
  });

  test("the bytes of all requests together are bounded, unpacked", async () => {
    const { send } = holdTelemetry({ config: { queue_bytes_max: 100_000 } });
    const held = Promise.withResolvers<Uint8Array>();
    const first = send(tracesOf(spanAt(1)), { readBody: () => held.promise });
    const large = gzipSync(tracesOf(spanAt(2, { attributes: { long: "x".repeat(150_000) } })));
    expect(await errorCode(send(large, { packing: "gzip" }))).toBe("503 telemetry.queue_full");
    held.resolve(tracesOf(spanAt(1)));
    await first;
    expect(await send(large, { packing: "gzip" })).toMatchObject({ accepted: 1 });
  });

  test("in the journal, nothing is said to be accepted", async () => {
    const { send, telemetry } = holdTelemetry({
      append() {
        throw journalErrors.journal_full({ retryAfterMs: 1000 });
      },
    });
    expect(await errorCode(send(tracesOf(spanAt(1))))).toBe("503 ledger.journal_full");
    expect(telemetry.counts().traces).toEqual({ accepted: 0, rejected: 0, turned_away_requests: 1 });
  });

  test("while PostgreSQL is away, metrics are to come again", async () => {
    const { send } = holdTelemetry();
    const point = { timeUnixNano: `${Date.now()}000000`, asDouble: 1 };
    const metrics = [{ name: "m", gauge: { dataPoints: [point] } }];
    const body = JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
    expect(await errorCode(send(body, { signal: "metrics" }))).toBe("503 telemetry.database_away");
  });
});
