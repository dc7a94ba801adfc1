// What was called is found again: by filter, by its words, as a trace, in its session.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until, untilFound } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: "ledger: { search: { interval: 10ms } }" });
});
afterAll(() => app.close());

const TRACE = "0af7651916cd43dd8448eb211c80319c";

test("a call is found by its words, by filter, in its trace and whole", async () => {
  const body = {
    model: "sim/sim-instant",
    messages: [{ role: "user", content: "Why do nightingales sing at night?" }],
  };
  const answer = await app.chat(body, { headers: { traceparent: `00-${TRACE}-b7ad6b7169203331-01` } });
  expect(answer.status).toBe(200);
  await until(async () => {
    const { records } = await app.client.records.list({ filter: "nightingales" });
    return records.length === 1;
  });
  const { records } = await app.client.records.list({ filter: 'own:true AND model:sim/* AND "sing at night"' });
  expect(records).toMatchObject([{ kind: "call", model: "sim/sim-instant", trace_id: TRACE, outcome: "ok" }]);
  const id = records[0]?.id ?? "";
  const detail = await app.client.records.get({ id });
  expect(detail.request_body?.text).toContain("nightingales");
  expect(detail.record).toMatchObject({ id, trace_id: TRACE });
  expect((await app.client.calls.list({ filter: "nightingales" })).calls).toMatchObject([{ id }]);

  // What stands for its trace may come a moment after its words.
  const { traces } = await untilFound(async () => {
    const found = await app.client.traces.list({ filter: "model:sim/*" });
    return found.traces.length > 0 && found;
  });
  expect(traces).toMatchObject([{ trace_id: TRACE, root_is_known: false, totals: { records: 1, calls: 1 } }]);
  const trace = await app.client.traces.get({ id: TRACE });
  expect(trace.nodes).toMatchObject([{ id, own: true, orphan: true, depth: 0 }]);
});

test("what is not there, and what cannot be read, is told", async () => {
  const told = (promise: Promise<unknown>) =>
    promise.then(
      () => "nothing",
      ({ code, status }: { code: string; status: number }) => `${code} ${status}`,
    );
  const { client } = app;
  expect(await told(client.records.get({ id: "x" }))).toBe("interfaces.not_found 404");
  expect(await told(client.traces.get({ id: "x" }))).toBe("interfaces.not_found 404");
  expect(await told(client.sessions.get({ id: "x" }))).toBe("interfaces.not_found 404");
  expect(await told(client.calls.list({ filter: "modle:x" }))).toBe("ledger.unknown_filter_field 400");
  for (const list of [client.records.list, client.traces.list, client.sessions.list, client.activity.users]) {
    expect(await told(list({ filter: "cost:>" }))).toBe("ledger.bad_filter 400");
    expect(await told(list({ since_ms: 0 }))).toBe("ledger.window_too_wide 400");
    expect(await told(list({ cursor: "x" }))).toBe("ledger.bad_cursor 400");
    expect(await told(list({ limit: 201 }))).toBe("BAD_REQUEST 400");
  }
});
