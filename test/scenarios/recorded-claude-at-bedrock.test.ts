// Claude at Bedrock in Anthropic's own words: recorded exchanges with Anthropic, packed as Bedrock packs them. A caller who speaks
// as Anthropic does sees no difference.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeEventFrame, writeExceptionFrame } from "../../src/providers/formats/bedrock-converse/frames.ts";
import { collectAnswer } from "../../src/providers/formats/collect-answer.ts";
import { type DialectName, dialectOf } from "../../src/providers/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { expectedSignature, readAuthorization, type ReceivedRequest } from "../support/callers/aws-signature.ts";
import { type Exchange, hasCassettes, readExchanges } from "../support/cassettes.ts";

const isStream = ({ headers }: Exchange): boolean => headers["content-type"]?.startsWith("text/event-stream") ?? false;
const answered = readExchanges("anthropic", "/v1/messages").filter(({ status }) => status === 200);
const SECRET = "secret";
const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

/** As Bedrock sends it: each event's JSON as base64, in a frame. */
function pack(events: string): Uint8Array {
  const data = events.match(/(?<=^data: ?).+$/gm) ?? [];
  return Buffer.concat(data.map((json) => chunk(json)));
}

function chunk(json: string): Uint8Array {
  return writeEventFrame("chunk", { bytes: Buffer.from(json).toString("base64"), p: "abc" });
}

let app: TestApp;
let answer: { body: Uint8Array | ReadableStream; mediaType: string; status?: number };
let asked: ReceivedRequest;
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { method, headers } = request;
    asked = { method, path: new URL(request.url).pathname, headers, body: await request.text() };
    const { body, mediaType, status = 200 } = answer;
    return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: { "content-type": mediaType } });
  },
});

beforeAll(async () => {
  const keys = `access_key_id: "env:ID", secret_access_key: "env:SECRET", base_url: "${server.url.origin}"`;
  app = await startTestApp({
    config: `
providers:
  vendors:
    bedrock: { kind: bedrock, ${keys} }
    claude: { kind: bedrock, dialects: [anthropic-messages], ${keys} }
gateway: { attempts_max: 1 }
`,
    env: { ID: "AKID", SECRET },
  });
});
afterAll(async () => {
  await app?.close();
  await server.stop(true);
});

function replay(exchange: Exchange): void {
  answer = isStream(exchange)
    ? { body: pack(exchange.body), mediaType: "application/vnd.amazon.eventstream" }
    : { body: exchange.bytes, mediaType: "application/json" };
}

function post(path: string, body: object): Promise<Response> {
  return fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": app.key, "anthropic-beta": "one, two" },
    body: JSON.stringify(body),
  });
}

async function send(path: string, body: object) {
  const response = await post(path, body);
  return { response, text: await response.text(), callId: response.headers.get("x-binnacle-call-id") ?? "" };
}

describe.skipIf(!hasCassettes)(`recorded with Anthropic (${answered.length} answers)`, () => {
  test("answers pass through, unpacked", async () => {
    for (const exchange of answered) {
      replay(exchange);
      const { model: _, stream, ...request } = exchange.request;
      const { response, text, callId } = await send("/v1/messages", { ...exchange.request, model: `bedrock/${MODEL}` });
      expect([exchange.name, response.status]).toEqual([exchange.name, 200]);
      expect(dataIn(text)).toEqual(dataIn(exchange.body));
      const action = stream === true ? "invoke-with-response-stream" : "invoke";
      expect(asked.path).toBe(`/model/${encodeURIComponent(MODEL)}/${action}`);
      expect(JSON.parse(asked.body)).toEqual({
        anthropic_version: "bedrock-2023-05-31",
        anthropic_beta: ["one", "two"],
        ...request,
      });
      expect(readAuthorization(asked.headers).signature).toBe(expectedSignature(asked, SECRET));
      const record = await app.client.calls.get({ id: callId });
      expect(record).toMatchObject({ outcome: "ok", tokens: { source: "vendor" } });
      expect(record.cost.usd_micros).toEqual(expect.any(Number));
    }
  });

  test("callers of other dialects are answered, where the vendor is said to speak so", async () => {
    for (const stream of [false, true]) {
      const exchange = answered.find((each) => isStream(each) === stream && wordsIn("anthropic-messages", each) !== "");
      if (!exchange) throw new Error("there is no such recording");
      replay(exchange);
      const messages = [{ role: "user", content: "What is the capital of France?" }];
      const { text } = await send("/v1/chat/completions", { model: `claude/${MODEL}`, messages, stream });
      expect(wordsIn("openai-chat", { ...exchange, body: text })).toBe(wordsIn("anthropic-messages", exchange));
      expect(JSON.parse(asked.body)).not.toHaveProperty("stream");
      expect(JSON.parse(asked.body)).toMatchObject({ anthropic_version: "bedrock-2023-05-31", max_tokens: 4096 });
    }
  });
});

function wordsIn(dialect: DialectName, exchange: Exchange): string | undefined {
  const { vendor } = dialectOf(dialect);
  const decoder = vendor.createDecoder({ eventBytesMax: 1 << 24 });
  const events = isStream(exchange)
    ? [...decoder.feed(Buffer.from(exchange.body)), ...decoder.finish()]
    : vendor.readAnswer(JSON.parse(exchange.body));
  return collectAnswer(events).choices.get(0)?.text;
}

/** Of a stream, what its events say; an answer is one. */
function dataIn(text: string): unknown[] {
  if (text.startsWith("{")) return [JSON.parse(text)];
  return (text.match(/(?<=^data: ?).+$/gm) ?? []).map((json) => JSON.parse(json) as unknown);
}

describe("a stream of Claude's that breaks off", () => {
  const start = chunk('{"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":1}}}');
  const text = chunk('{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half"}}');
  const begun = chunk('{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}');

  const spoiled = Buffer.from(text);
  spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1;

  test.each<[string, Uint8Array, string]>([
    ["by an exception", writeExceptionFrame("throttlingException", { message: "Too many." }), "Too many."],
    ["by a broken frame", spoiled, "broken event stream"],
    ["by nothing more", Buffer.alloc(0), "error"],
  ])("%s ends with an error", async (_, last, said) => {
    const { promise: isHeard, resolve: goOn } = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.concat([start, begun, text]));
        await isHeard;
        controller.enqueue(last);
        controller.close();
      },
    });
    answer = { body, mediaType: "application/vnd.amazon.eventstream" };
    const messages = [{ role: "user", content: "Hi" }];
    const response = await post("/v1/messages", { model: `bedrock/${MODEL}`, max_tokens: 9, messages, stream: true });
    let heard = "";
    for await (const piece of response.body ?? []) {
      heard += Buffer.from(piece).toString();
      if (heard.includes("Half")) goOn();
    }
    const callId = response.headers.get("x-binnacle-call-id") ?? "";
    expect(heard).toContain("event: error");
    expect(heard).toContain(said);
    expect(await app.client.calls.get({ id: callId })).toMatchObject({ outcome: "truncated" });
  });
});

test("tokens are counted where Bedrock counts them: in Converse's words, by the model's own name", async () => {
  answer = { body: Buffer.from('{"inputTokens":11}'), mediaType: "application/json" };
  const messages = [{ role: "user", content: "Hi" }];
  const { text } = await send("/v1/messages/count_tokens", { model: `bedrock/${MODEL}`, messages });
  expect(JSON.parse(text)).toEqual({ input_tokens: 11 });
  expect(asked.path).toBe(`/model/${encodeURIComponent(MODEL.slice("us.".length))}/count-tokens`);
  expect(JSON.parse(asked.body)).toEqual({
    input: { converse: { messages: [{ role: "user", content: [{ text: "Hi" }] }] } },
  });
});

test("refusals come back in Anthropic's words", async () => {
  const body = Buffer.from('{"message":"The provided model identifier is invalid."}');
  answer = { body, mediaType: "application/json", status: 400 };
  const request = { model: `bedrock/${MODEL}`, max_tokens: 9, messages: [{ role: "user", content: "Hi" }] };
  const { response, text } = await send("/v1/messages", request);
  expect(response.status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({
    type: "error",
    error: { message: expect.stringContaining("The provided model identifier is invalid.") },
  });
});
