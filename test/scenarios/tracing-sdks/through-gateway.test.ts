// A call that an application traces and that goes through the gateway as well: counted once, and one tree where the application
// says of which trace it is.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startAppDatabase } from "../../support/app-database.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import type { TestDatabase } from "../../support/database.ts";
import { runClient } from "../../support/tracing-clients/run-client.ts";
import { until, untilFound } from "../../support/until.ts";

let app: TestApp;
let database: TestDatabase;

beforeAll(async () => {
  database = await startAppDatabase();
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

interface Answer {
  response_id: string;
  own: number;
  traced: number;
  counted: number;
  counted_cost: number;
  own_cost: number;
}

/** By the id of each answer: how often it is on record, and what of that is counted. */
async function answersOf(responseIds: readonly (string | null)[]): Promise<Answer[]> {
  const { rows } = await database.storage.pool.query<Answer>(
    `select response_id, count(*) filter (where is_own)::int as own, count(*) filter (where not is_own)::int as traced,
       count(*) filter (where is_counted)::int as counted,
       sum(cost_usd_micros) filter (where is_counted)::int as counted_cost,
       sum(cost_usd_micros) filter (where is_own)::int as own_cost
     from ledger_records where response_id = any($1) group by response_id`,
    [responseIds],
  );
  return rows;
}

const clients: [string, { service: string; count: number; answers: number }][] = [
  // It does not say the ids of streams, nor what they used.
  ["openinference", { service: "openinference-app", count: 4, answers: 1 }],
  ["traceloop", { service: "traceloop-app", count: 4, answers: 1 }],
  ["vercel-ai", { service: "vercel-app", count: 11, answers: 3 }],
];

for (const [client, { service, count, answers }] of clients)
  test(`calls that ${client} traces without saying so to the gateway are counted once, and shown in their trace`, async () => {
    const { records } = await runClient([client], { app, service, count });
    const calls = records.filter(({ record }) => record.kind === "call" && record.response_id !== null);
    expect(calls.length).toBe(answers);
    const ids = calls.map(({ record }) => record.response_id);
    await until(async () => (await answersOf(ids)).every(({ own, counted }) => own === 1 && counted === 1));
    for (const answer of await answersOf(ids))
      expect(answer).toMatchObject({ own: 1, traced: 1, counted: 1, counted_cost: answer.own_cost });
    for (const trace_id of new Set(calls.map(({ record }) => record.trace_id))) {
      const { totals, nodes } = await app.client.traces.get({ id: trace_id });
      const same = nodes.filter(({ same_as }) => same_as !== null);
      expect(same.every(({ own, counted }) => !own && !counted)).toBe(true);
      expect(totals.calls).toBe(nodes.filter(({ counted }) => counted).length + same.length);
      // What stands for its trace in lists may come a moment after its records.
      const listed = await untilFound(async () => {
        const { traces } = await app.client.traces.list({ filter: `service:"${service}"`, limit: 50 });
        return traces.find((trace) => trace.trace_id === trace_id);
      });
      expect(listed.totals).toMatchObject({
        calls: totals.calls,
        tokens: totals.tokens,
        cost_usd_micros: totals.cost_usd_micros,
      });
    }
  });
