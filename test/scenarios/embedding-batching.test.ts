// Many small embedding calls at once, as one request to their vendor.
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import OpenAI from "openai";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let vendor: ReturnType<typeof Bun.serve>;
let openai: OpenAI;
const asked: string[][] = [];

/** A token a character. A text that says so is refused, and one that says so fails the vendor the first time it comes. */
function serveEmbeddings() {
  return Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { input } = (await request.json()) as { input: string | string[] };
      const texts = Array.isArray(input) ? input : [input];
      asked.push(texts);
      if (texts.some((text) => text.includes("bad")))
        return Response.json({ error: { message: "a bad text", type: "invalid_request_error" } }, { status: 400 });
      if (texts.some((text) => text.includes("down")) && asked.length === 1)
        return Response.json({ error: { message: "down" } }, { status: 503 });
      const tokens = texts.join("").length;
      return Response.json({
        object: "list",
        model: "e",
        data: texts.map((text, index) => ({
          object: "embedding",
          index,
          embedding: [text.length, text.charCodeAt(0)],
        })),
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      });
    },
  });
}

beforeAll(async () => {
  vendor = serveEmbeddings();
  app = await startTestApp({
    config: `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url.href}v1" } }
  prices: { v/e: { input_usd_per_million: 370000, output_usd_per_million: 0 }, v/cheap: { input_usd_per_million: 0.7, output_usd_per_million: 0 } }
gateway:
  backoff_base: 1ms
  health: { retry_floor: 100 }
  # The window is longer than any test: a request is sent when it is full.
  embedding_batching: { enabled: true, window: 30s, inputs_max: 4 }
`,
  });
  openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
});
afterAll(async () => {
  await app?.close();
  await vendor?.stop(true);
});
beforeEach(() => void (asked.length = 0));

async function embed(input: string | string[], model = "v/cheap") {
  const { data, response } = await openai.embeddings.create({ model, input, encoding_format: "float" }).withResponse();
  const record: CallDetail = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
  return { vectors: data.data.map(({ embedding }) => embedding), usage: data.usage, record };
}

const sum = (numbers: (number | null | undefined)[]) => numbers.reduce<number>((all, each) => all + (each ?? 0), 0);

test("calls that come together are one request; each has its own vectors, usage and record", async () => {
  const answers = await Promise.all([embed("a"), embed(["bb", "ccc"]), embed("dddd")]);
  expect(asked).toHaveLength(1);
  expect(answers.map(({ vectors }) => vectors)).toEqual([
    [[1, 97]],
    [
      [2, 98],
      [3, 99],
    ],
    [[4, 100]],
  ]);
  expect(answers.map(({ usage }) => usage.prompt_tokens)).toEqual([1, 5, 4]);
  expect(new Set(answers.map(({ record }) => record.id)).size).toBe(3);
  for (const { record } of answers)
    expect(record).toMatchObject({ outcome: "ok", attempts: [{ outcome: "ok", batched_with: 2 }] });
});

test("what they cost adds up to what the vendor charges, to the micro-dollar", async () => {
  const answers = await Promise.all(["aaa", "bbb", "ccc", "ddddd"].map((text) => embed(text)));
  expect(asked).toHaveLength(1);
  const tokens = answers.map(({ record }) => record.tokens.input);
  expect(tokens).toEqual([3, 3, 3, 5]);
  // 14 tokens at 0.7 micro-dollars each; by themselves they would be 2, 2, 2 and 4.
  expect(sum(answers.map(({ record }) => record.cost.usd_micros))).toBe(10);
});

test("a text that is refused is the trouble of its own caller only", async () => {
  const [good, bad, other] = await Promise.allSettled([embed("good"), embed("bad"), embed(["fine", "well"])]);
  expect([good?.status, bad?.status, other?.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(bad?.status === "rejected" && bad.reason).toMatchObject({ status: 400 });
  expect(asked.map((texts) => texts.length).toSorted()).toEqual([1, 1, 2, 4]);
  expect(good?.status === "fulfilled" && good.value.record.attempts[0]).not.toHaveProperty("batched_with");
});

test("a vendor that fails is asked again by each, as by itself, and answers all", async () => {
  const answers = await Promise.all([embed("down"), embed("b"), embed(["c", "d"])]);
  expect(answers.map(({ vectors }) => vectors.length)).toEqual([1, 1, 2]);
  for (const { record } of answers) expect(record.attempts.map(({ outcome }) => outcome)).toEqual(["error", "ok"]);
});

test("other models and other wishes go in requests of their own, and so do calls of many texts", async () => {
  const many = embed(["1", "2", "3", "4", "5"]);
  const [cheap, dear] = [
    ["a", "b", "c", "d"],
    ["e", "f", "g", "h"],
  ];
  await Promise.all([many, ...cheap.map((text) => embed(text)), ...dear.map((text) => embed(text, "v/e"))]);
  expect(asked.map((texts) => texts.join("")).toSorted()).toEqual(["12345", "abcd", "efgh"]);
});

test("a caller who leaves takes nothing from the others", async () => {
  const leaving = new AbortController();
  const body = { model: "v/cheap", input: "gone", encoding_format: "float" as const };
  const gone = openai.embeddings.create(body, { signal: leaving.signal }).catch((error: unknown) => error);
  while ((await app.client.status()).calls.in_flight === 0) await Bun.sleep(5);
  leaving.abort();
  await gone;
  while ((await app.client.status()).calls.in_flight > 0) await Bun.sleep(5);
  const answers = await Promise.all(["x", "y", "z"].map((text) => embed(text)));
  expect(answers.map(({ vectors }) => vectors[0]?.[0])).toEqual([1, 1, 1]);
  expect(asked).toEqual([["x", "y", "z"]]);
});

test("a failure of many calls' request counts once against its target", async () => {
  for (let round = 0; round < 3; round += 1) {
    asked.length = 0;
    await Promise.all(["down", "1", "2", "3"].map((text) => embed(text)));
  }
  const { record } = await embed(["1", "2", "3", "4", "5"]);
  expect(record.attempts).toHaveLength(1);
});
