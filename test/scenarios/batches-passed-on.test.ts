// Files and batches of a vendor that has them: a header says whose.
import { afterAll, beforeAll, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI, { NotFoundError, toFile } from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type OperationsVendor, serveOperations } from "../support/vendors/operations.ts";

let app: TestApp;
let vendor: OperationsVendor;

beforeAll(async () => {
  vendor = serveOperations();
  app = await startTestApp({
    config: `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
    claude: { kind: anthropic, base_url: "${new URL(vendor.url).origin}", api_key: "env:ACME_KEY" }
`,
    env: { ACME_KEY: "sk-acme" },
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const openAiFor = (name: string) =>
  new OpenAI({
    baseURL: `${app.url}/v1`,
    apiKey: app.key,
    maxRetries: 0,
    defaultHeaders: { "x-binnacle-vendor": name },
  });

test("the vendor's own files and batches are reached, on record, with its credential", async () => {
  const openai = openAiFor("acme");
  expect((await openai.files.list()).data[0]?.id).toBe("file-1");
  const file = await openai.files.create({ file: await toFile(Buffer.from("{}"), "in.jsonl"), purpose: "batch" });
  expect(file).toMatchObject({ id: "file-2", purpose: "batch" });
  expect(vendor.asked.at(-1)).toMatchObject({
    method: "POST",
    path: "/v1/files",
    authorization: "Bearer sk-acme",
    body: { purpose: "batch" },
  });
  expect((await openai.batches.retrieve("batch_1")).status).toBe("in_progress");
  const { calls } = await app.client.calls.list({ limit: 1 });
  expect(calls[0]).toMatchObject({ model: "v1/batches/batch_1", route: { strategy: "native" }, outcome: "ok" });
});

test("Anthropic's clients find the vendor's results here, and bring our key nowhere else", async () => {
  const headers = { "x-binnacle-vendor": "claude" };
  const anthropic = new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0, defaultHeaders: headers });
  const batch = await anthropic.messages.batches.retrieve("msgbatch_1");
  expect(batch.results_url).toBe(`${app.url}/v1/messages/batches/msgbatch_1/results`);
  const results = [];
  for await (const result of await anthropic.messages.batches.results("msgbatch_1")) results.push(result);
  expect(results).toEqual([{ custom_id: "a", result: { type: "canceled" } }]);
  expect(JSON.stringify(vendor.asked.map(({ headers: sent }) => [...sent]))).not.toContain(app.key);
});

test("a vendor that is none is said to be none, in the caller's dialect", async () => {
  const refused = await openAiFor("nobody")
    .files.list()
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(refused).toBeInstanceOf(NotFoundError);
  expect(String(refused)).toContain('There is no vendor "nobody"');
  const noKey = await fetch(`${app.url}/v1/messages/batches`, { headers: { "x-binnacle-vendor": "claude" } });
  expect(noKey.status).toBe(401);
  expect(await noKey.json()).toMatchObject({ type: "error" });
});
