// What holds for every command: help, exit codes, errors with a fix, finding the server and its key.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StartOptions } from "./cli-host.ts";
import { type FakeServer, GOOD_KEY, startFakeServer } from "./testing/fake-server.ts";
import { runInTest } from "./testing/run-in-test.ts";

let server: FakeServer;
let home: string;

beforeAll(() => {
  server = startFakeServer();
  home = mkdtempSync(join(tmpdir(), "binnacle-cli-"));
  writeFileSync(join(home, "admin.key"), `${GOOD_KEY}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true });
});

/** Nothing listens there, and nothing is given it by chance. */
const UNUSED_PORT = 1;

describe("help", () => {
  for (const command of ["", "start", "status", "doctor", "calls", "calls tail", "calls list", "calls show"].concat([
    "models list",
    "chat",
    "keys create",
    "keys list",
    "keys revoke",
    "config check",
    "config show",
    "completion",
  ])) {
    test(`of \`binnacle ${command}\` says what it does, with its options`, async () => {
      const ran = await runInTest([...command.split(" ").filter(Boolean), "--help"]);
      expect(ran).toMatchSnapshot();
    });
  }

  test("is what a bare `binnacle` gives, and fits the terminal", async () => {
    const { exitCode, stdout } = await runInTest([], { columns: 70, env: { NO_COLOR: "1" } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Exit codes: 0 done, 1 failed, 2 wrong usage");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(70);
  });

  test("has colour on a terminal only, and not with NO_COLOR", async () => {
    const { stdout: onTerminal } = await runInTest(["--help"], { columns: 80 });
    const { stdout: withoutColour } = await runInTest(["--help"], { columns: 80, env: { NO_COLOR: "1" } });
    const { stdout: piped } = await runInTest(["--help"]);
    expect(onTerminal).toContain("\u001b[1m");
    expect(withoutColour + piped).not.toContain("\u001b");
  });

  test("--version prints the version alone", async () => {
    expect(await runInTest(["--version"])).toEqual({ exitCode: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("wrong usage", () => {
  test.each([
    [["cals"], "Did you mean calls?"],
    [["calls", "lst"], "Did you mean list?"],
    [["calls", "list", "--outcom", "ok"], "Did you mean --outcome?"],
    [["calls", "list", "--outcome", "bad"], "Allowed choices are ok, refused, failed"],
    [["calls", "list", "--limit", "0"], "whole number from 1 to 200"],
    [["calls", "list", "--since", "yesterday"], "Write it like 30m, 12h, 7d"],
    [["keys", "create"], "--name <name>"],
    [["keys", "create", "--name", "x", "--expires", "2020-01-01"], "lies in the past"],
    [["calls", "show"], "missing required argument 'id'"],
    [["completion", "tcsh"], "Allowed choices are bash, zsh, fish"],
    [["status", "extra"], "too many arguments"],
  ])("%j exits with 2, names what is wrong and where help is", async (argv, words) => {
    const { exitCode, stdout, stderr } = await runInTest([...argv, "--url", server.url, "--key", GOOD_KEY]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/See `binnacle .*--help`\./);
  });

  test("of a group alone shows the commands it has", async () => {
    const { exitCode, stderr } = await runInTest(["keys"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("revoke a key");
  });

  test("is one JSON document on stderr with --json", async () => {
    const { exitCode, stderr } = await runInTest(["cals", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "cli.usage", fix: "See `binnacle --help`." } });
  });
});

describe("the server and its key", () => {
  test("are found by BINNACLE_PORT and in BINNACLE_HOME", async () => {
    const env = { BINNACLE_PORT: new URL(server.url).port, BINNACLE_HOME: home };
    const { exitCode, stdout } = await runInTest(["status"], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Binnacle 0.1.0");
  });

  test("are found by what the server wrote into its data folder", async () => {
    writeFileSync(join(home, "url"), `${server.url}\n`);
    const { exitCode } = await runInTest(["status", "--home", home]);
    rmSync(join(home, "url"));
    expect(exitCode).toBe(0);
  });

  test("may be given by options, which win over the environment", async () => {
    const env = { BINNACLE_URL: "http://127.0.0.1:1", BINNACLE_KEY: "bk_other" };
    const { exitCode } = await runInTest(["status", "--url", server.url, "--key", GOOD_KEY], { env });
    expect(exitCode).toBe(0);
  });

  test("when not running, that is said before a missing key is", async () => {
    const env = { BINNACLE_PORT: String(UNUSED_PORT) };
    const { exitCode, stdout, stderr } = await runInTest(["calls", "list"], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`Binnacle is not running at http://127.0.0.1:${UNUSED_PORT}.`);
    expect(stderr).toContain("Start it with npm start.");
  });

  test("a missing key names the places that were looked at", async () => {
    const { exitCode, stderr } = await runInTest(["status", "--url", server.url], { cwd: "/nowhere" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("there is no /nowhere/.binnacle/admin.key");
  });

  test("a wrong key gives the server's own words and fix", async () => {
    const { exitCode, stderr } = await runInTest(["status", "--url", server.url, "--key", "bk_bad", "--json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stderr).error).toEqual({
      code: "test.refused",
      message: "This API key is not valid.",
      fix: "Check that it was copied whole.",
    });
  });

  test("a key that cannot be one is told without sending it", async () => {
    const { exitCode, stderr } = await runInTest(["status", "--url", server.url, "--key", "bk_“quoted”"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("has characters that no key has");
  });

  test("the data folder's key is never sent to another machine", async () => {
    const sent: (string | null)[] = [];
    const { stderr } = await runInTest(["status", "--url", "http://binnacle.example"], {
      env: { BINNACLE_HOME: home },
      fetch: async (request) => {
        sent.push(new Request(request).headers.get("authorization"));
        return Response.json({ code: "governance.key_missing", message: "No key." }, { status: 401 });
      },
    });
    expect(sent).toEqual([null]);
    expect(stderr).toContain("No API key was given for http://binnacle.example.");
  });

  test("an address that is none says how to write it", async () => {
    const { stderr } = await runInTest(["status", "--url", "localhost:4100"]);
    expect(stderr).toContain('--url is not the address of a server: "localhost:4100"');
    expect(stderr).toContain("http://127.0.0.1:4100");
  });

  test("something else on the port is told from Binnacle", async () => {
    const other = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("<html>hello</html>") });
    const { exitCode, stderr } = await runInTest(["status", "--url", other.url.href, "--key", GOOD_KEY]);
    await other.stop(true);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("it is not Binnacle (HTTP 200, not JSON)");
  });
});

describe("ending", () => {
  test("a command that was interrupted exits with 130 and says nothing", async () => {
    const interrupt = new AbortController();
    const ran = await runInTest(["status", "--url", server.url, "--key", GOOD_KEY], {
      signal: interrupt.signal,
      fetch: (_, init) => {
        interrupt.abort();
        return Promise.reject(init?.signal?.reason);
      },
    });
    expect(ran).toEqual({ exitCode: 130, stdout: "", stderr: "" });
  });

  test("a defect shows its stack, for a report", async () => {
    const broken = async (): Promise<never> => {
      throw new TypeError("x is not a function");
    };
    const { exitCode, stderr } = await runInTest(["config", "check"], { loadConfig: broken });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("The command failed: x is not a function");
    expect(stderr).toContain("run-cli.test.ts");
  });

  test("`start` hands its options to the host and ends with the server's exit code", async () => {
    const started: StartOptions[] = [];
    const startServer = async (options: StartOptions): Promise<number> => {
      started.push(options);
      return 7;
    };
    const { exitCode } = await runInTest(["start", "--port", "0", "--home", home], { startServer });
    expect(exitCode).toBe(7);
    expect(started).toEqual([{ port: 0, home }]);
  });
});
