// `calls list` and `calls show`, against a server that speaks the real contract.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../testing/fake-server.ts";
import { sampleScore } from "../testing/fake-scores.ts";
import { NOW_MS, runInTest, type TestHost } from "../testing/run-in-test.ts";
import { CALL_ID, sampleCall } from "../testing/sample-call.ts";

let server: FakeServer;

beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const run = (argv: string[], host?: TestHost) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY], host);

describe("calls list", () => {
  test("shows who called what, what answered, and what it cost", async () => {
    const { exitCode, stdout } = await run(["calls", "list"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(CALL_ID);
    for (const part of ["ci", "fast", "openai/gpt-4o-mini", "ok", "1,234 → 56", "$0.000219", "1.0 s"])
      expect(stdout).toContain(part);
  });

  test("fits a terminal, with ids that `calls show` understands", async () => {
    server.content.calls = [sampleCall({ model: "m".repeat(90) }), sampleCall({ outcome: "failed", status: 502 })];
    const { stdout } = await run(["calls", "list"], { columns: 90 });
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(Math.max(...lines.map((line) => Bun.stringWidth(line)))).toBeLessThanOrEqual(90);
    expect(stdout).toContain(CALL_ID.slice(-12));
    expect(stdout).toContain("failed");
  });

  test("asks the server for just what the options say", async () => {
    await run("calls list -n 5 --since 1h --outcome failed --model fast --route r --key-id k --cursor c".split(" "));
    expect(server.asked.lists).toEqual([
      {
        limit: 5,
        since_ms: NOW_MS - 3_600_000,
        outcome: "failed",
        model: "fast",
        route: "r",
        key_id: "k",
        cursor: "c",
      },
    ]);
  });

  test("with --json gives the page as the API does", async () => {
    const { stdout } = await run(["calls", "list", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      calls: [{ id: CALL_ID, cost: { usd_micros: 219 } }],
      next_cursor: null,
    });
  });

  test("says so when there are none", async () => {
    server.content.calls = [];
    expect(await run(["calls", "list"])).toEqual({ exitCode: 0, stdout: "", stderr: "No calls.\n" });
  });
});

describe("calls show", () => {
  test("of a call that asked several says what each was, cost and came to, and where copies are", async () => {
    const [first, second] = sampleCall().attempts;
    if (!first || !second) throw new Error("the sample has two attempts");
    server.content.calls = [
      sampleCall({
        attempts: [
          { ...first, role: "draft", verdict: "not accepted: it refuses", cost_usd_micros: 35 },
          { ...second, role: "final", cost_usd_micros: null },
        ],
        decision: "b/x: that of a/x was not accepted",
        shadows: [{ target: "c/x", call_id: null, left_out: "calls wait for a place" }],
        shadow_of: "the-original",
      }),
    ];
    const { stdout } = await run(["calls", "show", CALL_ID]);
    for (const part of [
      "draft · $0.000035 · not accepted: it refuses",
      "final · cost unknown",
      "b/x: that of a/x was not accepted",
      "c/x · none sent · calls wait for a place",
      "the-original",
    ])
      expect(stdout).toContain(part);
  });

  test("tells the whole story of a call, plainly where no terminal is", async () => {
    const { exitCode, stdout } = await run(["calls", "show", CALL_ID]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  test("has colour on a terminal and draws the same page", async () => {
    const { stdout: coloured } = await run(["calls", "show", CALL_ID], { columns: 200 });
    const { stdout: plain } = await run(["calls", "show", CALL_ID], { columns: 200, env: { NO_COLOR: "1" } });
    expect(coloured).toContain("\u001b[32m");
    expect(plain).not.toContain("\u001b");
    expect(Bun.stripANSI(coloured)).toBe(plain);
  });

  test.each(["last", "8f2c61d09a4b", "9A4B"])("finds a recent call by %j", async (wanted) => {
    const { stdout } = await run(["calls", "show", wanted, "--json"]);
    expect(JSON.parse(stdout).id).toBe(CALL_ID);
  });

  test("says where to look when no recent id ends so", async () => {
    const { exitCode, stderr } = await run(["calls", "show", "ffff"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('None of the newest 200 calls has an id that ends with "ffff".');
  });

  test("gives the server's words for a whole id that it does not know", async () => {
    const { stderr } = await run(["calls", "show", CALL_ID.replace("0", "1")]);
    expect(stderr).toContain("Lists show the ids.");
  });

  test("--body shows what was sent, and says of what is not there why", async () => {
    const { stdout } = await run(["calls", "show", "last", "--body"]);
    expect(stdout).toContain('Request  application/json, 20 bytes\n  {"model":"fast"}');
    expect(stdout).toContain("Answer  not stored");
    expect(stdout).not.toContain("Rayleigh");
  });

  test("shows refusals, dropped parameters, tools and guardrails where there are any", async () => {
    server.content.calls = [
      sampleCall({
        outcome: "refused",
        status: 404,
        answer: null,
        attempts: [],
        considered: [],
        dropped: ["logit_bias"],
        cost: { usd_micros: null, price_version: null },
        error: { code: "gateway.unknown_model", message: "No model fsat.\nDid you mean fast?" },
        guardrails: [{ name: "pii", outcome: "passed" }],
        messages: [{ role: "assistant", text: "", tool_calls: [{ name: "weather", arguments: '{"city":"Oslo"}' }] }],
      }),
    ];
    const { stdout } = await run(["calls", "show", "last"]);
    expect(stdout).toMatchSnapshot();
  });
});

describe("calls score", () => {
  test("says how good a call was, and calls show tells it", async () => {
    const { exitCode, stdout } = await run([
      ..."calls score last --name helpful --value -0.5 --label meh".split(" "),
      "--comment",
      "two words",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Scored. Call ${CALL_ID}: helpful -0.5 meh\n`);
    expect(server.asked.scores).toEqual([
      { id: CALL_ID, name: "helpful", value: -0.5, label: "meh", comment: "two words" },
    ]);
    server.content.scores.push(
      sampleScore({ comment: "It was\nright." }),
      sampleScore({ name: "judge", value: null, label: "fair", source: "otlp" }),
    );
    const shown = (await run(["calls", "show", "last"])).stdout;
    expect(shown.slice(shown.indexOf("Scores"))).toBe(
      "Scores\n  thumb  1 · ann · 2026-11-21 15:00:00\n    It was\n    right.\n  judge  fair · ann · by OpenTelemetry · 2026-11-21 15:00:00\n",
    );
  });

  test("takes back what was said", async () => {
    const { stdout } = await run("calls score last --name thumb --take-back --user eve".split(" "));
    expect(stdout).toBe(`Taken back. Call ${CALL_ID} has no thumb of yours.\n`);
    expect(server.asked.scores).toEqual([{ id: CALL_ID, name: "thumb", user: "eve" }]);
  });

  test.each([["--name thumb"], ["--name thumb --value 1 --take-back"], ["--name thumb --value x"], ["--value 1"]])(
    "sends nothing where it is not clear what is meant: %s",
    async (options) => {
      expect((await run(["calls", "score", "last", ...options.split(" ")])).exitCode).toBe(2);
      expect(server.asked.scores).toEqual([]);
    },
  );
});

describe("text from elsewhere", () => {
  const attack = "\u001b]0;owned\u0007\u009b2J\u202e\rgone\u0008";

  test("reaches the terminal without anything that steers it, in every view", async () => {
    const call = sampleCall({ model: attack, messages: [{ role: attack, text: attack, tool_calls: [] }] });
    call.who.key_name = attack;
    call.error = { code: attack, message: attack };
    call.request_body = { media_type: attack, size_bytes: 1, cut: false, text: attack };
    server.content.calls = [call];
    server.content.scores.push(sampleScore({ name: attack, label: attack, comment: attack }));
    for (const argv of [["list"], ["show", "last"], ["show", "last", "--body"], ["show", "last", "--json"]]) {
      const { stdout } = await run(["calls", ...argv], { columns: 100, env: { NO_COLOR: "1" } });
      expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      expect(stdout).toContain("owned");
    }
  });

  test("cannot steer it through an error message either", async () => {
    const { stderr } = await run(["calls", "show", attack + CALL_ID], { columns: 100, env: { NO_COLOR: "1" } });
    expect(stderr).toContain("owned");
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
