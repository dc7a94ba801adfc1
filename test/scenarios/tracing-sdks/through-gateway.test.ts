// A call that an application traces and that goes through the gateway as well: one tree, and counted once.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { startTestDatabase, type TestDatabase } from "../../support/database.ts";
import { runClient } from "../../support/tracing-clients/run-client.ts";
import { until } from "../../support/until.ts";

let app: TestApp;
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
  app = await startTestApp({ database });
});
afterAll(async () => {
  await app?.close();
  await database?.close();
});

interface Row {
  is_own: boolean;
  is_counted: boolean;
  cost: number;
  span_id: string;
  parent_span_id: string | null;
}

test("a traced call through the gateway stands below the application's span, and is counted once", async () => {
  const { records } = await runClient(["through-gateway"], { app, service: "through-app", count: 1 });
  const [traced] = records;
  const rowsOf = async () => {
    const { rows } = await database.storage.pool.query<Row>(
      `select is_own, is_counted, cost_usd_micros::int as cost, encode(span_id, 'hex') as span_id,
         encode(parent_span_id, 'hex') as parent_span_id
       from ledger_records where trace_id = $1 order by is_own`,
      [traced?.record.trace_id],
    );
    return rows;
  };
  await until(async () => (await rowsOf()).filter(({ is_counted }) => is_counted).length === 1);
  const [span, own] = await rowsOf();
  expect(span).toMatchObject({ is_own: false, is_counted: false });
  expect(own).toMatchObject({ is_own: true, is_counted: true, parent_span_id: span?.span_id ?? "" });
  // Both say the same cost: the gateway's own, and what the span's tokens come to by the same prices.
  expect(span?.cost).toBe(own?.cost ?? -1);
  expect(own?.cost).toBeGreaterThan(0);
});
