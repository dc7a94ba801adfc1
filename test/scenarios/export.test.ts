// Records out of one installation and into another: nothing is lost on the way, nothing doubled.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
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

const recordsIn = (text: string): unknown[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

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

  test("as a filter says", async () => {
    const filter = (text: string) => exported(`filter=${encodeURIComponent(text)}`);
    expect(recordsIn(await (await filter("outcome:ok AND model:sim/*")).text())).toHaveLength(CALLS);
    expect(await (await filter("outcome:failed")).text()).toBe("");
    expect((await filter("colour:red")).status).toBe(400);
  });

  test("to nobody without a key, and with words for what is wrong", async () => {
    expect((await exported("", "bk_nobody")).status).toBe(401);
    const bad = await exported("format=xml");
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("ndjson, csv or parquet")]);
    expect((await exported("since=yesterday")).status).toBe(400);
  });
});

describe("records are imported", () => {
  let other: TestApp;
  beforeAll(async () => void (other = await startTestApp()));
  afterAll(() => other.close());

  const imported = async (format: string, body: BodyInit, key = other.key) => {
    const headers = { authorization: `Bearer ${key}` };
    const response = await fetch(`${other.url}/api/v1/records/import?format=${format}`, {
      method: "POST",
      headers,
      body,
    });
    return { status: response.status, told: (await response.json()) as Record<string, unknown> };
  };
  const projected = () => until(async () => (await other.client.status()).ledger.pending_records === 0);
  const lines = async (of: TestApp) => {
    const headers = { authorization: `Bearer ${of.key}` };
    return (await fetch(`${of.url}/api/v1/records/export`, { headers })).text();
  };

  test.each(["ndjson", "csv", "parquet"])("from %s, whole, and the same again changes nothing", async (format) => {
    const file = await (await exported(`format=${format}`)).arrayBuffer();
    for (const _ of [1, 2]) {
      expect(await imported(format, file)).toEqual({ status: 200, told: { records: CALLS, refused: 0, problems: [] } });
      await projected();
      expect(recordsIn(await lines(other))).toEqual(recordsIn(await lines(app)));
    }
    const [call] = (await other.client.calls.list({ limit: 1 })).calls;
    expect((await other.client.calls.get({ id: call?.id ?? "" })).messages.length).toBeGreaterThan(0);
  });

  test("but for what is none, which is named with its place", async () => {
    const [first = ""] = (await lines(app)).split("\n");
    const { status, told } = await imported("ndjson", `${first}\n{"record": {"kind": "call"}}\nnothing\n`);
    expect(status).toBe(200);
    expect(told).toMatchObject({ records: 1, refused: 2, problems: [{ at: 2 }, { at: 3, why: "it is no JSON" }] });
  });

  test("not from a file that is broken, and not by everybody", async () => {
    const file = await (await exported("format=parquet")).arrayBuffer();
    expect(await imported("parquet", file.slice(0, 900))).toMatchObject({
      status: 400,
      told: { error: { code: "ledger.bad_import" } },
    });
    expect((await imported("csv", '"unclosed')).status).toBe(400);
    expect((await imported("xml", "")).status).toBe(400);
    const { secret } = await other.client.keys.create({ name: "reader", scopes: ["read"] });
    expect((await imported("ndjson", "", secret)).status).toBe(403);
  });
});

describe("the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "binnacle-export-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...argv: string[]) =>
    runInTest([...argv, "--url", app.url, "--key", app.key], { cwd: folder, nowMs: () => Date.now() });

  test.each(["all.ndjson", "all.csv", "all.parquet"])("writes %s, and reads it", async (file) => {
    expect(await run("records", "export", file)).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(file) });
    const { exitCode, stdout } = await run("records", "import", file, "--json");
    expect({ exitCode, told: JSON.parse(stdout) }).toEqual({
      exitCode: 0,
      told: { records: CALLS, refused: 0, problems: [] },
    });
    expect((await run("records", "export", file)).stderr).toContain("not there yet");
  });

  test("says what it needs to know, and shows what lies on disk", async () => {
    expect((await run("records", "export", "all.xml")).stderr).toContain(".ndjson, .csv or .parquet");
    expect((await run("records", "import", "none.csv")).stderr).toContain("There is no file");
    expect((await run("storage")).stdout).toContain("records 400 days, bodies 90 days");
  });
});

test("what lies on disk is told by the day", async () => {
  const { days, total_bytes, keep } = await app.client.storage();
  expect(days.some(({ day }) => day === new Date().toISOString().slice(0, 10))).toBe(true);
  expect(total_bytes).toBeGreaterThan(100_000);
  expect(keep.bodies_ms).toBe(90 * 86_400_000);
});
