// The configuration over the API: each value with where it was set, and no secret.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { runInTest } from "../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../support/app.ts";

const yaml = `# a comment
gateway:
  attempts_max: 4
  queue_max: 9
providers:
  vendors:
    corp: { kind: openai, base_url: "http://127.0.0.1:9/v1", api_key: "env:CORP_KEY" }
`;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    config: yaml,
    env: { CORP_KEY: "sk-never-shown", BINNACLE__LEDGER__CLOSE_TIMEOUT: "7s" },
  });
});
afterAll(() => app?.close());

const find = async (path: string) => (await app.client.config()).settings.find((each) => each.path === path);

test("each value is told with where it was set, and its default", async () => {
  expect(await find("gateway.attempts_max")).toMatchObject({
    value: 4,
    default: 3,
    source: { kind: "file", file: "test", line: 3 },
    description: "tries for one call, over all its targets",
    waits_for_start: false,
  });
  expect(await find("ledger.close_timeout")).toMatchObject({
    value: 7000,
    unit: "ms",
    source: { kind: "environment", variable: "BINNACLE__LEDGER__CLOSE_TIMEOUT" },
  });
  expect(await find("storage.database_url")).toMatchObject({
    source: { kind: "environment", variable: "DATABASE_URL" },
  });
  expect(await find("batches.shutdown_grace")).toMatchObject({ source: { kind: "default" } });
});

test("secrets are references, and neither they nor credentials in addresses are shown", async () => {
  expect(await find("providers.vendors.corp.api_key")).toMatchObject({ value: "env:CORP_KEY", is_secret: true });
  const text = JSON.stringify(await app.client.config());
  expect(text).not.toContain("sk-never-shown");
  expect(text).not.toMatch(/:\/\/[^/"@:]+:[^…/"@]+@/);
});

test("a reload shows what it took over, and what waits for the next start", async () => {
  await app.reload(yaml.replace("attempts_max: 4", "attempts_max: 5").replace("queue_max: 9", "queue_max: 10"));
  expect(await find("gateway.attempts_max")).toMatchObject({ value: 5, waits_for_start: false });
  expect(await find("gateway.queue_max")).toMatchObject({ value: 9, waits_for_start: true });
});

test("the command line lists what was set, and searches", async () => {
  const run = (...words: string[]) => runInTest(["config", "list", ...words, "--url", app.url, "--key", app.key]);
  const { stdout } = await run("--changed");
  expect(stdout).toMatch(/gateway\.attempts_max\s+5\s+test:3\s+3/);
  expect(stdout).not.toContain("batches.");
  expect((await run("--search", "close_timeout")).stdout).toContain("7000 ms");
});
