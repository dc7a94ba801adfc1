// What is left to whoever asks: of their own caps, and of those of their team, whether they spent anything or not.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { runInTest } from "../../../src/interfaces/cli/testing/run-in-test.ts";
import { createClient } from "../../../client/index.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { visit } from "../../support/people/visitor.ts";
import { until } from "../../support/until.ts";

let app: TestApp;
const config = `
identity: { passwords: { memory_kib: 1024, passes: 1 } }
governance:
  limits: [{ of: user, requests: 1000, every: day }, { of: vendor, requests: 5000, every: day }]
`;
beforeAll(async () => {
  app = await startTestApp({ config });
  await app.client.teams.create({ name: "family", budgets: [{ usd: 5, every: "month" }] });
  const limits = [{ requests: 20, every: "hour" as const }];
  await app.client.users.create({ name: "kid", teams: ["family"], limits });
  await app.client.people.update({ user: "kid", roles: ["child"] });
  await app.client.people.setPassword({ user: "kid", password: "four green boats" });
  await app.client.users.create({ name: "other", limits: [{ requests: 7, every: "hour" }] });
});
afterAll(() => app?.close());

interface Told {
  limits: { whose: string; unit: string; every: string; cap: number; left: number; spent: number }[];
}

test("a child sees what is left of its own limits and its team's budget, and of nobody else's", async () => {
  const kid = visit(app.url);
  await kid.post("/api/sign-in/password", { name: "kid", password: "four green boats" });
  const limits = async () => ((await (await kid.get("/api/v1/session/limits")).json()) as Told).limits;
  const before = await limits();
  expect(before.map(({ whose, unit, every, cap }) => [whose, unit, every, cap]).toSorted()).toEqual([
    ["team family", "usd_micros", "month", 5_000_000],
    ["user kid", "requests", "day", 1000],
    ["user kid", "requests", "hour", 20],
  ]);
  expect(before.every(({ left, cap, spent }) => left === cap && spent === 0)).toBe(true);
  const body = { model: "sim/sim-small", max_tokens: 10, messages: [{ role: "user", content: "hello" }] };
  const called = await kid.post("/v1/chat/completions", body, { "x-csrf-token": await kid.csrf() });
  expect(called.status).toBe(200);
  await until(async () => (await limits()).some(({ every, spent }) => every === "hour" && spent === 1));
});

test("a key without caps is told so, and the command line says what is left", async () => {
  const run = (key: string) => runInTest(["budgets", "mine", "--url", app.url, "--key", key]);
  const { secret } = await app.client.keys.create({ name: "k", limits: [{ requests: 3, every: "hour" }] });
  expect((await run(secret)).stdout).toMatch(/key \S+\s+hour\s+0 requests\s+0 requests\s+3 requests\s+3 requests/);
  const free = await app.client.keys.create({ name: "free", organisation: "default" });
  expect((await createClient({ url: app.url, key: free.secret }).session.limits()).limits).toEqual([]);
  expect((await run(free.secret)).stderr).toContain("No budget or limit stands over your calls.");
});
