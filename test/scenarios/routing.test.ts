// Routes through the whole program: who answers, what the record says of it, and what `routes explain` foretells.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let vendor: ReturnType<typeof Bun.serve>;
/** Credentials that were shown to the vendor, in order. */
const shown: string[] = [];

beforeAll(async () => {
  vendor = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      shown.push(request.headers.get("authorization") ?? "");
      const { model } = (await request.json()) as { model: string };
      if (model === "broken") return Response.json({ error: { message: "out of order" } }, { status: 500 });
      const message = { role: "assistant", content: "Aye." };
      return Response.json({ id: "1", model, choices: [{ index: 0, message, finish_reason: "stop" }] });
    },
  });
  app = await startTestApp({
    config: `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "http://127.0.0.1:${vendor.port}/v1", api_keys: ["env:ONE", "env:TWO", "env:THREE"] }
gateway:
  routes:
    chatty: { strategy: round_robin, affinity: session, targets: [acme/a, acme/b] }
    turns: { strategy: round_robin, targets: [acme/a, acme/b] }
    lame: { strategy: weighted, affinity: session, targets: [{ target: acme/broken, weight: 1000000 }, { target: acme/b, weight: 0 }] }
    guarded:
      strategy: conditional
      targets:
        - { when: { header: { x-plan: gold } }, target: acme/a }
        - { when: { user: ada }, target: acme/b }
    home: { targets: [acme/a, { target: acme/b, region: eu }] }
    plain: { targets: [acme/a, acme/b] }
`,
    env: { ONE: "sk-1", TWO: "sk-2", THREE: "sk-3" },
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.stop(true);
});

const hello = [{ role: "user", content: "Hello" }];

async function targetOf(model: string, headers: Record<string, string> = {}): Promise<string | null> {
  const response = await app.chat({ model, messages: hello }, { headers });
  await response.text();
  return response.headers.get("x-binnacle-target") ?? `${response.status}`;
}

describe("a conversation", () => {
  test("stays with its target and its credential", async () => {
    const first = await targetOf("chatty", { "x-binnacle-session": "s1" });
    const credential = shown.at(-1);
    for (let turn = 0; turn < 5; turn += 1) {
      await targetOf("chatty", { "x-binnacle-session": `other-${turn}` });
      expect(await targetOf("chatty", { "x-binnacle-session": "s1" })).toBe(first);
      expect(shown.at(-1)).toBe(credential);
    }
  });

  test("stays where it went when its target failed", async () => {
    expect(await targetOf("lame", { "x-binnacle-session": "s" })).toBe("acme/b");
    const asked = shown.length;
    expect(await targetOf("lame", { "x-binnacle-session": "s" })).toBe("acme/b");
    expect(shown.length - asked).toBe(1);
    const record = (await app.client.calls.list({ limit: 1 })).calls[0];
    const { considered, attempts } = await app.client.calls.get({ id: record?.id ?? "" });
    expect(considered[0]).toEqual({
      target: "acme/b",
      chosen: true,
      reason: "it answered this conversation last, and its cache is warm",
    });
    expect(attempts[0]?.reason).toBe("first: it answered this conversation last, and its cache is warm");
  });
});

describe("conditions", () => {
  test("decide by headers and by whom the caller names", async () => {
    expect(await targetOf("guarded", { "x-plan": "gold" })).toBe("acme/a");
    expect(await targetOf("guarded", { "x-binnacle-user": "ada" })).toBe("acme/b");
  });

  test("leave a call refused for which none holds, and say so on the record", async () => {
    const response = await app.chat({ model: "guarded", messages: hello });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: "gateway.no_target_allowed" } });
    expect((await app.client.calls.list({ limit: 1 })).calls[0]).toMatchObject({ outcome: "refused", status: 403 });
  });

  test("of region bind in every route, also one that says nothing of regions", async () => {
    expect(await targetOf("home", { "x-binnacle-region": "eu" })).toBe("acme/b");
    expect(
      (await app.chat({ model: "plain", messages: hello }, { headers: { "x-binnacle-region": "eu" } })).status,
    ).toBe(403);
  });
});

describe("what would be tried", () => {
  const explain = (model: string, headers = {}) =>
    app.client.routes.explain({ model, headers, request: { messages: hello } });

  test("is told without a call, a record, or anybody's turn", async () => {
    const asked = shown.length;
    const before = await app.client.calls.list({ limit: 1 });
    const first = await explain("turns");
    expect(await explain("turns")).toEqual(first);
    expect(await targetOf("turns")).toBe(first.attempts[0]?.target ?? "none");
    expect((await explain("turns")).attempts[0]?.target).not.toBe(first.attempts[0]?.target);
    expect(shown.length - asked).toBe(1);
    expect((await app.client.calls.list({ limit: 2 })).calls[1]).toEqual(before.calls[0]);
  });

  test("is told for what would come with the request, and for another key", async () => {
    const { considered } = await explain("guarded", { "X-Plan": "gold" });
    expect(considered.map(({ target, chosen }) => ({ target, chosen }))).toEqual([
      { target: "acme/a", chosen: true },
      { target: "acme/b", chosen: false },
    ]);
    const failure = explain("guarded").catch((error: unknown) => error);
    expect(await failure).toMatchObject({ code: "gateway.no_target_allowed", status: 403 });
    const unknown = app.client.routes.explain({ model: "turns", key_id: "none", request: { messages: hello } });
    expect(await unknown.catch((error: unknown) => error)).toMatchObject({ status: 401 });
  });

  test("is told of a model that is no route, and in other dialects", async () => {
    expect((await explain("acme/a")).route.strategy).toBe("direct");
    const contents = [{ role: "user", parts: [{ text: "Prove it step by step." }] }];
    const gemini = await app.client.routes.explain({ model: "turns", dialect: "gemini", request: { contents } });
    expect(gemini.facts.complexity).toBeGreaterThan(0);
  });

  test("many calls are foretold as they are shared out, and nobody's turn is over", async () => {
    const canary = [
      { target: "acme/a", weight: 10 },
      { target: "acme/b", weight: 90 },
    ];
    await app.client.routes.put({ name: "canary", plan: { strategy: "weighted", sticky_by: "user", targets: canary } });
    const request = { messages: [{ role: "user", content: "Hello" }] };
    const spread = async (model: string, headers: Record<string, string> = {}) =>
      (await app.client.routes.explain({ model, request, headers, times: 2000 })).distribution;
    const [most, least, ...rest] = (await spread("canary")) ?? [];
    expect([most?.target, least?.target, rest]).toEqual(["acme/b", "acme/a", []]);
    // Drawn by the names of users, so it is the same each time.
    expect(least?.share).toBeCloseTo(0.1, 1);
    expect(await spread("canary", { "x-binnacle-user": "ada" })).toHaveLength(1);
    expect(await spread("turns")).toMatchObject([{ calls: 1000 }, { calls: 1000 }]);
    const next = (await app.client.routes.explain({ model: "turns", request })).attempts[0]?.target;
    await spread("turns");
    expect((await app.client.routes.explain({ model: "turns", request })).attempts[0]?.target).toBe(next ?? "");
    await app.client.routes.delete({ params: { name: "canary" } });
  });

  test("routes are listed as they are written", async () => {
    const { routes } = await app.client.routes.list();
    expect(routes.map(({ name }) => name)).toEqual(["chatty", "turns", "lame", "guarded", "home", "plain"]);
    expect(routes[0]).toEqual({
      name: "chatty",
      source: "config",
      strategy: "round_robin",
      affinity: "session",
      targets: ["acme/a", "acme/b"],
      plan: { strategy: "round_robin", affinity: "session", targets: ["acme/a", "acme/b"] },
      revision: null,
      changed_at_ms: null,
      changed_by: null,
    });
  });
});
