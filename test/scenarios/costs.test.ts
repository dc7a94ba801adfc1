// Costs as people ask for them: whatever they are split by, they come to the same, which is what the records say.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const config = `
providers:
  sim: { price: { input_usd_per_million: 123, output_usd_per_million: 4567 } }
  prices: { sim/sim-large: { input_usd_per_million: 999.7, output_usd_per_million: 10001.3 } }
gateway:
  cache: { enabled: true }
  routes:
    shaky: { targets: ["sim/sim-small?error=500:0.6", sim/sim-instant] }
ledger: { sums: { settle: 0s, interval: 50ms } }
`;
const DIMENSIONS = [
  "kind",
  "own",
  "key",
  "user",
  "team",
  "project",
  "model",
  "route",
  "vendor",
  "pattern",
  "outcome",
  "prompt",
];

let app: TestApp;
const teams = ["red", "blue"];

beforeAll(async () => {
  app = await startTestApp({ config });
  const keys = await Promise.all(
    teams.map(async (team) => (await app.client.keys.create({ name: team, team, user: `${team}-user` })).secret),
  );
  const calls = Array.from({ length: 60 }, (_, index) => {
    const model = ["sim/sim-instant", "sim/sim-large", "shaky"][index % 3];
    const content = `Translate number ${index % 30} into French:\nword ${index % 6}`;
    const body = { model, stream: index % 4 === 0, max_tokens: 20, messages: [{ role: "user", content }] };
    return app.chat(body, { key: keys[index % 2] ?? "" }).then((response) => response.text());
  });
  await Promise.all(calls);
  await until(async () => (await app.client.status()).ledger.pending_records === 0);
});
afterAll(() => app.close());

async function recorded(): Promise<number> {
  let cost = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await app.client.calls.list({ limit: 200, ...(cursor && { cursor }) });
    cost += page.calls.reduce((sum, call) => sum + (call.cost.usd_micros ?? 0), 0);
    cursor = page.next_cursor;
  }
  return cost;
}

test("every dimension comes to the same total, to the micro-dollar, and to what the records say", async () => {
  const cost = await recorded();
  expect(cost).toBeGreaterThan(0);
  for (const by of [...DIMENSIONS, "team,model", "key,user", "pattern,route"]) {
    const { total, rows } = await app.client.costs.list({ by, limit: 3 });
    expect({ by, total: total.cost_usd_micros }).toEqual({ by, total: cost });
    expect({ by, sum: rows.reduce((sum, row) => sum + row.cost_usd_micros, 0) }).toEqual({ by, sum: cost });
    expect(rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 9);
  }
  const { requests } = await app.client.costs.list({ by: "request", limit: 1000 });
  expect(requests.reduce((sum, request) => sum + request.cost_usd_micros, 0)).toBe(cost);
  expect(requests.map((request) => request.cost_usd_micros)).toEqual(
    requests.map((request) => request.cost_usd_micros).toSorted((one, other) => other - one),
  );
});

test("what caches saved is told, and requests of one template are one pattern", async () => {
  const { total, rows } = await app.client.costs.patterns({});
  // The first of its kind is not known to be one yet.
  expect(rows.map(({ pattern, example, records }) => [pattern === null, example, records]).toSorted()).toEqual([
    [false, "translate number <number> into french", 59],
    [true, null, 1],
  ]);
  expect(total.saved_usd_micros).toBeGreaterThan(0);
  expect(rows.find(({ example }) => example !== null)?.mean_input_tokens).toBeGreaterThan(0);
});

test("series have percentiles, in buckets that fit the time", async () => {
  const since_ms = Date.now() - 3_600_000;
  const series = await app.client.figures.series({ since_ms, by: "model", team: "red" });
  expect(series.bucket).toBe("minute");
  expect(series.rows.reduce((sum, row) => sum + row.records, 0)).toBe(30);
  expect(series.rows.every(({ duration }) => (duration?.p99_ms ?? -1) >= (duration?.p50_ms ?? 0))).toBe(true);
});

test("a forecast says that it is too early, and what was spent", async () => {
  const { month, too_early, scenarios } = await app.client.costs.forecast({});
  expect(month.spent_usd_micros).toBeGreaterThan(0);
  expect(too_early).toMatchObject({ needed_hours: 48 });
  expect(scenarios).toEqual([]);
});

describe("what cannot be answered is said", () => {
  test.each([
    ["costs?by=colour", 400, "observability.unknown_dimension"],
    ["costs?by=user,team,model,route", 400, "observability.too_many_dimensions"],
    ["costs?by=request,user", 400, "observability.requests_alone"],
    ["costs/forecast?traffic=many", 400, "observability.bad_traffic"],
    ["metrics/series?bucket=minute&since_ms=0", 400, "ledger.sums_too_fine"],
    ["metrics/series?since_ms=5&until_ms=4", 400, "ledger.sums_bad_query"],
  ])("%s", async (path, status, code) => {
    const response = await fetch(`${app.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${app.key}` } });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  test("unknown fields are refused", async () => {
    const headers = { authorization: `Bearer ${app.key}` };
    expect((await fetch(`${app.url}/api/v1/costs?colour=red`, { headers })).status).toBe(400);
  });
});

describe("by command line", () => {
  const run = (...argv: string[]) =>
    runInTest(argv, { env: { BINNACLE_URL: app.url, BINNACLE_KEY: app.key }, nowMs: () => Date.now() });

  test("costs are listed with their share, and the total below", async () => {
    const { stdout, stderr, exitCode } = await run("costs", "--by", "team");
    expect([exitCode, stdout.split("\n")[0]?.split(/\s+/)]).toEqual([
      0,
      ["TEAM", "COST", "SHARE", "RECORDS", "TOKENS", "SAVED", "WASTED"],
    ]);
    expect(stdout).toMatch(/^red +\$\d+\.\d+ +\d+\.\d % +30 /m);
    expect(stderr).toMatch(/^\$\d+\.\d+ in all, 60 records; caches saved \$/m);
  });

  test("requests, patterns and series too", async () => {
    expect((await run("costs", "--by", "request", "-n", "2")).stdout.trimEnd().split("\n").length).toBe(3);
    expect((await run("costs", "patterns", "--where", "team=red")).stdout).toContain("translate number <number>");
    const { stdout } = await run("metrics", "--by", "model", "--bucket", "none");
    expect(stdout).toMatch(/^sim\/sim-large +20 +0 /m);
    expect(JSON.parse((await run("metrics", "--json")).stdout)).toMatchObject({ bucket: "hour", by: [] });
  });

  test("a forecast says how much history is missing, and what was spent", async () => {
    const { exitCode, stdout, stderr } = await run("costs", "forecast");
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^Too early to say: there are \d+ of 48 hours/)]);
    expect(stderr).toContain("spent since");
  });

  test("what cannot be asked is said", async () => {
    const { exitCode, stderr } = await run("costs", "--where", "tema=red");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Did you mean team?")]);
  });
});
