// `routes set`, `delete`, `restore`, `show` and `history`: what is shown, what is asked, and what is sent.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeServer, GOOD_KEY, startFakeServer } from "../../testing/fake-server.ts";
import { sampleRoute } from "../../testing/sample-route.ts";
import { runInTest, type TestHost } from "../../testing/run-in-test.ts";

const plan = { strategy: "weighted", targets: ["sim/sim-large", { target: "sim/sim-small", weight: 0 }] };
const YAML = "strategy: weighted\ntargets:\n  - sim/sim-large # the canary\n  - { target: sim/sim-small, weight: 0 }\n";
let server: FakeServer;
let folder: string;
let file: string;

beforeEach(() => {
  server = startFakeServer();
  folder = mkdtempSync(join(tmpdir(), "binnacle-routes-"));
  file = join(folder, "fast.yaml");
  writeFileSync(file, YAML);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

const run = (argv: string[], host?: TestHost) =>
  runInTest(["routes", ...argv, "--url", server.url, "--key", GOOD_KEY], host);

/** A person at a terminal, who says this when asked. */
function answering(answer: string | undefined): TestHost {
  return { stdin: { isTerminal: true, read: async () => "", ask: async () => answer } };
}

describe("routes set", () => {
  test("shows the difference, asks, and changes what it has shown", async () => {
    const { stdout, stderr, exitCode } = await run(["set", "fast", "-f", file], answering("y"));
    for (const line of ["fast (revision 3)", "  ~ targets.0: sim/sim-small → sim/sim-large", "  + sticky_by: user"])
      expect(stderr).toContain(line);
    expect(stdout).toBe("Changed fast, now at revision 4. All servers follow within a second.\n");
    expect(exitCode).toBe(0);
    expect(server.asked.changes).toEqual([
      { name: "fast", plan, dry_run: true },
      { name: "fast", plan, dry_run: false, if_revision: 3 },
    ]);
  });

  test("changes nothing where nobody says yes", async () => {
    for (const answer of ["", "no", "yesterday", undefined]) {
      const { stderr, exitCode } = await run(["set", "fast", "-f", file], answering(answer));
      expect([exitCode, stderr.includes("Nothing was changed.")]).toEqual([1, true]);
    }
    const { stderr, exitCode } = await run(["set", "fast", "-f", file]);
    expect([exitCode, stderr.includes("--yes does it without asking")]).toEqual([1, true]);
    expect(server.asked.changes.every(({ dry_run }) => dry_run === true)).toBe(true);
  });

  test("does it unasked with --yes, from standard input too, and gives it as data", async () => {
    const stdin = { isTerminal: false, read: async () => JSON.stringify(plan), ask: async () => undefined };
    const { stdout } = await run(["set", "fast", "-f", "-", "--yes", "--json"], { stdin });
    expect(JSON.parse(stdout)).toEqual(server.content.changed("fast"));
    expect(server.asked.changes.at(-1)).toMatchObject({ plan, if_revision: 3 });
  });

  test("does nothing where nothing is different", async () => {
    server.content.changed = (name) => ({
      route: { ...sampleRoute(), name },
      revision_before: 3,
      approval_id: null,
      changes: [],
    });
    expect((await run(["set", "fast", "-f", file])).stdout).toBe("fast is so already, at revision 3.\n");
    expect(server.asked.changes).toHaveLength(1);
  });

  test("says what is wrong with the file", async () => {
    expect((await run(["set", "fast", "-f", join(folder, "none")])).stderr).toContain("There is no file");
    for (const text of ["- a\n- b\n", "targets: [", "", "word"]) {
      writeFileSync(file, text);
      expect((await run(["set", "fast", "-f", file])).stderr).toContain("is not a plan");
    }
    expect((await run(["set", "fast"])).exitCode).toBe(2);
  });
});

describe("routes delete and restore", () => {
  test("show what goes, and delete that alone", async () => {
    const { stdout, stderr } = await run(["delete", "fast"], answering("yes"));
    expect(stderr).toContain("  - targets.1: sim/sim-large");
    expect(stdout).toContain("`binnacle routes restore fast --revision 3` brings it back");
    expect(server.asked.changes).toEqual([{ name: "fast", if_revision: 3 }]);
    expect((await run(["delete", "fast"])).exitCode).toBe(1);
  });

  test("leave it to the server to refuse what is of the config file", async () => {
    server.content.routes = [{ ...sampleRoute(), source: "config", revision: null }];
    await run(["delete", "fast"]);
    expect(server.asked.changes).toEqual([{ name: "fast" }]);
  });

  test("restore what was before", async () => {
    const { stdout } = await run(["restore", "fast", "--revision", "1", "--yes"]);
    expect(stdout).toContain("Changed fast");
    expect(server.asked.changes).toEqual([
      { name: "fast", revision: 1, dry_run: true },
      { name: "fast", revision: 1, dry_run: false, if_revision: 3 },
    ]);
    expect((await run(["restore", "fast", "--yes"])).exitCode).toBe(2);
  });
});

describe("routes show and history", () => {
  test("show a plan as a file that can be set again", async () => {
    const { stdout } = await run(["show", "fast"]);
    expect(stdout).toBe(
      "# fast, revision 3, changed 2026-11-20 09:30:00 by ops\nstrategy: weighted\ntargets:\n  - sim/sim-small\n  - sim/sim-large\n",
    );
    server.content.routes = [{ ...sampleRoute(), source: "config", revision: null, changed_at_ms: null }];
    expect((await run(["show", "fast"])).stdout).toContain("# fast, of the configuration file");
  });

  test("show who changed what, to the last line that was asked for", async () => {
    expect((await run(["history", "fast"])).stdout.split("\n")).toEqual([
      "REVISION  WHEN              WHO  WHAT",
      "9         2026-11-20 09:30  ops  ~ targets.0: sim/sim-small → sim/sim-large",
      "8         2026-11-20 09:30  ops  made: + targets.0: sim/sim-small",
      "7         2026-11-20 09:30  ops  deleted",
      "6         2026-11-20 09:30  ops  made: + targets.0: sim/sim-old",
      "",
    ]);
    expect((await run(["history", "fast", "-n", "1"])).stdout).toContain("~ targets.0: sim/sim-small → sim/sim-large");
  });
});
