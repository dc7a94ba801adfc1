// `routes`: which there are, and what one would do with a request.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { sampleExplanation } from "../../testing/sample-route.ts";
import { runInTest, type TestHost } from "../../testing/run-in-test.ts";

const request = { model: "fast", messages: [{ role: "user", content: "Hello" }] };
let server: FakeServer;
let folder: string;
let file: string;

beforeEach(() => {
  server = startFakeServer();
  folder = mkdtempSync(join(tmpdir(), "binnacle-routes-"));
  file = join(folder, "body.json");
  writeFileSync(file, JSON.stringify(request));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

const run = (argv: string[], host?: TestHost) =>
  runInTest(["routes", ...argv, "--url", server.url, "--key", GOOD_KEY], host);

describe("routes list", () => {
  test("shows each with its strategy and targets", async () => {
    const { stdout } = await run(["list"]);
    expect(stdout).toBe(
      "ROUTE  FROM    STRATEGY  KEEPS    TARGETS\nfast   api, 3  weighted  session  sim/sim-small, sim/sim-large\n",
    );
    expect(JSON.parse((await run(["list", "--json"])).stdout)).toEqual({ routes: server.content.routes });
  });

  test("says where routes come from when there are none", async () => {
    server.content.routes = [];
    expect((await run(["list"])).stderr).toContain("gateway.routes");
  });
});

describe("routes explain", () => {
  test("shows what was considered and would be tried, with the reasons", async () => {
    const { stdout } = await run(["explain", "--request", file]);
    for (const part of [
      "the route fast chooses by weighted",
      "0.12 of 1",
      "1  sim/sim-small  drawn by user with weight 95 of 100",
      "2  sim/sim-large  passed over: its condition does not hold: team",
      "1  sim/sim-small  first: drawn by user",
      "1  sim/sim-reasoning  shadow: gets a copy of one call in 10",
    ])
      expect(stdout).toContain(part);
    expect(JSON.parse((await run(["explain", "--request", file, "--json"])).stdout)).toEqual(sampleExplanation());
  });

  test("sends the request, and what would come with it", async () => {
    const options = ["--model", "smart", "--key-id", "k1", "--header", "X-Binnacle-User: ada", "x-plan:gold"];
    await run(["explain", "--request", "-", ...options], {
      stdin: { isTerminal: false, read: async () => JSON.stringify(request), ask: async () => undefined },
    });
    expect(server.asked.explained).toEqual([
      {
        request,
        model: "smart",
        dialect: "openai-chat",
        key_id: "k1",
        headers: { "x-binnacle-user": "ada", "x-plan": "gold" },
      },
    ]);
  });

  test("shows where many such calls would go", async () => {
    const { stdout } = await run(["explain", "--request", file, "--times", "1000"]);
    for (const part of ["Many like it", "94.9 %  sim/sim-small    949 calls", " 0.1 %  nobody: refused  1 calls"])
      expect(stdout).toContain(part);
    expect(server.asked.explained[0]).toMatchObject({ times: 1000 });
  });

  test("says what is wrong with what it is given", async () => {
    writeFileSync(file, "[1]");
    expect((await run(["explain", "--request", file])).stderr).toContain("must be one JSON object");
    expect((await run(["explain", "--request", join(folder, "none")])).stderr).toContain("There is no file");
    writeFileSync(file, "{}");
    expect((await run(["explain", "--request", file, "--header", "ada"])).stderr).toContain('"ada" is not a header');
    expect((await run(["explain"])).exitCode).toBe(2);
  });
});

describe("routes health", () => {
  test("says who is left alone, since when and why, and when it is tried again", async () => {
    const { stdout } = await run(["health"]);
    expect(stdout).toContain("a/one          left alone  75.0 %  –");
    expect(stdout).toContain("failed several times in a row, for 2.0 s, tried again in 3.0 s");
    expect(stdout).toContain("sim/sim-small  serves      0.0 %   20 ms");
    expect(JSON.parse((await run(["health", "--json"])).stdout)).toEqual({ targets: server.content.targets });
  });

  test("names the process where there are several, and says so where there is nothing", async () => {
    server.content.targets = server.content.targets.map((each, index) => ({ ...each, process: index + 1 }));
    expect((await run(["health"])).stdout).toContain("PROCESS");
    server.content.targets = [];
    expect((await run(["health"])).stderr).toContain("No route has a target");
  });
});
