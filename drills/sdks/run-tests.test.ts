// A checkout of our own, with the least that an SDK's has: its tests run as the real ones do.
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readCheckout, resourceOf } from "./published-tests.ts";
import { runTests } from "./run-tests.ts";
import { describeRequest } from "./sent-request.ts";

const root = resolve(import.meta.dir, "../..");
const folder = mkdtempSync(join(tmpdir(), "binnacle-sdks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PUBLISHED = `
import OpenAI from 'openai';
const client = new OpenAI({ apiKey: 'My API Key', baseURL: process.env['TEST_API_BASE_URL'], maxRetries: 0 });
describe('models', () => {
  test('lists what there is', async () => { expect((await client.models.list()).data).toEqual([]); });
  test('finds that nothing is there', async () => { await expect(client.models.retrieve('none')).rejects.toThrow(OpenAI.NotFoundError); });
  test('calls what it is given', async () => { await expect(async () => { throw new Error('no'); }).rejects.toThrow('no'); });
  test('expects what does not happen', async () => { await expect(client.models.list()).rejects.toThrow(OpenAI.NotFoundError); });
  test.skip('left "out"', () => {});
});
`;

test("a checkout's tests run with the installed SDK, as Jest would run them", async () => {
  const checkout = join(folder, "checkout");
  mkdirSync(join(checkout, "tests/api-resources"), { recursive: true });
  writeFileSync(join(checkout, "package.json"), JSON.stringify({ name: "openai", version: "0.0.0" }));
  writeFileSync(join(checkout, "tests/api-resources/models.test.ts"), PUBLISHED);
  const { sdk, files, version, tests } = readCheckout(checkout, root);
  expect([files, version, resourceOf(sdk, files[0] ?? "")]).toEqual([
    ["api-resources/models.test.ts"],
    "0.0.0",
    "models",
  ]);

  const keys = new Set<string | null>();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch({ url, headers }) {
      keys.add(headers.get("authorization"));
      return url.endsWith("/models") ? Response.json({ data: [] }) : Response.json({}, { status: 404 });
    },
  });
  const url = server.url.href.replace(/\/$/, "");
  const context = { root, folder, signal: new AbortController().signal, defer: () => {} };
  const run = { name: "native", tests, files, url, key: "bk_1", base: url, baseUrl: `${url}/v1` } as const;
  const { outcomes, sent } = await runTests(context, run);
  await server.stop(true);

  expect(outcomes.map(({ title, outcome }) => [title, outcome])).toEqual([
    ["models > lists what there is", "passed"],
    ["models > finds that nothing is there", "passed"],
    ["models > calls what it is given", "passed"],
    ["models > expects what does not happen", "failed"],
    ['models > left "out"', "skipped"],
  ]);
  expect(outcomes[3]?.message).toContain("rejects");
  expect([...keys]).toEqual(["Bearer bk_1"]);
  const asked = { method: "GET", path: "/v1/models", headers: new Headers(), bytes: new ArrayBuffer() };
  expect(sent).toEqual(Array(2).fill(await describeRequest(asked)));
});

test("a folder that is no checkout of a known SDK is refused in words", () => {
  expect(() => readCheckout("", root)).toThrow("--checkout");
  expect(() => readCheckout(root, root)).toThrow("binnacle is none of openai, @anthropic-ai/sdk");
});
