import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { NOW_MS, runInTest } from "../../testing/run-in-test.ts";

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const run = (...argv: string[]) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY]);

const point = {
  at_ms: NOW_MS - 60_000,
  started_at_ms: null,
  service: "shop",
  attributes: { model: "gpt-4o", attempt: 2 },
  temporality: "cumulative" as const,
  value: null,
  count: null,
  sum: null,
  min: null,
  max: null,
  detail: null,
};

describe("metrics", () => {
  test("are listed with their type, unit and number of series", async () => {
    const metric = { name: "tokens", type: "sum" as const, unit: "1", description: "used", series: 12 };
    server.content.metrics.metrics = [metric];
    const { stdout } = await run("metrics", "list");
    expect(stdout).toMatch(/^tokens +sum +1 +12 +used$/m);
    expect(JSON.parse((await run("metrics", "list", "--json")).stdout).metrics).toEqual([metric]);
  });

  test("are shown by their points: a value, or how many and how much", async () => {
    server.content.metrics.points = [
      { ...point, value: 5 },
      { ...point, value: "NaN" },
      { ...point, count: 4, sum: 10, min: 1, max: 7 },
      { ...point, count: 0, sum: null },
    ];
    const { stdout } = await run("metrics", "show", "tokens");
    for (const said of ["5", "NaN", "4 × ø 2.5, 1 to 7", "0 × –"])
      expect(stdout).toMatch(new RegExp(`shop +${said.replaceAll(".", "\\.")} +model=gpt-4o attempt=2`));
  });

  test("that are not there are said not to be", async () => {
    expect((await run("metrics", "list")).stderr).toContain("/v1/metrics");
    expect((await run("metrics", "show", "tokens")).stderr).toContain("No points of tokens");
  });
});
