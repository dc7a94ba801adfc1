// Targets that are asked for no caller's sake: what that shows before a caller comes, what it costs, and that it is in nobody's way.
import { afterEach, expect, test } from "bun:test";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { startStoryteller, type Storyteller } from "../support/vendors/storyteller.ts";

let app: TestApp | undefined;
let first: Storyteller;
let second: Storyteller;
/** A target that is left alone is so until the test lets that time go by. */
const clock = { aheadMs: 0 };

async function start(probes: string): Promise<void> {
  first = startStoryteller("first");
  second = startStoryteller("second");
  const vendor = ({ origin }: Storyteller) => `{ kind: openai-compatible, base_url: "${origin}/v1" }`;
  app = await startTestApp({
    world: { monotonicMs: () => performance.now() + clock.aheadMs },
    config: `
providers:
  vendors: { first: ${vendor(first)}, second: ${vendor(second)} }
  prices:
    first/story: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
    second/story: { input_usd_per_million: 1000, output_usd_per_million: 1000 }
governance:
  budgets: [{ of: organisation, usd: 100 }]
gateway:
  health:
    breaker_failures: 2
    breaker_rest: 10m
    breaker_rest_max: 10m
    probes: { enabled: true, every: 1s, ${probes} }
  routes:
    story: { targets: [first/story, second/story] }
`,
  });
}
function running(): TestApp {
  if (!app) throw new Error("no app is running");
  return app;
}
async function close(): Promise<void> {
  const closing = app;
  app = undefined;
  await closing?.close();
  await first?.close();
  await second?.close();
}
afterEach(close);

const question = { model: "story", stream: true, max_tokens: 50, messages: [{ role: "user", content: "A story!" }] };

async function call() {
  const response = await running().chat(question);
  await response.text();
  return running().client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
}
const probesOnRecord = async () => {
  const { calls } = await running().client.calls.list({ limit: 200 });
  return Promise.all(
    calls.filter(({ who }) => who.key_name === "probe").map(({ id }) => running().client.calls.get({ id })),
  );
};
async function until<T>(read: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await read();
    if (found !== undefined && found !== false) return found;
    await Bun.sleep(50);
  }
}

const isWell = ({ outcome, model, started_at_ms: atMs }: CallDetail, afterMs: number): boolean =>
  outcome === "ok" && model === "first/story" && atMs > afterMs;

test("a target that is down is left alone before a caller comes, and is back before one comes, too", async () => {
  await start("ask: models");
  first.settings.isDown = true;
  const failed = await until(async () => (await probesOnRecord()).filter(({ outcome }) => outcome === "failed")[1]);
  const during = await call();
  expect(during.attempts.map(({ target }) => target)).toEqual(["second/story"]);
  expect(during.considered[1]?.reason).toContain("left alone");
  first.settings.isDown = false;
  clock.aheadMs += 3_600_000;
  await until(async () => (await probesOnRecord()).some((each) => isWell(each, failed.started_at_ms)));
  expect((await call()).attempts.map(({ target }) => target)).toEqual(["first/story"]);
  const probes = await probesOnRecord();
  expect(probes.find(({ outcome }) => outcome === "failed")).toMatchObject({
    operation: "probe",
    who: { key_id: "probe", team: null, tags: ["probe"] },
    cost: { usd_micros: 0 },
    error: { code: "providers.vendor_failed" },
  });
  expect(probes.find(({ outcome }) => outcome === "ok")?.attempts).toMatchObject([{ status: 200, outcome: "ok" }]);
}, 120_000);

test("an answer of a few tokens is paid for, and the organisation's budget is charged", async () => {
  await start("ask: token");
  const probe = await until(async () => (await probesOnRecord()).find(({ outcome }) => outcome === "ok"));
  expect(probe).toMatchObject({
    operation: "chat",
    who: { key_id: "probe", team: null },
    tokens: { source: "vendor" },
  });
  expect(probe.cost.usd_micros).toBeGreaterThan(0);
  expect(probe.budget?.charged_usd_micros).toBe(probe.cost.usd_micros ?? 0);
  const budget = await until(async () => (await running().client.budgets({})).budgets.find(({ spent }) => spent > 0));
  expect(budget.whose).toContain("organisation");
}, 120_000);

test("an end does not wait for a probe that is under way", async () => {
  await start("ask: models, timeout: 1h");
  first.settings.isSilent = true;
  await until(async () => first.requests() > 0);
  const startedMs = performance.now();
  await close();
  expect(performance.now() - startedMs).toBeLessThan(60_000);
}, 120_000);
