// Kept answers over the whole program: who is given them, how they come, and what the record says.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let vendor: HeldVendor;

beforeAll(async () => {
  vendor = startHeldVendor();
  app = await startTestApp({
    config: `
providers:
  vendors:
    held: { kind: openai-compatible, base_url: "${vendor.url}" }
  prices: { held/m: { input_usd_per_million: 1, output_usd_per_million: 2 } }
gateway:
  cache: { enabled: true }
  routes:
    asked: { targets: [held/m] }
    bound: { targets: [{ target: held/m, region: eu, data_classes: [public] }] }
`,
  });
});
afterAll(async () => {
  await app.close();
  await vendor.close();
});

let questions = 0;
/** One that nobody has asked before. */
const ask = (about = "", more: object = {}) => ({
  model: "held/m",
  messages: [{ role: "user" as const, content: `${about} question ${(questions += 1)}` }],
  ...more,
});

interface Told {
  status: number;
  text: string;
  cache: string | null;
  age: string | null;
  callId: string;
}

async function told(response: Response): Promise<Told> {
  const { status, headers } = response;
  const text = await response.text();
  const callId = headers.get("x-binnacle-call-id") ?? "";
  return { status, text, cache: headers.get("x-binnacle-cache"), age: headers.get("age"), callId };
}

const call = async (body: unknown, options?: Parameters<TestApp["chat"]>[1]) => told(await app.chat(body, options));
/** So many calls, and no others, have come in: each of them has asked, or joined one that has. */
const areIn = (count: number) => until(async () => (await app.client.status()).calls.in_flight === count);
const wishing = (wish: string) => ({ headers: { "x-binnacle-cache": wish } });
const recordOf = ({ callId }: Told) => app.client.calls.get({ id: callId });

async function keyOf(who: { team?: string; project?: string; user?: string }): Promise<string> {
  return (await app.client.keys.create({ name: "tenant", ...who })).secret;
}

describe("the same request again", () => {
  test("from a caller who says where its data may go is answered by what was made under the same words", async () => {
    const body = { ...ask(), model: "bound" };
    const words = [{}, { "x-binnacle-region": "eu" }, { "x-binnacle-data-class": "public" }];
    for (const headers of words) {
      expect((await call(body, { headers })).cache).toBe("miss");
      expect((await call(body, { headers })).cache).toBe("hit");
    }
  });

  test("gets the same bytes, and the record says what that saved", async () => {
    const body = ask("", { temperature: 0.9 });
    const begunMs = performance.now();
    const first = await call(body);
    const again = await call({ ...body, user: "somebody else" });
    expect([first.cache, again.cache, again.age]).toEqual(["miss", "hit", expect.stringMatching(/^\d+$/)]);
    expect(Number(again.age)).toBeLessThanOrEqual((performance.now() - begunMs) / 1000);
    expect(again.text).toBe(first.text);
    const record = await recordOf(again);
    expect(record).toMatchObject({
      outcome: "ok",
      status: 200,
      attempts: [],
      cache: "hit",
      cost: { usd_micros: 0 },
      tokens: { input: 0, output: 0 },
      cached: {
        from: "memory",
        call_id: first.callId,
        saved_usd_micros: 2000,
        saved_tokens: { input: 1000, output: 500 },
      },
      answer: { target: "held/m", finish_reason: "stop" },
    });
    expect(record.response_body?.text).toBe(first.text);
    expect((await recordOf(first)).cost.usd_micros).toBe(2000);
  });

  test("as a stream gets the events as they were, and a whole answer is not made of them", async () => {
    const body = ask("", { stream: true });
    const first = await call(body);
    const again = await call(body);
    expect([first.cache, again.cache]).toEqual(["miss", "hit"]);
    expect(again.text).toBe(first.text);
    expect(again.text).toEndWith("data: [DONE]\n\n");
    expect((await call({ ...body, stream: false })).cache).toBe("miss");
  });

  test("is another one with another word, model or parameter", async () => {
    const body = ask();
    await call(body);
    for (const other of [{ temperature: 0 }, { model: "asked" }, { max_tokens: 7 }])
      expect((await call({ ...body, ...other })).cache).toBe("miss");
  });
});

describe("what is not whole is not kept", () => {
  test.each(["failing", "short"])("%s", async (about) => {
    const body = ask(about);
    await call(body);
    expect((await call(body)).cache).not.toBe("hit");
  });

  test("a stream that breaks", async () => {
    const body = ask("breaking", { stream: true });
    const first = await call(body);
    expect(first.text).toContain("error");
    expect((await call(body)).cache).toBe("miss");
  });
});

describe("by header a call", () => {
  test("neither looks nor is kept, with no-store", async () => {
    const body = ask();
    expect((await call(body, wishing("no-store"))).cache).toBe("bypassed");
    expect((await call(body)).cache).toBe("miss");
    expect((await call(body, wishing("no-store"))).text).not.toBe((await call(body)).text);
  });

  test("has a new answer kept, with refresh", async () => {
    const body = ask();
    const first = await call(body);
    const refreshed = await call(body, wishing("refresh"));
    expect(refreshed.cache).toBe("refreshed");
    expect(refreshed.text).not.toBe(first.text);
    expect((await call(body)).text).toBe(refreshed.text);
  });

  test("takes no older answer than it says", async () => {
    const body = ask();
    await call(body);
    await Bun.sleep(2);
    expect((await call(body, wishing("max-age=0"))).cache).toBe("miss");
    expect((await call(body, wishing("max-age=60"))).cache).toBe("hit");
  });

  test("is refused rather than asked for, with only-if-cached", async () => {
    const body = ask();
    const before = vendor.asked.length;
    const refused = await call(body, wishing("only-if-cached"));
    expect(refused.status).toBe(504);
    expect(refused.text).toContain("only-if-cached");
    expect(vendor.asked).toHaveLength(before);
    await call(body);
    expect((await call(body, wishing("max-age=60, only-if-cached"))).cache).toBe("hit");
  });

  test("is told when the header cannot be followed", async () => {
    const refused = await call(ask(), wishing("max-age=soon"));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("x-binnacle-cache");
  });
});

describe("tenants", () => {
  test("never get each other's answers; keys of one project do", async () => {
    const body = ask();
    const [one, alike, other, stranger] = await Promise.all([
      keyOf({ team: "a", project: "x" }),
      keyOf({ team: "a", project: "x", user: "u" }),
      keyOf({ team: "b", project: "x" }),
      keyOf({}),
    ]);
    const first = await call(body, { key: one });
    expect((await call(body, { key: alike })).text).toBe(first.text);
    for (const key of [other, stranger, app.key]) {
      const apart = await call(body, { key });
      expect(apart.cache).toBe("miss");
      expect(apart.text).not.toBe(first.text);
    }
  });
});

describe("calls alike at the same time", () => {
  test("ask once; one pays", async () => {
    const body = ask("held");
    const before = vendor.asked.length;
    const calls = Array.from({ length: 20 }, () => call(body));
    await areIn(20);
    await until(() => vendor.asked.length > before);
    vendor.letGo();
    const all = await Promise.all(calls);
    expect(vendor.asked).toHaveLength(before + 1);
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all.map(({ cache }) => cache).sort()).toEqual([...Array.from({ length: 19 }, () => "joined"), "miss"]);
    const records = await Promise.all(all.map(recordOf));
    expect(records.map(({ cost }) => cost.usd_micros).sort()).toEqual([...Array.from({ length: 19 }, () => 0), 2000]);
    expect(records.filter(({ cached }) => cached?.saved_usd_micros === 2000)).toHaveLength(19);
  });

  test("get a stream as it comes", async () => {
    const body = ask("held", { stream: true });
    const before = vendor.asked.length;
    const first = await app.chat(body);
    const second = await app.chat(body);
    const reader = second.body?.getReader();
    const begin = Buffer.from((await reader?.read())?.value ?? "").toString();
    expect(begin).toContain("answer");
    expect(second.headers.get("x-binnacle-cache")).toBe("joined");
    vendor.letGo();
    let rest = begin;
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      rest += Buffer.from(part.value).toString();
    expect(rest).toBe(await first.text());
    expect(vendor.asked).toHaveLength(before + 1);
  });

  test("go on when the one that asked hangs up, which stays on its record with all that it cost", async () => {
    for (const stream of [true, false]) {
      const body = ask("held", { stream });
      const before = vendor.asked.length;
      const leaving = new AbortController();
      const first = app.chat(body, { signal: leaving.signal }).catch(() => undefined);
      await until(() => vendor.asked.length > before);
      const second = call(body);
      await areIn(2);
      if (stream) await first;
      leaving.abort();
      await Bun.sleep(150);
      vendor.letGo();
      const heard = await second;
      expect(heard).toMatchObject({ status: 200, cache: "joined" });
      expect(heard.text).toContain("answer");
      expect(vendor.asked).toHaveLength(before + 1);
      const asked = await app.client.calls.get({ id: (await recordOf(heard)).cached?.call_id ?? "" });
      expect(asked).toMatchObject({ outcome: stream ? "cancelled" : "ok", cost: { usd_micros: 2000 } });
      expect((await call(body)).cache).toBe("hit");
    }
  });

  test("end the one that asked when all have hung up", async () => {
    const body = ask("held", { stream: true });
    const before = vendor.cutOff();
    const leaving = new AbortController();
    const both = [await app.chat(body, { signal: leaving.signal }), await app.chat(body, { signal: leaving.signal })];
    expect(both.map(({ headers }) => headers.get("x-binnacle-cache"))).toEqual(["miss", "joined"]);
    leaving.abort();
    await until(() => vendor.cutOff() > before);
    const again = await app.chat(body);
    expect(again.headers.get("x-binnacle-cache")).toBe("miss");
    vendor.letGo();
    await again.text();
  });

  test("try again, one of them, when the one that asked fails", async () => {
    const body = ask("held failing");
    const before = vendor.asked.length;
    const calls = Array.from({ length: 3 }, () => call(body));
    await areIn(3);
    await until(() => vendor.asked.length > before);
    vendor.letGo();
    await until(() => vendor.asked.length > before + 1);
    await Bun.sleep(50);
    expect(vendor.asked).toHaveLength(before + 2);
    vendor.letGo();
    await until(() => vendor.asked.length > before + 2);
    vendor.letGo();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  test("are told when a stream that they were given breaks", async () => {
    const body = ask("held breaking", { stream: true });
    const responses = [await app.chat(body), await app.chat(body)] as const;
    vendor.letGo();
    const [first, second] = [await told(responses[0]), await told(responses[1])];
    expect([first.cache, second.cache]).toEqual(["miss", "joined"]);
    expect(second.text).toContain("error");
    expect(second.text).not.toContain("[DONE]");
    expect(await recordOf(second)).toMatchObject({ outcome: "truncated" });
  });
});

describe("SDKs", () => {
  test("OpenAI's reads what was kept, whole and streamed", async () => {
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const body = ask();
    const [first, again] = [await openai.chat.completions.create(body), await openai.chat.completions.create(body)];
    expect(again).toEqual(first);
    const stream = () => openai.chat.completions.stream({ ...body, stream: true }).finalMessage();
    const [streamed, replayed] = [await stream(), await stream()];
    expect(replayed).toEqual(streamed);
    expect(replayed.content).toEndWith(", whole");
  });

  test("Anthropic's reads what was kept, whole and streamed", async () => {
    const anthropic = new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0 });
    const body = { ...ask(), max_tokens: 100 };
    const whole = async () => (await anthropic.messages.create(body)).content;
    expect([await whole(), await whole()].map((content) => JSON.stringify(content))).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining(`answer ${vendor.asked.length}`) as string),
    );
    const before = vendor.asked.length;
    const stream = () => anthropic.messages.stream(body).finalText();
    expect(await stream()).toBe(await stream());
    expect(vendor.asked).toHaveLength(before + 1);
  });

  test("OpenAI's finds a kept response under an id of its own, whole and streamed", async () => {
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const input = `responses question ${(questions += 1)}`;
    const whole = () => openai.responses.create({ model: "held/m", input });
    const streamed = () => openai.responses.stream({ model: "held/m", input }).finalResponse();
    for (const get of [whole, streamed]) {
      const before = vendor.asked.length;
      const [first, again] = [await get(), await get()];
      expect(vendor.asked).toHaveLength(before + 1);
      expect(again.output_text).toBe(first.output_text);
      expect(again.id).not.toBe(first.id);
      expect((await openai.responses.retrieve(again.id)).output_text).toBe(first.output_text);
    }
  });
});
