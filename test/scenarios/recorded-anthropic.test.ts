// Every recorded exchange with Anthropic through the whole program: passed through for a caller who speaks as Anthropic does,
// and translated for callers of other dialects.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type Exchange, hasCassettes, readExchanges, type Replay, serveExchanges } from "../support/cassettes.ts";

const exchanges = readExchanges("anthropic", "/v1/messages");
const counted = readExchanges("anthropic", "/v1/messages/count_tokens").filter(({ status }) => status === 200);
const isStream = ({ headers }: Exchange): boolean => headers["content-type"]?.startsWith("text/event-stream") ?? false;
const answered = exchanges.filter(({ status }) => status === 200);
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
    claude: { kind: anthropic, base_url: "${replay.origin}", api_key: "env:RECORDED_KEY", price: free }
gateway: { attempts_max: 1 }
`,
    env: { RECORDED_KEY: "sk-ant-recorded" },
  });
});
afterAll(async () => {
  await app?.close();
  await replay?.close();
});

async function send(exchange: Exchange, more: object = {}, path = "/v1/messages") {
  current = exchange;
  const response = await fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": app.key, "anthropic-beta": "some-beta" },
    body: JSON.stringify({ ...exchange.request, model: `claude/${String(exchange.request["model"])}`, ...more }),
  });
  return { response, text: await response.text(), callId: response.headers.get("x-binnacle-call-id") ?? "" };
}

describe.skipIf(!hasCassettes)(
  `recorded with Anthropic (${answered.length} answers, ${refused.length} refusals)`,
  () => {
    test("there are some of each kind", () => {
      expect(answered.length).toBeGreaterThan(80);
      expect(answered.filter(isStream).length).toBeGreaterThan(5);
      expect(refused.length).toBeGreaterThan(0);
      expect(counted.length).toBeGreaterThan(3);
    });

    test.each(answered.map((exchange) => [exchange.name, exchange] as const))(
      "%s passes through",
      async (_, exchange) => {
        const { response, text, callId } = await send(exchange);
        expect([response.status, text]).toEqual([200, exchange.body]);
        const asked = replay.asked.at(-1);
        expect(asked?.headers.get("x-api-key")).toBe("sk-ant-recorded");
        expect(asked?.headers.get("anthropic-version")).toBe("2023-06-01");
        expect(asked?.headers.get("anthropic-beta")).toBe("some-beta");
        expect(JSON.parse(asked?.body ?? "{}")).toEqual(exchange.request);
        const record = await app.client.calls.get({ id: callId });
        expect(record).toMatchObject({ outcome: "ok", dialect: "anthropic-messages", answer: { vendor: "claude" } });
        expect(record.tokens.source).toBe("vendor");
        expect(record.messages.at(-1)?.role).toBe("assistant");
      },
    );

    test.each(counted.map((exchange) => [exchange.name, exchange] as const))(
      "%s is counted by the vendor",
      async (_, exchange) => {
        const { response, text, callId } = await send(exchange, {}, "/v1/messages/count_tokens");
        expect([response.status, JSON.parse(text)]).toEqual([200, JSON.parse(exchange.body)]);
        expect(JSON.parse(replay.asked.at(-1)?.body ?? "{}")).toEqual(exchange.request);
        const record = await app.client.calls.get({ id: callId });
        expect(record).toMatchObject({ operation: "count_tokens", outcome: "ok", cost: { usd_micros: null } });
      },
    );

    test.each(refused.map((exchange) => [exchange.name, exchange] as const))(
      "%s comes back as a refusal",
      async (_, exchange) => {
        const { response, text } = await send(exchange);
        expect(response.status).toBe(exchange.status);
        const recorded = JSON.parse(exchange.body) as { error: { message: string } };
        expect(JSON.parse(text)).toMatchObject({ type: "error" });
        expect(JSON.parse(text).error.message).toContain(recorded.error.message);
      },
    );

    test.each(answered.map((exchange) => [exchange.name, exchange] as const))(
      "%s is understood by the OpenAI SDK",
      async (_, exchange) => {
        current = exchange;
        const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
        const request = { model: "claude/any", messages: [{ role: "user" as const, content: "x" }] };
        const message = isStream(exchange)
          ? await openai.chat.completions.stream(request).finalMessage()
          : (await openai.chat.completions.create(request)).choices[0]?.message;
        const said = textIn(exchange);
        if (said.length > 0) expect(message?.content).toBe(said);
        const tools = [...exchange.body.matchAll(/"type":\s*"tool_use"/g)].length;
        expect(message?.tool_calls?.length ?? 0).toBe(tools);
      },
    );
  },
);

/** All that an answer says in plain text, read without our own code. */
function textIn(exchange: Exchange): string {
  if (!isStream(exchange)) {
    const { content } = JSON.parse(exchange.body) as { content: { type: string; text?: string }[] };
    return content.map(({ type, text }) => (type === "text" ? text : "")).join("");
  }
  return exchange.body
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => JSON.parse(line.slice(5)) as { delta?: { type: string; text?: string } })
    .map(({ delta }) => (delta?.type === "text_delta" ? delta.text : ""))
    .join("");
}

test.skipIf(!hasCassettes)("a stream is a stream for the caller, also where the vendor answers at once", async () => {
  const whole = answered.find((exchange) => !isStream(exchange) && textIn(exchange) !== "");
  if (!whole) throw new Error("no recorded answer");
  current = whole;
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
  const stream = openai.chat.completions.stream({ model: "claude/any", messages: [{ role: "user", content: "x" }] });
  expect((await stream.finalMessage()).content).toBe(textIn(whole));
});
