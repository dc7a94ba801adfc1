// `doctor` finds what is wrong, says what to do, and fails only where something must be done.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "../../../kernel/index.ts";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../testing/fake-server.ts";
import { runInTest, type TestHost } from "../testing/run-in-test.ts";
import { checkRuntime } from "./check-machine.ts";
import type { Finding } from "./finding.ts";

let server: FakeServer;
let home: string;

beforeEach(() => {
  server = startFakeServer();
  home = mkdtempSync(join(tmpdir(), "binnacle-doctor-"));
  writeFileSync(join(home, "admin.key"), GOOD_KEY, { mode: 0o600 });
});
afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

async function examine(host: TestHost = {}) {
  const argv = ["doctor", "--json", "--url", server.url, "--home", home];
  const { exitCode, stdout } = await runInTest(argv, { nowMs: () => Date.now(), ...host });
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Finding[] };
  const outcome = (name: string) => checks.find(({ check }) => check === name);
  return { exitCode, ok, checks, outcome };
}

describe("doctor", () => {
  test("finds nothing to fix in a healthy installation, and hints at real models", async () => {
    const { exitCode, ok, checks, outcome } = await examine();
    expect({ exitCode, ok }).toEqual({ exitCode: 0, ok: true });
    expect(checks.map(({ check }) => check).join(", ")).toBe(
      "runtime, configuration, data folder, admin key, clock, disk space, server, key, database, journal, vendors",
    );
    expect(outcome("vendors")).toMatchObject({ outcome: "warning", fix: expect.stringContaining("OPENAI_API_KEY") });
  });

  test("prints one line a check and its fix below it", async () => {
    const { stdout } = await runInTest(["doctor", "--url", server.url, "--home", home], { nowMs: () => Date.now() });
    expect(stdout).toContain("ok      database      PostgreSQL 18.4, embedded, 127.0.0.1:5432\n");
    expect(stdout).toMatch(/warning vendors .*\n +→ For real models set OPENAI_API_KEY/);
    expect(stdout).toEndWith("No problem, 1 warning.\n");
  });

  test("calls a free port and a missing folder what they are before a first start", async () => {
    await server.stop();
    rmSync(home, { recursive: true });
    const { exitCode, outcome } = await examine();
    expect(exitCode).toBe(0);
    expect(outcome("data folder")).toMatchObject({ outcome: "warning", message: `${home} does not exist yet.` });
    expect(outcome("server")).toMatchObject({ outcome: "warning", fix: expect.stringContaining("npm start") });
  });

  test("fails on a key that others can read, and says how to close it", async () => {
    chmodSync(join(home, "admin.key"), 0o644);
    const { exitCode, outcome } = await examine();
    expect(exitCode).toBe(1);
    expect(outcome("admin key")?.fix).toStartWith(`chmod 600 ${join(home, "admin.key")}`);
  });

  test("warns of a folder that others can look into, and of a clock that went back", async () => {
    chmodSync(home, 0o755);
    utimesSync(join(home, "admin.key"), new Date(), new Date(Date.now() + 60_000));
    const { exitCode, outcome } = await examine();
    expect(exitCode).toBe(0);
    expect(outcome("data folder")).toMatchObject({ outcome: "warning", fix: `chmod 700 ${home}` });
    expect(outcome("clock")?.outcome).toBe("warning");
  });

  test("fails on a data folder that is a file", async () => {
    rmSync(home, { recursive: true });
    writeFileSync(home, "");
    const { outcome } = await examine();
    expect(outcome("data folder")).toMatchObject({ outcome: "problem", message: `${home} is not a folder.` });
  });

  test("passes on what is wrong with the configuration", async () => {
    const invalid = {
      code: "config.invalid",
      status: 500,
      retry: "never",
      message: "bad key",
      fix: "Mend it.",
    } as const;
    const { exitCode, outcome } = await examine({
      loadConfig: async () => {
        throw new AppError({ ...invalid, params: {} });
      },
    });
    expect(exitCode).toBe(1);
    expect(outcome("configuration")).toMatchObject({ outcome: "problem", message: "bad key", fix: "Mend it." });
  });

  test("tells a wrong key from a server that is not there, and a stranger on the port from both", async () => {
    writeFileSync(join(home, "admin.key"), "bk_other");
    expect((await examine()).outcome("key")).toMatchObject({ outcome: "problem" });
    const stranger = async (): Promise<Response> => new Response("hello");
    const { exitCode, outcome } = await examine({ fetch: stranger });
    expect(exitCode).toBe(1);
    expect(outcome("server")?.message).toContain("it is not Binnacle");
  });

  test("fails when the database is away or the journal nearly full, and warns when it lags", async () => {
    server.content.status.database.available = false;
    Object.assign(server.content.status.ledger, { journal_bytes: 900, journal_max_bytes: 1000, lag_ms: 60_000 });
    const { exitCode, checks, outcome } = await examine();
    expect(exitCode).toBe(1);
    expect(outcome("database")).toMatchObject({ outcome: "problem", fix: expect.stringContaining("postgres.log") });
    expect(checks.filter(({ check }) => check === "journal").map((finding) => finding.outcome)).toEqual([
      "problem",
      "warning",
    ]);
  });

  test("is content with the Bun that it is made for, and warns of another", () => {
    expect(checkRuntime("1.4.5").outcome).toBe("ok");
    expect(checkRuntime("1.3.9")).toMatchObject({ outcome: "warning", fix: expect.stringContaining("npm start") });
  });

  test("leaves the folder here alone when the server is elsewhere", async () => {
    const elsewhere = async (): Promise<Response> => Response.json({ code: "x", message: "no" }, { status: 401 });
    const { stdout } = await runInTest(["doctor", "--json", "--url", "http://binnacle.example"], { fetch: elsewhere });
    expect(stdout).not.toContain('"check": "data folder"');
  });
});
