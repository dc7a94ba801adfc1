// The Observability Boundary over the whole program: what holds records up is seen, told and over again; and all processes'
// signals are one.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let app: TestApp;
let startedMs: number;

beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({
    database,
    config: `
providers: { sim: { price: { input_usd_per_million: 1, output_usd_per_million: 1 } } }
drift: { interval: 100ms, settle: 500ms }
governance: { budgets: [{ of: organisation, usd: 100 }] }
observability:
  boundary:
    interval: 50ms
    recover_after: 100ms
    # What is not held up here is within its bound on any machine.
    bounds: { records: 1s, cost: 10m, budget: 10m, latency: 10m, route_decision: 10m, guardrail: 10m, authority: 10m }`,
  });
  startedMs = performance.now();
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

const call = async (): Promise<void> => {
  const body = { model: "sim/sim-instant", max_tokens: 5, messages: [{ role: "user", content: "hi" }] };
  expect((await app.chat(body)).status).toBe(200);
};
const signal = async (name: string) => (await app.client.boundary.get()).signals.find((each) => each.signal === name);

describe("the boundary", () => {
  test("shows calls' signals as idle until there are calls, and then how soon they hold", async () => {
    expect(await signal("cost")).toMatchObject({ state: "idle", lag_ms: null, samples: 0 });
    await call();
    await until(async () => (await signal("cost"))?.state === "within");
    expect(await signal("latency")).toMatchObject({ state: "within", samples: 1 });
    expect(await signal("guardrail")).toMatchObject({ state: "idle" });
    expect(await signal("authority")).toMatchObject({ state: "within" });
  });

  test("tells when what was spent is known to no other process, and when it is", async () => {
    await call();
    await until(async () => ((await signal("budget"))?.samples ?? 0) > 0);
    expect((await signal("budget"))?.lag_ms).toBeLessThan(performance.now() - startedMs);
  });

  test("knows when calls were compared with how they were before", async () => {
    // A record that reaches PostgreSQL later than `settle` is passed over; of several, one does not.
    await until(async () => {
      await call();
      return ((await signal("drift"))?.samples ?? 0) > 0;
    });
    expect(await signal("drift")).toMatchObject({ state: "within" });
  });

  test("is crossed while records cannot reach PostgreSQL, in that signal alone, and is not when they can", async () => {
    // A record of before may have come late, on a busy machine.
    await until(async () => (await app.client.status()).ledger.pending_records === 0);
    await until(async () => (await signal("records"))?.state !== "crossed");
    const connection = await database.storage.pool.connect();
    await connection.query("begin");
    await connection.query("lock table ledger_records in access exclusive mode");
    await call();
    await until(async () => (await signal("records"))?.state === "crossed");
    const boundary = await app.client.boundary.get();
    expect(boundary.state).toBe("crossed");
    expect(boundary.signals.filter(({ state }) => state === "crossed").map((each) => each.signal)).toEqual(["records"]);
    expect((await app.client.status()).boundary).toMatchObject({ state: "crossed", crossed: [{ signal: "records" }] });
    const { lag_ms, crossed_times } = (await signal("records")) ?? {};
    const first = lag_ms ?? 0;
    await until(async () => ((await signal("records"))?.lag_ms ?? 0) > first + 200);
    await connection.query("rollback");
    connection.release();
    await until(async () => (await signal("records"))?.state === "within");
    expect(await signal("records")).toMatchObject({ crossed_since_ms: null, crossed_times });
  });

  test("refuses a signal that there is not, and bounds that are no times", async () => {
    const response = await fetch(`${app.url}/api/v1/boundary/history?signal=mood`, {
      headers: { authorization: `Bearer ${app.key}` },
    });
    expect(response.status).toBe(400);
    const reload = (bounds: string) => () => app.reload(`observability: { boundary: { bounds: ${bounds} } }`);
    expect(reload("{ cost: soon }")).toThrow("observability.boundary.bounds.cost");
    expect(reload("{ mood: 1s }")).toThrow("mood");
  });
});
