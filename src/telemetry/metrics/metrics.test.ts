// Points of metrics against a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { telemetryMigrations } from "../migrations/index.ts";
import { type HeldTelemetry, holdTelemetry } from "../telemetry.fixture.ts";

const DAY_MS = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await startMigratedDatabase("telemetry", [telemetryMigrations]);
});
afterAll(() => database.close());

function hold(nowMs: number): HeldTelemetry {
  return holdTelemetry({ storage: database.storage, world: { nowMs: () => nowMs } });
}

function gaugeOf(name: string, points: { atMs: number; value: number; labels?: Record<string, string> }[]): string {
  const dataPoints = points.map(({ atMs, value, labels = {} }) => ({
    timeUnixNano: `${atMs}000000`,
    asDouble: value,
    attributes: Object.entries(labels).map(([key, text]) => ({ key, value: { stringValue: text } })),
  }));
  return JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name, gauge: { dataPoints } }] }] }] });
}

const query = { attribute: [], limit: 100 };

describe("points of metrics", () => {
  test("that are sent again add nothing, in whatever order their labels come", async () => {
    const nowMs = Date.now();
    const { send, telemetry } = hold(nowMs);
    for (const labels of [
      { a: "1", b: "2" },
      { b: "2", a: "1" },
    ])
      for (let time = 0; time < 2; time += 1)
        expect(await send(gaugeOf("again", [{ atMs: nowMs, value: 3, labels }]), { signal: "metrics" })).toMatchObject({
          accepted: 1,
        });
    const { points } = await telemetry.metrics.points({ ...query, name: "again", until_ms: nowMs + 1 });
    expect(points).toMatchObject([{ value: 3, attributes: { a: "1", b: "2" } }]);
  });

  test("are read page by page, newest first, each once", async () => {
    const nowMs = Date.now();
    const { send, telemetry } = hold(nowMs);
    const many = Array.from({ length: 25 }, (_, place) => ({
      atMs: nowMs - (place % 5),
      value: place,
      labels: { place: `${place}` },
    }));
    await send(gaugeOf("paged", many), { signal: "metrics" });
    const values: unknown[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await telemetry.metrics.points({
        ...query,
        limit: 7,
        name: "paged",
        until_ms: nowMs + 1,
        ...(cursor ? { cursor } : {}),
      });
      values.push(...page.points.map(({ value }) => value));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(values).toHaveLength(25);
    expect(new Set(values).size).toBe(25);
    expect(values.slice(0, 5).every((value) => Number(value) % 5 === 0)).toBe(true);
  });

  test("go when they are no longer kept, with their partition", async () => {
    const longAgo = Date.now() - 100 * DAY_MS;
    const before = hold(longAgo);
    await before.send(
      gaugeOf("old", [
        { atMs: longAgo, value: 1 },
        { atMs: longAgo - 5 * DAY_MS, value: 2 },
      ]),
      {
        signal: "metrics",
      },
    );
    const read = { ...query, name: "old", since_ms: longAgo - 10 * DAY_MS, until_ms: longAgo + 1 };
    expect((await before.telemetry.metrics.points(read)).points).toHaveLength(2);
    const later = hold(Date.now());
    await later.send(gaugeOf("new", [{ atMs: Date.now(), value: 1 }]), { signal: "metrics" });
    expect((await later.telemetry.metrics.points(read)).points).toHaveLength(0);
  });

  test("are asked for with a label and a cursor that make sense", async () => {
    const { telemetry } = hold(Date.now());
    const ask = (more: object) => telemetry.metrics.points({ ...query, name: "any", ...more });
    expect(ask({ attribute: ["no label"] })).rejects.toMatchObject({ code: "telemetry.bad_label" });
    for (const cursor of ["", "x", Buffer.from("1 not-an-id").toString("base64url")])
      expect(ask({ cursor })).rejects.toMatchObject({ code: "telemetry.bad_cursor" });
    expect((await ask({ attribute: ["a=b=c", "nul=\0"] })).points).toEqual([]);
  });
});
