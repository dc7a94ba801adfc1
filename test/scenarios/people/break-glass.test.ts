// The first admin key opens while the database and the provider are away, and its use is told.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import pino from "pino";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { visit } from "../../support/people/visitor.ts";
import { until } from "../../support/until.ts";

const lines: string[] = [];
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    ownDatabase: true,
    world: { log: pino({ level: "warn" }, { write: (line) => void lines.push(line) }) },
    config: `
identity:
  break_glass_alarm: always
  passwords: { memory_kib: 1024, passes: 1 }
  oidc: { providers: [{ name: gone, issuer: "http://127.0.0.1:9", client_id: x, allow_http: true }] }
`,
  });
}, 120_000);
afterAll(() => app?.close());

const told = (): boolean => lines.some((line) => line.includes("break-glass: the first admin key was used"));

test("the first admin key works with all else down, and each use is an alarm", async () => {
  await app.client.users.create({ name: "ada" });
  await until(told);
  await app.client.people.setPassword({ user: "ada", password: "four green boats" });
  const ada = visit(app.url);
  expect((await ada.post("/api/sign-in/password", { name: "ada", password: "four green boats" })).status).toBe(204);
  expect((await ada.get("/api/v1/session")).status).toBe(200);
  expect((await visit(app.url).get("/api/sign-in/oidc/gone")).status).toBe(503);
  const wrong = await visit(app.url).get("/api/sign-in/oidc/gone?return_to=https://evil.example");
  expect(wrong.headers.get("location")).toBeNull();

  const postmaster = Number(readFileSync(`${app.home}/postgres/postmaster.pid`, "utf8").split("\n")[0]);
  process.kill(postmaster, "SIGSTOP");
  try {
    const asked = await fetch(`${app.url}/api/v1/session`, { headers: { authorization: `Bearer ${app.key}` } });
    expect(await asked.json()).toMatchObject({ key_name: "first admin key", scopes: ["admin"] });
  } finally {
    process.kill(postmaster, "SIGCONT");
  }
  // What was asked of the database meanwhile may have been given up; then it counts as away for a moment.
  await until(async () => (await ada.get("/api/v1/session")).status === 200);
}, 120_000);
