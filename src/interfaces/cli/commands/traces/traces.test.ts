// The commands that find records, against a server that speaks the real contract.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { NOW_MS, runInTest, type TestHost } from "../../testing/run-in-test.ts";
import { TRACE_ID } from "../../testing/sample-trace.ts";

let server: FakeServer;

beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const run = (argv: string[], host?: TestHost) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY], host);

describe("traces", () => {
  test("are listed with what they come to, the filter for any record where that is asked", async () => {
    const { exitCode, stdout } = await run(["traces", "list", "--any", "--filter", "kind:tool", "--since", "1h"]);
    expect(exitCode).toBe(0);
    for (const part of [TRACE_ID, "invoke planner (no root yet)", "3 (1 failed)", "1,200 → 34", "$0.001500", "2.0 s"])
      expect(stdout).toContain(part);
    expect(server.asked.found).toEqual([
      { limit: 20, filter: "kind:tool", match: "any", since_ms: NOW_MS - 3_600_000 },
    ]);
  });

  test("are drawn as trees, with bars where they spent their time", async () => {
    const { stdout } = await run(["traces", "show", TRACE_ID]);
    const lines = stdout.trimEnd().split("\n");
    const drawn = lines.filter((line) => /[█░]/.test(line)).map((line) => line.replaceAll(/\s+/g, " ").trim());
    expect(drawn).toEqual([
      "agent planner ████████████████████████ 2.0 s",
      "├ call chat gpt-4o ██████████████████ 1.5 s 1,200 → 34 $0.001500",
      "└ tool lookup ✗ timeout ░░░░░░ 500 ms",
      "└ d █ 10 ms",
    ]);
    expect(stdout).toContain("3 records, 1 call, 1 failed, 1,200 → 34 tokens, $0.001500, 2.0 s");
    expect(stdout).toContain("planner → writer through ask_writer 2 times");
  });

  test("are found by the beginning of their id, and fit a terminal", async () => {
    const { stdout } = await run(["traces", "show", TRACE_ID.slice(0, 12)], { columns: 60 });
    expect(stdout).toContain("agent planner");
    expect(Math.max(...stdout.split("\n").map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(80);
    expect((await run(["traces", "show", "ffff"])).stderr).toContain(
      'None of the latest 200 traces begins with "ffff"',
    );
  });

  test("with --json are what the API gives", async () => {
    expect(JSON.parse((await run(["traces", "show", TRACE_ID, "--json"])).stdout)).toMatchObject({
      trace_id: TRACE_ID,
    });
    expect(JSON.parse((await run(["traces", "list", "--json"])).stdout)).toMatchObject({ next_cursor: null });
  });
});

describe("records, sessions and users", () => {
  test("are listed as their filter says", async () => {
    expect((await run(["records", "list", "--filter", "own:false", "-n", "5"])).stdout).toContain(
      "where is my refund?",
    );
    expect((await run(["search", '"my refund"', "kind:agent"])).stdout).toContain("invoke planner");
    expect((await run(["sessions", "list"])).stdout).toContain("thanks!");
    expect((await run(["activity", "users", "--until", "1h"])).stdout).toContain("USER");
    expect(server.asked.found).toEqual([
      { limit: 5, filter: "own:false" },
      { limit: 20, filter: '"my refund" kind:agent' },
      { limit: 20 },
      { limit: 20, until_ms: NOW_MS - 3_600_000 },
    ]);
  });

  test("show a conversation turn by turn", async () => {
    const { stdout } = await run(["sessions", "show", "chat-42"]);
    for (const part of [
      "1 turn, 1 call, $0.001500",
      "asked     where is my refund?",
      "answered  on its way",
      "1 failed",
    ])
      expect(stdout).toContain(part);
  });

  test("--filter of calls goes to the server", async () => {
    await run(["calls", "list", "--filter", "cost:>1"]);
    expect(server.asked.lists).toEqual([{ limit: 20, filter: "cost:>1" }]);
  });
});
