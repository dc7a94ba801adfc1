// `status`, `keys`, `models` and `config`: what an operator looks after.
import type { BudgetView } from "../../../governance/contract.ts";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type FakeServer, GOOD_KEY, sampleKey, sampleModel, startFakeServer } from "../testing/fake-server.ts";
import { sampleBoundary } from "../testing/sample-boundary.ts";
import { NOW_MS, runInTest, type TestHost } from "../testing/run-in-test.ts";

const DAY_MS = 24 * 3_600_000;

let server: FakeServer;

beforeEach(() => {
  server = startFakeServer();
});
afterEach(() => server.stop());

const run = (argv: string[], host?: TestHost) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY], host);

describe("status", () => {
  test("shows the server, its database, its journal and its vendors", async () => {
    expect((await run(["status"])).stdout).toMatchSnapshot();
  });

  test("shows what is not well", async () => {
    server.content.status.ready = false;
    server.content.status.database.available = false;
    Object.assign(server.content.status.ledger, { pending_records: 9, lag_ms: 61_000, last_error: "disk\nfull" });
    const { stdout } = await run(["status"]);
    for (const part of ["not ready", "away", "9 records wait", "the oldest for 1 min 1 s", "  disk\n  full"])
      expect(stdout).toContain(part);
  });

  test("with --json is what the API says", async () => {
    expect(JSON.parse((await run(["status", "--json"])).stdout)).toEqual(server.content.status);
  });
});

describe("boundary", () => {
  test("draws each signal's lag against its bound, and ends well while none is crossed", async () => {
    const { exitCode, stdout } = await run(["boundary"]);
    expect(exitCode).toBe(0);
    const lines = stdout.split("\n");
    // 900 ms of 3 s are 8 of 24 cells, and p99 at 1.5 s goes on to the 12th.
    expect(lines[1]).toContain(`${"█".repeat(8)}${"░".repeat(4)}${" ".repeat(12)}│ `);
    expect(lines[1]).toMatch(/^records .* 900 ms +3\.0 s +80 ms +1\.5 s +within$/);
    expect(lines[2]).toMatch(/^drift +│ +– +10 min 0 s +– +– +idle$/);
  });

  test("fails where one is, so that scripts can ask, and says since when", async () => {
    Object.assign(server.content, {
      boundary: sampleBoundary({ state: "crossed", lag_ms: 14_200, crossed_since_ms: NOW_MS - 10_000 }),
    });
    const { exitCode, stdout } = await run(["boundary"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${"█".repeat(24)}│▶`);
    expect(stdout).toContain("crossed since");
    const asJson = await run(["boundary", "--json"]);
    expect(asJson.exitCode).toBe(1);
    expect(JSON.parse(asJson.stdout)).toEqual(server.content.boundary);
    const crossed = [{ signal: "records" as const, lag_ms: 14_200, bound_ms: 3000 }];
    Object.assign(server.content.status, { boundary: { state: "crossed", crossed } });
    expect((await run(["status"])).stdout).toContain("records 14.2 s, bound 3.0 s");
  });
});

describe("cache", () => {
  test("stats shows what is held and what it saved", async () => {
    const { stdout } = await run(["cache", "stats"]);
    for (const part of ["2 answers", "4.0 KiB of 64 MiB", "5 answers", "30 hit", "$1.25"])
      expect(stdout).toContain(part);
    server.content.cache.database = null;
    expect((await run(["cache", "stats"])).stdout).toContain("not used");
  });

  test("purge takes out what is named, and nothing where nothing is", async () => {
    expect((await run(["cache", "purge"])).exitCode).toBe(2);
    expect(server.asked.purged).toEqual([]);
    const { exitCode, stdout } = await run(["cache", "purge", "--model", "fast", "--project", "x", "--key-id", "k"]);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain("5 from the database");
    await run(["cache", "purge", "--all"]);
    expect(server.asked.purged).toEqual([{ model: "fast", project: "x", key_id: "k" }, {}]);
  });

  test("feedback says right or wrong, of one call, once", async () => {
    expect((await run(["cache", "feedback", "c1"])).exitCode).toBe(2);
    expect((await run(["cache", "feedback", "c1", "--wrong"])).stdout).toContain("no other question");
    expect((await run(["cache", "feedback", "c1", "--right"])).stdout).toContain("judged before");
    expect(server.asked.judged).toEqual([
      { call_id: "c1", correct: false },
      { call_id: "c1", correct: true },
    ]);
  });
});

describe("keys create", () => {
  test("puts the secret alone on stdout, and beside it what to do with it", async () => {
    const { exitCode, stdout, stderr } = await run(["keys", "create", "--name", "laptop"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "bk_secret\n" });
    expect(stderr).toContain("shown this once");
    expect(stderr).toContain(`OPENAI_BASE_URL=${server.url}/v1`);
    expect(stderr).not.toContain("bk_secret");
  });

  test("sends every option, with the expiry counted from now", async () => {
    await run(
      "keys create --name x --scope read call --scope admin --user u --team t --project p --expires 30d".split(" "),
    );
    expect(server.asked.created).toEqual([
      {
        name: "x",
        scopes: ["read", "call", "admin"],
        roles: null,
        kind: "key",
        user: "u",
        team: "t",
        project: "p",
        disabled: false,
        budgets: [],
        limits: [],
        models: null,
        allowed_ips: null,
        parent: null,
        expires_at_ms: NOW_MS + 30 * DAY_MS,
      },
    ]);
  });

  test("with --json gives the key as one document", async () => {
    const { stdout } = await run(["keys", "create", "--name", "laptop", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "laptop", secret: "bk_secret", scopes: ["call"] });
  });

  test("says what the server refuses, field by field", async () => {
    const { exitCode, stderr } = await run(["keys", "create", "--name", "x".repeat(101)]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/name: Too big/);
  });
});

describe("keys list and keys revoke", () => {
  test("show the state of each key", async () => {
    server.content.keys = [
      { ...sampleKey(), name: "old", expires_at_ms: NOW_MS - 1 },
      { ...sampleKey(), name: "gone", revoked_at_ms: NOW_MS - 1 },
      { ...sampleKey(), name: "fresh", expires_at_ms: NOW_MS + DAY_MS },
      { ...sampleKey(), name: "lasting" },
    ];
    const lines = (await run(["keys", "list"])).stdout.split("\n");
    const stateOf = (name: string): string | undefined => lines.find((line) => line.includes(name));
    expect(stateOf("old")).toEndWith("expired 2026-11-21");
    expect(stateOf("gone")).toEndWith("revoked 2026-11-21");
    expect(stateOf("fresh")).toEndWith("valid until 2026-11-22");
    expect(stateOf("lasting")).toEndWith("valid");
  });

  test("find goes on until there are as many as were asked for, or no more", async () => {
    server.content.keys = ["app one", "other", "app two", "more", "app three"].map((name) => ({
      ...sampleKey(),
      name,
    }));
    const found = async (...argv: string[]) => {
      const { keys, next_cursor } = JSON.parse((await run(["keys", "list", "--json", ...argv])).stdout) as {
        keys: { name: string }[];
        next_cursor: string | null;
      };
      return [keys.map(({ name }) => name), next_cursor];
    };
    expect(await found("--find", "app")).toEqual([["app one", "app two", "app three"], null]);
    expect(await found("--find", "app", "--limit", "2")).toEqual([["app one", "app two"], "3"]);
    expect(await found("--find", "nobody")).toEqual([[], null]);
  });

  test("revoke names the key, and an unknown id is the server's error", async () => {
    expect((await run(["keys", "revoke", sampleKey().id])).stdout).toStartWith("Revoked ci (0aB1cD2eF3gH).");
    expect((await run(["keys", "revoke", "other"])).exitCode).toBe(1);
  });
});

describe("budgets list", () => {
  const core: BudgetView = {
    id: "usd/month/team/core",
    whose: "team core",
    unit: "usd_micros",
    every: "month",
    cap: 10_000_000,
    spent: 9_000_000,
    held: 250_000,
    left: 750_000,
    renews_at_ms: new Date(2026, 11, 1).getTime(),
  };

  test("shows what is left of each, and when it renews", async () => {
    server.content.budgets = [
      core,
      {
        ...core,
        whose: "key k1",
        unit: "requests",
        every: "minute",
        cap: 60,
        spent: 60,
        held: 0,
        left: 0,
        renews_at_ms: null,
      },
    ];
    const lines = (await run(["budgets", "list"])).stdout.trimEnd().split("\n");
    expect(lines[1]).toMatch(/^team core +month +\$9\.00 +\$0\.250000 +\$0\.750000 +\$10\.00 +2026-12-01$/);
    expect(lines[2]).toMatch(/^key k1 +minute +60 requests +0 requests +0 requests +60 requests +–$/);
    expect(JSON.parse((await run(["budgets", "list", "--json"])).stdout)).toMatchObject({ budgets: [core, {}] });
  });

  test("says where they are set when there are none", async () => {
    const { stdout, stderr } = await run(["budgets", "list"]);
    expect([stdout, stderr]).toEqual(["", expect.stringContaining("governance.budgets")]);
  });
});

describe("models list", () => {
  test("shows prices, context and capabilities, and says how many are not shown", async () => {
    server.content.models = [
      sampleModel(),
      { ...sampleModel(), id: "fast", vendor: null, kind: "route", targets: ["a", "b"], priced: false },
    ];
    const { stdout } = await run(["models", "list"]);
    expect(stdout).toMatchSnapshot();
  });
});

describe("config", () => {
  const config = { storage: { database_url: "postgres://ada:hunter2@db.example/b?password=hunter2" }, list: [1] };
  const loadConfig = async () => ({ config, path: "/nowhere/binnacle.yaml" });

  test("show prints the tree as YAML or JSON, without any credential", async () => {
    const { stdout } = await runInTest(["config", "show"], { loadConfig });
    expect(Bun.YAML.parse(stdout)).toEqual({
      storage: { database_url: "postgres://ada:…@db.example/b?password=…" },
      list: [1],
    });
    const { stdout: json } = await runInTest(["config", "show", "--json"], { loadConfig });
    expect(JSON.parse(json).config.list).toEqual([1]);
    expect(stdout + json).not.toContain("hunter2");
  });

  test("check names the file that holds, and fails on one that is not there", async () => {
    const there = async () => ({ config, path: import.meta.path });
    expect(await runInTest(["config", "check"], { loadConfig: there })).toEqual({
      exitCode: 0,
      stdout: `The configuration holds: ${import.meta.path}\n`,
      stderr: "",
    });
    const { stdout } = await runInTest(["config", "check"], { loadConfig });
    expect(stdout).toContain("defaults and environment (there is no /nowhere/binnacle.yaml)");
    const { exitCode, stderr } = await runInTest(["config", "check", "nothing.yaml"], { loadConfig });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("There is no file /nowhere/nothing.yaml.");
  });
});
