// `calls tail`: as they end, across a lost server, until Ctrl-C.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { CallSummary } from "../../../ledger/contract.ts";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../testing/fake-server.ts";
import { runInTest, type TestHost } from "../testing/run-in-test.ts";
import { sampleCall, summaryOf } from "../testing/sample-call.ts";

let server: FakeServer;

beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const tail = (argv: string[], host?: TestHost) =>
  runInTest(["calls", "tail", ...argv, "--url", server.url, "--key", GOOD_KEY], host);

async function* give(...models: string[]): AsyncGenerator<CallSummary> {
  for (const model of models) yield summaryOf(sampleCall({ model }));
}

async function* giveAndWait(...models: string[]): AsyncGenerator<CallSummary> {
  yield* give(...models);
  await new Promise(() => undefined);
}

describe("calls tail", () => {
  test("prints calls as they end, one line each under one heading", async () => {
    server.content.live = [() => giveAndWait("one", "two")];
    const { exitCode, stdout } = await tail(["--limit", "2"]);
    const [heading, first, second, ...rest] = stdout.trimEnd().split("\n");
    expect(exitCode).toBe(0);
    expect(heading).toStartWith("TIME");
    expect([first, second].map((line) => line?.includes("one"))).toEqual([true, false]);
    expect(rest).toEqual([]);
  });

  test("with --json prints one JSON document a line, and nothing else on stdout", async () => {
    server.content.live = [() => giveAndWait("one", "two\n\u009b2J")];
    const { stdout } = await tail(["-n", "2", "--json"]);
    const calls = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as CallSummary);
    expect(calls.map(({ model }) => model)).toEqual(["one", "two\n\u009b2J"]);
    expect(stdout).not.toContain("\u009b");
  });

  test("keeps every line within the terminal", async () => {
    server.content.live = [() => giveAndWait("m".repeat(200))];
    const { stdout } = await tail(["-n", "1"], { columns: 100 });
    expect(
      Math.max(
        ...stdout
          .trimEnd()
          .split("\n")
          .map((line) => Bun.stringWidth(line)),
      ),
    ).toBeLessThanOrEqual(100);
  });

  test("ends cleanly on Ctrl-C", async () => {
    const interrupt = new AbortController();
    server.content.live = [() => giveAndWait("one")];
    const { exitCode, stderr } = await tail([], {
      signal: interrupt.signal,
      onWrite: (stdout) => stdout.includes("one") && interrupt.abort(),
    });
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain("error");
  });

  test("waits for a lost server, says so once, and goes on", async () => {
    server.content.live = [() => give("one"), () => give("two"), () => giveAndWait("three")];
    const { exitCode, stdout, stderr } = await tail(["-n", "3"]);
    expect(exitCode).toBe(0);
    expect(["one", "two", "three"].every((model) => stdout.includes(model))).toBe(true);
    expect(stderr.match(/Lost the server/g)).toHaveLength(2);
    expect(stderr.match(/Connected again/g)).toHaveLength(2);
  });

  test("does not go on asking when it is refused", async () => {
    server.content.live = [() => give("one")];
    const { exitCode, stderr } = await tail([]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("No more calls in this test.");
  });

  test("does not wait for a server that was never there", async () => {
    await server.stop();
    const { exitCode, stderr } = await tail([]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is not running");
  });
});
