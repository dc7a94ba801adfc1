// Records out of one installation and into another: nothing is lost on the way, nothing doubled.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { parquetReadObjects } from "hyparquet";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const CALLS = 12;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  for (let number = 0; number < CALLS; number += 1)
    await app.chat({ model: "sim/sim-small", messages: [{ role: "user", content: `question ${number} é "x",\n🙂` }] });
  await until(async () => (await app.client.status()).ledger.pending_records === 0);
});
afterAll(() => app.close());

const exported = (query: string, key = app.key) =>
  fetch(`${app.url}/api/v1/records/export?${query}`, { headers: { authorization: `Bearer ${key}` } });

describe("records are exported", () => {
  test("as NDJSON, whole and with their bodies, oldest first", async () => {
    const response = await exported("format=ndjson");
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = (await response.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(CALLS);
    for (const [index, { record, request, response: answer }] of lines.entries()) {
      expect(request.text).toContain(`question ${index} é`);
      expect(answer.text).toContain("choices");
      expect(record).toEqual(expect.objectContaining({ id: expect.any(String), kind: "call", outcome: "ok" }));
      const { request_body, response_body, messages, ...shown } = await app.client.calls.get({ id: record.id });
      expect(record).toEqual(shown);
      expect([request.text, answer.text]).toEqual([request_body?.text, response_body?.text]);
      expect(messages.length).toBeGreaterThan(0);
    }
  });

  test("as CSV with a heading, and as Parquet with types", async () => {
    const csv = await (await exported("format=csv&bodies=false")).text();
    expect(csv.split("\n")[0]).toStartWith("id,started_at,kind,own,trace_id");
    const parquet = await (await exported("format=parquet")).arrayBuffer();
    const rows = await parquetReadObjects({ file: parquet });
    expect(rows).toHaveLength(CALLS);
    expect(rows[0]).toMatchObject({ kind: "call", outcome: "ok", vendor: "sim", cost_usd_micros: expect.any(BigInt) });
  });

  test("in the time that is asked for only", async () => {
    const now = Date.now();
    expect(await (await exported(`since_ms=${now - 20 * 86_400_000}&until_ms=${now - 10 * 86_400_000}`)).text()).toBe(
      "",
    );
  });

  test("to nobody without a key, and with words for what is wrong", async () => {
    expect((await exported("", "bk_nobody")).status).toBe(401);
    const bad = await exported("format=xml");
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("ndjson, csv or parquet")]);
    expect((await exported("since=yesterday")).status).toBe(400);
  });
});

test("what lies on disk is told by the day", async () => {
  const { days, total_bytes, keep } = await app.client.storage();
  expect(days.some(({ day }) => day === new Date().toISOString().slice(0, 10))).toBe(true);
  expect(total_bytes).toBeGreaterThan(100_000);
  expect(keep.bodies_ms).toBe(90 * 86_400_000);
});
