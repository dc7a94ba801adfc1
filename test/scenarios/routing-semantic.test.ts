// Routes that choose by what a request is about, over the whole program, with a vendor's vectors: words are directions.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const WORDS = ["court", "contract", "crash", "compiler"];

let app: TestApp;
let vendor: ReturnType<typeof Bun.serve>;
let isDown = false;
/** Texts that vectors were asked for. */
const embedded: string[] = [];

beforeAll(async () => {
  vendor = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const { model, input } = (await request.json()) as { model: string; input?: string[] };
      if (input) {
        embedded.push(...input);
        if (isDown) return Response.json({ error: { message: "out of order" } }, { status: 500 });
        const data = input.map((text, index) => ({ index, object: "embedding", embedding: vectorOf(text) }));
        return Response.json({ object: "list", model, data, usage: { prompt_tokens: 1, total_tokens: 1 } });
      }
      const message = { role: "assistant", content: "Aye." };
      return Response.json({ id: "1", model, choices: [{ index: 0, message, finish_reason: "stop" }] });
    },
  });
  app = await startTestApp({
    config: `
providers:
  vendors: { acme: { kind: openai-compatible, base_url: "http://127.0.0.1:${vendor.port}/v1", api_key: "env:ONE" } }
embedding: { model: acme/vectors, timeout: 60s, rest: 1ms, remembered_texts_max: 0 }
gateway:
  routes:
    desk:
      strategy: semantic
      targets:
        - { target: acme/law, examples: ["what does the court say", "is this contract valid"] }
        - acme/any
        - { examples: ["why does it crash", "the compiler complains"], least: 0.5, targets: [acme/code, acme/coder] }
    plain: { targets: [acme/any] }
`,
    env: { ONE: "sk-1" },
  });
  await until(async () => (await ask("desk", "court")).target === "acme/law");
});
afterAll(async () => {
  await app?.close();
  await vendor?.stop(true);
});

/** One more direction, for what is about nothing of it. */
function vectorOf(text: string): number[] {
  const found = WORDS.map((word) => (text.includes(word) ? 1 : 0));
  return [...found, found.includes(1) ? 0 : 1];
}

async function ask(model: string, content: string, headers: Record<string, string> = {}) {
  const response = await app.chat({ model, messages: [{ role: "user", content }] }, { headers });
  await response.text();
  const callId = response.headers.get("x-binnacle-call-id") ?? "";
  return { status: response.status, target: response.headers.get("x-binnacle-target"), callId };
}

async function reasonsOf(callId: string): Promise<string[]> {
  const { considered } = await app.client.calls.get({ id: callId });
  return considered.map(({ target, reason }) => `${target}: ${reason}`);
}

describe("a route that chooses by meaning", () => {
  test("asks the place with the nearest examples, and the record says how near each is", async () => {
    const { target, callId } = await ask("desk", "my compiler says crash");
    expect(target).toBe("acme/code");
    expect(await reasonsOf(callId)).toEqual([
      "acme/code: similarity 0.707 to its examples, at least 0.5; in it, number 1 in its order",
      "acme/coder: similarity 0.707 to its examples, at least 0.5; in it, number 2 in its order",
      "acme/any: the nearest examples have similarity 0.707; it has no examples, and is for the rest",
      "acme/law: similarity 0 to its examples, and not 0.4",
    ]);
  });

  test("asks the place for the rest where none is near", async () => {
    expect((await ask("desk", "good morning")).target).toBe("acme/any");
  });

  test("is foretold by routes explain, with the similarities", async () => {
    const request = { messages: [{ role: "user", content: "the court and the contract" }] };
    const { facts, attempts, distribution } = await app.client.routes.explain({ model: "desk", request, times: 10 });
    expect(facts.similarities).toEqual({ "desk.targets.0": expect.closeTo(Math.SQRT1_2, 3), "desk.targets.2": 0 });
    expect(attempts[0]).toMatchObject({
      target: "acme/law",
      reason: "first: similarity 0.707 to its examples, at least 0.4",
    });
    expect(distribution).toEqual([{ target: "acme/law", calls: 10, share: 1 }]);
  });

  test("follows a change by API: what is new is made vectors, what stays is not again", async () => {
    const before = embedded.filter((text) => text === "why does it crash").length;
    const targets = [
      { target: "acme/code", examples: ["why does it crash"] },
      { target: "acme/law", examples: ["contract"] },
    ];
    await app.client.routes.put({ name: "second", plan: { strategy: "semantic", targets } });
    await until(async () => (await ask("second", "sign the contract")).target === "acme/law");
    expect(embedded.filter((text) => text === "why does it crash")).toHaveLength(before);
  });

  test("leaves other routes, and what asks no route, as they are", async () => {
    const count = embedded.length;
    for (const model of ["plain", "acme/any"]) expect((await ask(model, "court")).target).toBe("acme/any");
    expect(embedded).toHaveLength(count);
  });
});

describe("where nothing is known of the request, the place for the rest is asked, and the record says why", () => {
  test("when its caller binds its data, which the vectors' vendor need not have", async () => {
    const count = embedded.length;
    const targets = [{ target: "acme/law", examples: ["court"] }, { target: "acme/any" }];
    const plan = { strategy: "semantic", targets: targets.map((each) => ({ ...each, region: "eu" })) };
    await app.client.routes.put({ name: "bound", plan });
    await until(async () => (await ask("bound", "court")).target === "acme/law");
    embedded.length = count;
    const { target, callId } = await ask("bound", "the court", { "x-binnacle-region": "eu" });
    expect(target).toBe("acme/any");
    expect((await reasonsOf(callId))[0]).toContain("its caller says where its data may go");
    expect(embedded).toHaveLength(count);
  });

  test("when the embedding model fails", async () => {
    isDown = true;
    const { status, target, callId } = await ask("desk", "court");
    isDown = false;
    expect([status, target]).toEqual([200, "acme/any"]);
    expect((await reasonsOf(callId))[0]).toMatch(/^acme\/any: similarity not known, acme\/vectors /);
    await until(async () => (await ask("desk", "court")).target === "acme/law");
  });
});
