// Calls of one Binnacle exported to another: what was called there is found here, as a tree, with what was said and used.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SpanRecord } from "../../src/ledger/contract.ts";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";

let database: TestDatabase;
let taking: TestApp;
let sending: TestApp;

beforeAll(async () => {
  database = await startAppDatabase();
  taking = await startTestApp({ database });
  sending = await startTestApp({
    env: { TAKING: `Bearer ${taking.key}` },
    config: JSON.stringify({
      providers: { sim: { price: { input_usd_per_million: 1, output_usd_per_million: 10 } } },
      observability: {
        export: [
          {
            url: taking.url,
            headers: { authorization: "env:TAKING" },
            interval: 20,
            metrics_interval: 50,
            content: true,
          },
        ],
      },
    }),
  });
});
afterAll(async () => {
  await sending?.close();
  await taking?.close();
  await database?.close();
});

interface Row {
  kind: string;
  name: string;
  span_id: string;
  parent: string | null;
  data: SpanRecord;
}

async function rows(): Promise<Row[]> {
  const found = await database.storage.pool.query<Row>(
    `select kind, name, encode(span_id, 'hex') as span_id, encode(parent_span_id, 'hex') as parent, data
      from ledger_records where not is_own order by started_at`,
  );
  return found.rows;
}

describe("calls that are exported", () => {
  test("are found where they are taken in, in their caller's trace, with each attempt below", async () => {
    const response = await sending.chat(
      { model: "sim/sim-small?tokens=5", messages: [{ role: "user", content: "Where is north?" }] },
      { headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01`, baggage: "session.id=tour" } },
    );
    expect(response.status).toBe(200);
    await until(async () => (await rows()).length === 2);
    const found = await rows();
    const call = found.find(({ parent }) => parent === "b7ad6b7169203331");
    const record = await sending.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
    expect(call).toMatchObject({ kind: "call", name: "chat sim/sim-small?tokens=5", span_id: record.span_id });
    expect(call?.data).toMatchObject({ session: "tour", tokens: { input: record.tokens.input }, outcome: "ok" });
    expect(call?.data.cost).toMatchObject({ usd_micros: record.cost.usd_micros });
    expect(call?.data.bodies.request?.size_bytes).toBeGreaterThan("Where is north?".length);
    expect(call?.data.bodies.response?.size_bytes).toBeGreaterThan(10);
    const attempt = found.find(({ parent }) => parent === record.span_id);
    expect(attempt).toMatchObject({ name: "attempt sim/sim-small?tokens=5", data: { tokens: null } });
    await until(async () => (await sending.client.exports()).exports[0]?.sent === 1);
    const [state] = (await sending.client.exports()).exports;
    expect(state).toMatchObject({ dropped: 0, rejected: 0, last_error: null });
  });

  test("come with metrics that the other side takes", async () => {
    await until(async () => /intake_accepted_total\{signal="metrics"\} [1-9]/.test(await metricsOf(taking)));
  });
});

async function metricsOf(app: TestApp): Promise<string> {
  const response = await fetch(`${app.url}/metrics`, {
    headers: { authorization: `Bearer ${app.key}`, accept: "application/openmetrics-text;version=1.0.0" },
  });
  expect(response.headers.get("content-type")).toStartWith("application/openmetrics-text");
  return response.text();
}

test("metrics have a call's trace in the bucket that it fell into", async () => {
  expect(await metricsOf(sending)).toContain(`# {trace_id="${TRACE}"}`);
});
