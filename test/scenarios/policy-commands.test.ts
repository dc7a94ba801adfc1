// `binnacle policy` against the whole program, with the guide's own policies and cases.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programOf } from "../../tools/launch/program.mjs";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const ROOT = join(import.meta.dir, "../..");
const MAIN = join(ROOT, programOf(ROOT));
const guide = readFileSync(join(ROOT, "docs/guide/policies.md"), "utf8");
const fenced = (language: string): string => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "s").exec(guide)?.[1] ?? "";

let app: TestApp;
let folder: string;

beforeAll(async () => {
  app = await startTestApp();
  folder = mkdtempSync(join(tmpdir(), "binnacle-policies-"));
  mkdirSync(join(folder, "policies"));
  writeFileSync(join(folder, "policies/own.cedar"), fenced("cedar"));
  writeFileSync(join(folder, "policies/own.cases.yaml"), fenced("yaml cases"));
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...argv: string[]): Promise<{ said: string; complaint: string; exitCode: number }> {
  const child = Bun.spawn([process.execPath, MAIN, "policy", ...argv], {
    cwd: folder,
    env: { ...process.env, BINNACLE_URL: app.url, BINNACLE_KEY: app.key, NO_COLOR: "1" },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, complaint, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { said, complaint, exitCode };
}

describe("the guide's policies", () => {
  test("hold to their cases, of which each decides one but the shell's", async () => {
    const { said, complaint, exitCode } = await run("test", "policies");
    expect([exitCode, said]).toEqual([0, expect.stringContaining("4 cases, 0 failed")]);
    expect(complaint).toContain("No case is decided by no-shell");
  });

  test("fail where a case comes out otherwise, and say what is wrong with a file of cases", async () => {
    const other = join(folder, "other.cases.yaml");
    writeFileSync(other, fenced("yaml cases").replace("expect: allow", "expect: deny"));
    const failed = await run("test", "policies", "--cases", other);
    expect([failed.exitCode, failed.said]).toEqual([1, expect.stringContaining("expected deny, and it is allow")]);
    writeFileSync(other, "cases:\n  - name: x\n    action: fly\n");
    expect((await run("test", "policies", "--cases", other)).complaint).toContain("action");
    writeFileSync(other, "cases: [");
    expect((await run("test", "policies", "--cases", other)).complaint).toContain("cannot be read");
    expect((await run("test", "nowhere")).complaint).toContain("There is no file with policies or cases at nowhere");
  });

  test("are proposed, compared, activated and rolled back", async () => {
    expect((await run("list")).said).toContain("The shipped policies alone decide");
    expect((await run("propose", "policies", "--note", "the guide's", "--draft")).said).toContain("version 1");
    expect((await run("activate", "1")).complaint).toContain("it is draft");
    expect((await run("submit", "1")).said).toContain("up for review");
    expect((await run("diff", "1")).said).toContain('+ @id("secret-stays")');
    expect((await run("approve", "1")).complaint).toContain("who proposed it cannot approve it");
    expect((await run("activate", "1")).said).toContain("decides now");
    expect((await run("show")).said).toMatch(/no-shell +forbid +own\.cedar +nobody runs a shell/);
    expect((await run("list")).said).toMatch(/1 +active/);
    expect((await run("show", "1")).said).toContain("nobody runs a shell");
    expect((await run("roll-back")).complaint).toContain("no version of the policies to roll back to");
    expect((await run("roll-back", "--to-shipped")).said).toContain("The shipped policies alone decide again");
  });

  test("go to the server with their cases, and a version that fails one is not activated", async () => {
    const good = readFileSync(join(folder, "policies/own.cases.yaml"), "utf8");
    writeFileSync(join(folder, "policies/own.cases.yaml"), good.replace("expect: allow", "expect: deny"));
    expect((await run("propose", "policies")).said).toContain("version 2");
    const failed = await run("test", "--of", "2");
    expect([failed.exitCode, failed.said]).toEqual([1, expect.stringContaining("4 cases, 1 failed")]);
    expect((await run("activate", "2")).complaint).toContain(
      "fails 1 of its 4 cases, such as “members may offer a search”",
    );
    writeFileSync(join(folder, "policies/own.cases.yaml"), good);
    expect((await run("propose", "policies")).said).toContain("version 3");
    expect((await run("test", "--of", "3")).exitCode).toBe(0);
    expect((await run("show", "3")).said).toContain("// own.cases.yaml");
    expect((await run("activate", "3")).said).toContain("decides now");
    expect((await run("roll-back", "--to-shipped")).exitCode).toBe(0);
    expect((await run("test")).complaint).toContain("Either policies at a path");
  });

  test("are tried on past calls", async () => {
    const body = { model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] };
    await (await app.chat(body)).text();
    writeFileSync(
      join(folder, "none.cedar"),
      '@id("none") forbid (principal, action == Action::"call", resource == Model::"sim/sim-instant");',
    );
    await until(async () => (await run("dry-run", "none.cedar")).said.includes("1 of 1 calls"));
  });
});
