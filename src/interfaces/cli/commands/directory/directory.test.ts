// `users`, `teams`, `projects`, `apply` and `export`, as typed, against a server that speaks the contract.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { runInTest, type TestHost } from "../../testing/run-in-test.ts";

let server: FakeServer;
let folder: string;
beforeEach(() => {
  server = startFakeServer();
  folder = mkdtempSync(join(tmpdir(), "binnacle-apply-"));
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const run = (argv: string[], host?: TestHost) => runInTest([...argv, "--url", server.url, "--key", GOOD_KEY], host);

describe.each(["user", "team", "project"] as const)("%ss", (kind) => {
  test("are listed with their state and caps", async () => {
    const { stdout } = await run([`${kind}s`, "list"]);
    for (const part of ["core", "enabled", "$100 a month, 60 requests a minute"]) expect(stdout).toContain(part);
    server.content.entries.length = 0;
    expect((await run([`${kind}s`, "list"])).stderr).toContain(`binnacle ${kind}s create NAME`);
  });

  test("are created and changed with caps as they are typed, and deleted", async () => {
    const caps = ["--budget", "usd: 5, every: day", "--limit", "requests: 9", "--limit", "tokens: 100, every: hour"];
    const { stdout } = await run([`${kind}s`, "create", "core", ...caps]);
    expect(stdout).toContain(`Created the ${kind} core ($5 a day, 9 requests a minute, 100 tokens a hour)`);
    await run([`${kind}s`, "update", "core", "--disable", "--budget", "none"]);
    await run([`${kind}s`, "delete", "core"]);
    expect(server.asked.entries).toMatchObject([
      { kind, what: "create", input: { name: "core", budgets: [{ usd: 5, every: "day" }] } },
      { kind, what: "update", input: { name: "core", disabled: true, budgets: [] } },
      { kind, what: "delete", input: { name: "core" } },
    ]);
  });
});

describe("caps", () => {
  test("that cannot be read are told with an example, and nothing is sent", async () => {
    for (const wrong of ["100", "usd: [", "usd"]) {
      const { exitCode, stderr } = await run(["teams", "create", "core", "--budget", wrong]);
      expect({ exitCode, stderr }).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining("usd: 100, every: month"),
      });
    }
    expect(server.asked.entries).toEqual([]);
  });
});

describe("keys update", () => {
  test("sends what is named, and null for none", async () => {
    const { stdout } = await run(
      "keys update 0aB1cD2eF3gH --team none --project atlas --expires none --disable".split(" "),
    );
    expect(stdout).toContain("Changed ci (0aB1cD2eF3gH): disabled");
  });
});

describe("apply", () => {
  const file = (text: string): string => {
    const path = join(folder, "access.yaml");
    writeFileSync(path, text);
    return path;
  };
  const plan = {
    dry_run: true,
    revision: 7,
    counts: { create: 1, change: 1, remove: 0, leave: 1, unchanged: 2 },
    secrets: {},
    changes: [
      {
        section: "teams",
        name: "core",
        action: "create" as const,
        fields: [{ field: "budgets", before: [], after: [{ usd: 5 }] }],
      },
      {
        section: "keys",
        name: "ci",
        action: "change" as const,
        fields: [{ field: "team", before: null, after: "core" }],
      },
      { section: "keys", name: "old", action: "leave" as const, fields: [] },
    ],
  };

  test("shows what would change, asks, and applies the plan that was agreed to", async () => {
    server.content.applied = { ...plan, secrets: { keys: { ci: "bk_new" } } };
    const path = file("teams: { core: { budgets: [{ usd: 5 }] } }\nkeys: { ci: { team: core } }");
    const ask = async () => "y";
    const stdin = { isTerminal: true, read: async () => "", ask };
    const { exitCode, stdout } = await run(["apply", "-f", path], { stdin });
    expect(exitCode).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect(server.asked.applied).toMatchObject([{ dry_run: true }, { dry_run: false, if_revision: 7, prune: false }]);
  });

  test("changes nothing with --dry-run, on a no, and where nobody can be asked", async () => {
    server.content.applied = plan;
    const path = file("teams: { core: {} }");
    expect((await run(["apply", "-f", path, "--dry-run"])).exitCode).toBe(0);
    const stdin = { isTerminal: true, read: async () => "", ask: async () => "n" };
    expect((await run(["apply", "-f", path], { stdin })).stderr).toContain("Nothing was changed");
    const { exitCode, stderr } = await run(["apply", "-f", path]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("--yes") });
    expect(server.asked.applied.every(({ dry_run }) => dry_run)).toBe(true);
  });

  test("reads standard input, and with --json prints what the API says", async () => {
    server.content.applied = plan;
    const stdin = { isTerminal: false, read: async () => "teams: { core: }", ask: async () => undefined };
    const { stdout } = await run(["apply", "-f", "-", "--yes", "--prune", "--json"], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ revision: 7, dry_run: false });
    expect(server.asked.applied.at(-1)).toMatchObject({ state: { teams: { core: null } }, prune: true });
  });

  test.each([
    ["teams: { core: {}, core: {} }", "unique at line 1"],
    ["- a list", "sections"],
    ["teams: [core]", "sections"],
  ])("refuses %s with its place", async (text, words) => {
    const { exitCode, stderr } = await run(["apply", "-f", file(text)]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(words) });
    expect(server.asked.applied).toEqual([]);
  });
});

describe("export", () => {
  test("prints YAML, and beside it what is left out", async () => {
    server.content.exported = {
      state: { teams: { core: { disabled: true } } },
      revision: 7,
      left_out: [{ section: "keys", name: "ci", reason: "2 have this name" }],
    };
    const { stdout, stderr } = await run(["export"]);
    expect(stdout).toBe("teams:\n  core:\n    disabled: true\n");
    expect(stderr).toContain("keys.ci is left out: 2 have this name");
  });
});
