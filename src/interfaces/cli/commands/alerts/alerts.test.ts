// `alerts` and `slos`, against a server that speaks the real contract.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { sampleAlert } from "../../testing/fake-alerts.ts";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { NOW_MS, runInTest } from "../../testing/run-in-test.ts";

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const run = (...argv: string[]) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY]);

describe("alerts", () => {
  test("list shows what is wrong, and whether anybody hears of it", async () => {
    const { stdout, stderr } = await run("alerts", "list");
    expect(stdout).toMatchSnapshot();
    expect(stderr).toContain("2 messages wait");
    expect(stderr).toContain("1 messages were given up");
    server.content.alerts.alerts = [];
    expect((await run("alerts", "list")).stdout).toBe("Nothing is wrong.\n");
  });

  test("show takes the end of an id, and tells what became of it", async () => {
    expect((await run("alerts", "show", "a1e7")).stdout).toMatchSnapshot();
    expect((await run("alerts", "show", "ffff")).exitCode).toBe(1);
    server.content.alerts.alerts.push(sampleAlert({ id: "019a0000-0000-7000-8000-11110000a1e7" }));
    expect(await run("alerts", "show", "a1e7")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("2 ids"),
    });
  });

  test("history, rules and deliveries are tables", async () => {
    for (const list of ["history", "rules", "deliveries", "silences"])
      expect((await run("alerts", list)).stdout).toMatchSnapshot(list);
    expect((await run("alerts", "deliveries", "--state", "sent")).stderr).toContain("no such messages");
  });

  test("a message that was given up is sent again by the end of its id; channels say what they get", async () => {
    const retried = await run("alerts", "retry", "de1f", "--json");
    expect(JSON.parse(retried.stdout)).toEqual({ waiting: "019a0000-0000-7000-8000-00000000de1f" });
    expect((await run("alerts", "channels")).stdout).toContain("what no other is named for");
  });

  test("test-channel fails where the test does not arrive", async () => {
    expect(await run("alerts", "test-channel", "ops")).toMatchObject({
      exitCode: 0,
      stdout: "Delivered. It said: ok\n",
    });
    server.content.alerts.delivered = false;
    const failed = await run("alerts", "test-channel", "ops");
    expect(failed).toMatchObject({ exitCode: 1, stdout: "Not delivered: 404 no_service\n" });
  });
});

describe("a silence", () => {
  const why = ["--comment", "known"];

  test("is made of what must fit, or of an alert's id", async () => {
    await run("alerts", "silence", "route=fast,slow", "rule=error*", "--for", "2h", ...why);
    await run("alerts", "silence", "a1e7", "--for", "1d", ...why);
    const { silenced } = server.content.alerts;
    expect(silenced[0]).toEqual({
      matchers: [
        { name: "route", values: ["fast", "slow"] },
        { name: "rule", values: ["error*"] },
      ],
      until_ms: NOW_MS + 2 * 3_600_000,
      comment: "known",
    });
    expect(silenced[1]?.matchers).toEqual([{ name: "id", values: ["019a0000-0000-7000-8000-00000000a1e7"] }]);
  });

  test.each([
    ["without an end", ["route=fast", ...why]],
    ["without a word of why", ["route=fast", "--for", "1h"]],
    ["that ends in the past", ["route=fast", "--for", "2020-01-01", ...why]],
    ["of an alert that is not open", ["ffff", "--for", "1h", ...why]],
  ])("%s is not made", async (_, argv) => {
    expect((await run("alerts", "silence", ...argv)).exitCode).toBe(2);
    expect(server.content.alerts.silenced).toEqual([]);
  });

  test("is ended by the end of its id", async () => {
    expect((await run("alerts", "unsilence", "5b0e")).exitCode).toBe(0);
    expect(server.content.alerts.ended).toEqual(["019a0000-0000-7000-8000-000000005b0e"]);
  });
});

describe("slos", () => {
  test("list shows budgets and burns", async () => {
    expect((await run("slos", "list")).stdout).toMatchSnapshot();
    server.content.alerts.slos = [];
    expect((await run("slos", "list")).stderr).toContain("There are no objectives");
  });

  test("show has a bar for each window", async () => {
    expect((await run("slos", "show", "chat-availability")).stdout).toMatchSnapshot();
    expect((await run("slos", "show", "chat")).exitCode).toBe(1);
  });
});
