// Every recorded chat-completions exchange through the whole program: the vendor gets the caller's bytes but for the
// model's name, the caller gets the vendor's bytes, and the record knows what was used.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type Exchange, hasCassettes, readExchanges, type Replay, serveExchanges } from "../support/cassettes.ts";

const exchanges = ["openai", "groq", "openrouter", "mistral", "ollama"].flatMap((vendor) => readExchanges(vendor));
const isStream = ({ headers }: Exchange): boolean => headers["content-type"]?.startsWith("text/event-stream") ?? false;
// Two recordings are of an echo server in a model's place, one is of a stream that failed on its way.
const isAnswer = ({ body }: Exchange): boolean => body.includes('"choices"') && !body.includes('"error":{');
const answered = exchanges.filter((exchange) => exchange.status === 200 && isAnswer(exchange));
const broken = exchanges.filter((exchange) => exchange.status === 200 && !isAnswer(exchange));
const refused = exchanges.filter(({ status }) => status >= 400);

let app: TestApp;
let replay: Replay;
let current: Exchange;

beforeAll(async () => {
  if (!hasCassettes) return;
  replay = serveExchanges(() => current);
  app = await startTestApp({
    config: `
providers:
  vendors:
    recorded: { kind: openai-compatible, base_url: "${replay.url}", api_key: "env:RECORDED_KEY", price: free }
gateway: { attempts_max: 1 }
`,
    env: { RECORDED_KEY: "sk-recorded" },
  });
});
afterAll(async () => {
  await app?.close();
  await replay?.close();
});

async function send(exchange: Exchange) {
  current = exchange;
  const model = `recorded/${String(exchange.request["model"])}`;
  const response = await app.chat({ ...exchange.request, model });
  return { response, text: await response.text(), callId: response.headers.get("x-binnacle-call-id") ?? "" };
}

describe.skipIf(!hasCassettes)(`recorded exchanges (${answered.length} answers, ${refused.length} refusals)`, () => {
  test("there are some of each kind", () => {
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.filter(isStream).length).toBeGreaterThan(5);
    expect(refused.length).toBeGreaterThan(3);
    expect(broken.length).toBe(3);
  });

  test.each(answered.map((exchange) => [exchange.name, exchange] as const))(
    "%s passes through",
    async (_, exchange) => {
      const { response, text, callId } = await send(exchange);
      expect(response.status).toBe(200);
      const asked = replay.asked.at(-1);
      expect(asked?.headers.get("authorization")).toBe("Bearer sk-recorded");
      const { stream_options: _added, ...sent } = JSON.parse(asked?.body ?? "{}") as Record<string, unknown>;
      const { stream_options: _given, ...wanted } = exchange.request;
      expect(sent).toEqual(wanted);
      if (!isStream(exchange)) expect(text).toBe(exchange.body);
      const record = await app.client.calls.get({ id: callId });
      expect(record).toMatchObject({ outcome: "ok", answer: { vendor: "recorded" } });
      expect(record.messages.at(-1)?.role).toBe("assistant");
    },
  );

  test.each(answered.filter(isStream).map((exchange) => [exchange.name, exchange] as const))(
    "%s gives the caller the stream's own bytes",
    async (_, exchange) => {
      const hasAsked =
        (exchange.request["stream_options"] as { include_usage?: boolean } | undefined)?.include_usage === true;
      const { text } = await send(exchange);
      if (hasAsked) expect(text).toBe(exchange.body);
      else expect(exchange.body.split("\n\n")).toEqual(expect.arrayContaining(text.split("\n\n")));
    },
  );

  test.each(refused.map((exchange) => [exchange.name, exchange] as const))(
    "%s comes back as a refusal",
    async (_, exchange) => {
      const { response, text } = await send(exchange);
      expect(response.status).toBe(exchange.status);
      const recorded = JSON.parse(exchange.body) as { error?: { message?: string }; message?: string };
      expect(JSON.parse(text).error.message).toContain(recorded.error?.message ?? recorded.message ?? "");
    },
  );

  test.each(broken.map((exchange) => [exchange.name, exchange] as const))(
    "%s is not taken for an answer",
    async (_, exchange) => {
      const { response, text, callId } = await send(exchange);
      // Before the first content it is a refusal; after it, an error event ends the stream and nothing follows.
      const last = isStream(exchange) ? (text.trim().split("\n\n").at(-1)?.slice("data: ".length) ?? "") : text;
      expect(response.status).toBe(isStream(exchange) ? 200 : 502);
      expect(JSON.parse(last).error.type).toBe("server_error");
      expect((await app.client.calls.get({ id: callId })).outcome).toBe(isStream(exchange) ? "truncated" : "failed");
    },
  );

  test("the official SDK reads a recorded stream", async () => {
    const exchange = answered.filter(isStream).find(({ body }) => body.includes('"finish_reason":"stop"'));
    if (!exchange) throw new Error("no recorded stream");
    current = exchange;
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
    const stream = openai.chat.completions.stream({
      model: "recorded/any",
      messages: [{ role: "user", content: "x" }],
    });
    const message = await stream.finalMessage();
    expect(message.content?.length).toBeGreaterThan(0);
  });
});
