// Telemetry while the database is away, or the journal is full: what was accepted is kept, and what is not is told to come again.
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type MadeSpan, spanIdAt, traceIdAt, writeTraces } from "../support/otlp.ts";
import { until } from "../support/until.ts";

function post(app: TestApp, path: string, body: Uint8Array | string): Promise<Response> {
  const isJson = typeof body === "string";
  return fetch(`${app.url}${path}`, {
    method: "POST",
    headers: {
      "content-type": isJson ? "application/json" : "application/x-protobuf",
      authorization: `Bearer ${app.key}`,
    },
    body: body as string,
  });
}

function spanAt(place: number, attributes: MadeSpan["attributes"] = {}): MadeSpan {
  return { traceId: traceIdAt(1), spanId: spanIdAt(place), name: `span ${place}`, startedAtMs: Date.now(), attributes };
}

test("spans are accepted while PostgreSQL is away, and there when it is back; metrics come again", async () => {
  const app = await startTestApp({ ownDatabase: true });
  // The key must be known: it is in PostgreSQL.
  expect((await post(app, "/v1/traces", writeTraces({ spans: [spanAt(0)] }))).status).toBe(200);
  const postmaster = Number(readFileSync(`${app.home}/postgres/postmaster.pid`, "utf8").split("\n")[0]);
  process.kill(postmaster, "SIGKILL");
  for (let place = 1; place <= 20; place += 1)
    expect((await post(app, "/v1/traces", writeTraces({ spans: [spanAt(place)] }))).status).toBe(200);
  const dataPoints = [{ timeUnixNano: `${Date.now()}000000`, asDouble: 1 }];
  const metrics = JSON.stringify({
    resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "m", gauge: { dataPoints } }] }] }],
  });
  await until(async () => {
    const response = await post(app, "/v1/metrics", metrics);
    if (response.status === 503) expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    else expect(response.status).toBe(200);
    return response.status === 200;
  });
  await until(async () => (await app.client.status()).ledger.pending_records === 0);
  const { ledger, telemetry } = await app.client.status();
  expect(ledger.projected_records).toBe(21);
  expect(telemetry.traces.accepted).toBe(21);
  expect((await app.client.telemetry.points({ name: "m" })).points).toHaveLength(1);
  await app.close();
});

test("spans are told to come again when the journal has no room for them, and calls still have", async () => {
  const app = await startTestApp({
    // Nothing is projected for a long while, so the small journal fills.
    config: "ledger: { journal: { max_bytes: 1MiB }, bodies: { max_bytes: 64KiB }, projector: { interval: 1h } }",
  });
  let refused: Response | undefined;
  for (let place = 1; place <= 200 && !refused; place += 1) {
    const response = await post(
      app,
      "/v1/traces",
      writeTraces({ spans: [spanAt(place, { long: "x".repeat(20_000) })] }),
    );
    if (response.status !== 200) refused = response;
  }
  expect(refused?.status).toBe(503);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await refused?.text()).toContain("journal");
  const call = await app.chat({ model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] });
  expect(call.status).toBe(200);
  const { telemetry } = await app.client.status();
  expect(telemetry.traces.turned_away_requests).toBe(1);
  await app.close();
});
