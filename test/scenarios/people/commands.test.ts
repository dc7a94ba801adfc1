// `binnacle people …` against the whole program.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { runInTest, type TestHost } from "../../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { visit } from "../../support/people/visitor.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: "identity: { passwords: { memory_kib: 1024, passes: 1 } }" });
});
afterAll(() => app?.close());

const run = (line: string, host?: TestHost) =>
  runInTest([...line.split(" "), "--url", app.url, "--key", app.key], host);

const typed = (text: string): TestHost => ({
  stdin: { isTerminal: false, read: () => Promise.resolve(text), ask: () => Promise.resolve(undefined) },
});

test("people are invited, listed, given roles and passwords, and signed out, from the command line", async () => {
  expect((await run("people list")).stderr).toContain("binnacle people invite USER");
  expect((await run("people invite ada")).stderr).toContain('There is no user "ada"');
  await run("users create ada");
  const { stdout: link } = await run("people invite ada --role auditor");
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/invitation\/[\w.-]+\n$/);
  expect((await run("people list")).stdout).toMatch(/ada\s+auditor\s+invited\s+never/);

  const visitor = visit(app.url);
  const token = link.trim().split("#/invitation/")[1];
  expect((await visitor.post("/api/sign-in/invitation", { token, password: "four green boats" })).status).toBe(204);
  expect((await run("people list")).stdout).toMatch(/ada\s+auditor\s+password/);
  expect((await run("people sessions ada")).stdout).toContain("invitation");
  expect((await run("people sign-out ada")).stdout).toContain("1 session ended");
  expect((await run("people sessions ada")).stderr).toContain("not signed in anywhere");

  expect((await run("people update ada --role operator reviewer")).stdout).toContain("operator, reviewer");
  expect((await run("people password ada", typed("short\n"))).stderr).toContain("shorter than 12");
  expect((await run("people password ada", typed("five blue boats\n"))).stdout).toContain("Set the password of ada");
  const again = await visitor.post("/api/sign-in/password", { name: "ada", password: "five blue boats" });
  expect(again.status).toBe(204);
  expect((await run("people unlink ada oidc:corp")).stdout).toContain("Let go of ada");
});
