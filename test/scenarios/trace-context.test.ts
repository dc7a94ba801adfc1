// A call stands inside its caller's trace: what is on record, what the vendor is told, and what the caller is answered.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const PARENT = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: "congo=t61" };

let app: TestApp;
let vendor: ReturnType<typeof Bun.serve>;
let heard: Headers[] = [];

beforeAll(async () => {
  vendor = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      heard.push(request.headers);
      if (heard.length === 1 && request.headers.get("authorization") === "Bearer fails")
        return Response.json({ error: { message: "not now" } }, { status: 500 });
      const message = { role: "assistant", content: "Hello." };
      return Response.json({
        id: "c",
        object: "chat.completion",
        model: "m",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      });
    },
  });
  const base_url = `${vendor.url.href}v1`;
  app = await startTestApp({
    env: { GUIDE_KEY: "k", FAILS: "fails" },
    config: JSON.stringify({
      providers: {
        vendors: {
          own: { kind: "openai-compatible", base_url },
          lame: { kind: "openai-compatible", base_url, api_key: "env:FAILS" },
          shy: { kind: "openai-compatible", base_url, send_traceparent: false },
          openai: { kind: "openai", base_url, api_key: "env:GUIDE_KEY" },
          told: { kind: "openai", base_url, api_key: "env:GUIDE_KEY", send_traceparent: true },
        },
      },
      gateway: { routes: { two: { targets: ["lame/m", "own/m"] } } },
    }),
  });
});
afterAll(async () => {
  await app?.close();
  await vendor?.stop(true);
});

async function call(model: string, headers: Record<string, string> = {}) {
  heard = [];
  const response = await app.chat({ model, messages: [{ role: "user", content: "hi" }] }, { headers });
  expect(response.status).toBe(200);
  await response.text();
  const record = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
  return { response, record };
}

describe("a call with a traceparent", () => {
  test("stands in that trace, and a server of one's own is told so, under a span of the attempt", async () => {
    const { response, record } = await call("own/m", PARENT);
    expect(record).toMatchObject({ trace_id: TRACE, parent_span_id: SPAN });
    const spanId = record.attempts[0]?.span_id ?? "";
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect([SPAN, record.span_id]).not.toContain(spanId);
    expect(heard[0]?.get("traceparent")).toBe(`00-${TRACE}-${spanId}-01`);
    expect(heard[0]?.get("tracestate")).toBe("congo=t61");
    expect(response.headers.get("traceresponse")).toBe(`00-${TRACE}-${record.span_id}-01`);
  });

  test("tells each attempt's vendor of a span of its own", async () => {
    const { record } = await call("two", PARENT);
    const spanIds = record.attempts.map(({ span_id }) => span_id);
    expect(new Set(spanIds).size).toBe(2);
    expect(heard.map((headers) => headers.get("traceparent")?.split("-")[2])).toEqual(spanIds);
  });

  test.each(["openai/m", "shy/m"])("says nothing of it to %s, which is not to know", async (model) => {
    const { record } = await call(model, PARENT);
    expect([heard[0]?.get("traceparent"), heard[0]?.get("tracestate")]).toEqual([null, null]);
    expect(record).toMatchObject({ trace_id: TRACE });
    expect(record.attempts[0]?.span_id).toBeUndefined();
  });

  test("tells a public vendor where the config says so", async () => {
    await call("told/m", PARENT);
    expect(heard[0]?.get("traceparent")).toStartWith(`00-${TRACE}-`);
  });
});

describe("a call without one", () => {
  test("begins a trace whose id is the call's without its dashes", async () => {
    const { response, record } = await call("own/m");
    expect(record.trace_id).toBe(record.id.replaceAll("-", ""));
    expect(heard[0]?.get("traceparent")).toStartWith(`00-${record.trace_id}-`);
    expect(response.headers.get("traceresponse")).toBeNull();
  });

  test("takes session, user and tags from baggage, and the headers before it", async () => {
    const headers = { baggage: "session.id=s1,langfuse_user_id=u1,binnacle.tags=a%2Cb", "x-binnacle-session": "s0" };
    const { record } = await call("own/m", headers);
    expect(record.session).toBe("s0");
    expect(record.who.tags).toEqual(["a", "b"]);
  });
});
