// Recorded exchanges with Bedrock through the whole program: for Bedrock's own callers, whose bytes pass through, and for callers
// of other dialects. What Bedrock gets is signed, and the record knows tokens and cost.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { eventsOf } from "../../drills/dialects/matrix.ts";
import { readRecordings, type Recording } from "../../drills/dialects/recordings.ts";
import { collectAnswer } from "../../src/providers/formats/collect-answer.ts";
import { type DialectName, dialectOf } from "../../src/providers/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { expectedSignature, readAuthorization, type ReceivedRequest } from "../support/callers/aws-signature.ts";
import { hasCassettes } from "../support/cassettes.ts";

const recordings = readRecordings(["bedrock-converse"]);
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const FRAMES = "application/vnd.amazon.eventstream";

let app: TestApp;
let current: Recording;
let asked: ReceivedRequest;
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { method, headers } = request;
    asked = { method, path: new URL(request.url).pathname, headers, body: await request.text() };
    const answer = { "content-type": current.headers["content-type"] ?? "application/json" };
    return new Response(current.bytes as Uint8Array<ArrayBuffer>, { status: current.status, headers: answer });
  },
});

beforeAll(async () => {
  app = await startTestApp({
    config: `
providers:
  vendors:
    bedrock:
      kind: bedrock
      base_url: "${server.url.origin}"
      region: eu-central-1
      access_key_id: "env:RECORDED_ID"
      secret_access_key: "env:RECORDED_SECRET"
      session_token: "env:RECORDED_SESSION"
gateway: { attempts_max: 1 }
`,
    env: { RECORDED_ID: "AKIDEXAMPLE", RECORDED_SECRET: SECRET, RECORDED_SESSION: "session" },
  });
});
afterAll(async () => {
  await app?.close();
  await server.stop(true);
});

async function send(path: string, body: unknown) {
  const response = await fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${app.key}` },
    body: JSON.stringify(body),
  });
  const bytes = await response.bytes();
  return { response, bytes, callId: response.headers.get("x-binnacle-call-id") ?? "" };
}

async function sendAsRecorded(recording: Recording) {
  current = recording;
  const { model, stream, ...body } = recording.request;
  const action = stream === true ? "converse-stream" : "converse";
  return { body, ...(await send(`/model/${encodeURIComponent(`bedrock/${String(model)}`)}/${action}`, body)) };
}

describe.skipIf(!hasCassettes)("recorded with Bedrock", () => {
  test("answers pass through to Bedrock's own callers, byte for byte", async () => {
    const answered = recordings.filter(({ status }) => status === 200);
    expect(answered.length).toBe(81);
    for (const recording of answered) {
      const { response, bytes, body, callId } = await sendAsRecorded(recording);
      expect([recording.name, response.status]).toEqual([recording.name, 200]);
      expect(Buffer.from(bytes).equals(recording.bytes)).toBe(true);
      expect(response.headers.get("content-type")).toBe(recording.headers["content-type"] ?? "");
      expect(JSON.parse(asked.body)).toEqual(body);
      expect(asked.path).toBe(new URL(recording.url).pathname);
      const { usage } = collectAnswer(eventsOf(recording));
      const record = await app.client.calls.get({ id: callId });
      const { input, output } = usage ?? { input: -1, output: -1 };
      expect(record).toMatchObject({ outcome: "ok", dialect: "bedrock-converse", tokens: { input, output } });
    }
  });

  test("requests bear the signature of their access key", async () => {
    for (const recording of recordings.slice(0, 20)) {
      await sendAsRecorded(recording);
      const { credential, signedHeaders, signature } = readAuthorization(asked.headers);
      expect(credential).toMatch(/^AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request$/);
      expect(signedHeaders.split(";")).toEqual(expect.arrayContaining(["host", "x-amz-date", "x-amz-security-token"]));
      expect(asked.headers.get("x-amz-security-token")).toBe("session");
      expect(signature).toBe(expectedSignature(asked, SECRET));
    }
  });

  test("refusals come back as refusals", async () => {
    const refused = recordings.filter(({ status }) => status >= 400);
    expect(refused.length).toBe(2);
    for (const recording of refused) {
      const { response, bytes } = await sendAsRecorded(recording);
      expect(response.status).toBe(400);
      expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
        __type: "ValidationException",
        message: expect.stringContaining("The provided model identifier is invalid."),
      });
    }
  });
});

const QUESTIONS: Partial<Record<DialectName, { path: string; body: Record<string, unknown> }>> = {
  "openai-chat": {
    path: "/v1/chat/completions",
    body: { messages: [{ role: "user", content: "Hello" }], stream_options: { include_usage: true } },
  },
  "anthropic-messages": {
    path: "/v1/messages",
    body: { messages: [{ role: "user", content: "Hello" }], max_tokens: 1000 },
  },
};

describe.skipIf(!hasCassettes).each(Object.entries(QUESTIONS))("callers in %s", (name, { path, body }) => {
  test.each([false, true])("hear what Bedrock said, signed for and paid for (streamed: %p)", async (isStream) => {
    const dialect = name as DialectName;
    // Callers of Anthropic's reach Claude otherwise: recorded-claude-at-bedrock.test.ts.
    const isInvoked = (model: unknown) => dialect === "anthropic-messages" && String(model).includes("claude");
    const chosen = recordings.filter(
      ({ status, isStream: is, request }) => status === 200 && is === isStream && !isInvoked(request["model"]),
    );
    expect(chosen.length).toBeGreaterThan(5);
    for (const recording of chosen) {
      current = recording;
      const question = { ...body, stream: isStream };
      const model = `bedrock/${String(recording.request["model"])}`;
      const { response, bytes, callId } = await send(
        path,
        isStream ? { ...question, model } : { ...body, model, stream_options: undefined },
      );
      expect([recording.name, response.status]).toEqual([recording.name, 200]);
      const said = collectAnswer(eventsOf(recording));
      const heard = collectAnswer(hear(dialect, { bytes, isStream }));
      expect(heard.isWhole).toBe(true);
      expect(heard.choices.get(0)?.text).toBe(said.choices.get(0)?.text ?? "");
      expect(heard.choices.get(0)?.tool_calls.map(({ name: call }) => call)).toEqual(
        said.choices.get(0)?.tool_calls.map(({ name: call }) => call) ?? [],
      );
      expect(heard.usage?.output).toBe(said.usage?.output);
      expect(readAuthorization(asked.headers).signature).toBe(expectedSignature(asked, SECRET));
      const record = await app.client.calls.get({ id: callId });
      expect(record.tokens).toMatchObject({ input: said.usage?.input ?? -1, output: said.usage?.output ?? -1 });
      const isPriced = !UNPRICED.test(model) && said.usage?.service_tier === undefined;
      if (isPriced) expect([model, record.cost.usd_micros]).toEqual([model, expect.any(Number)]);
    }
  });
});

/** Behind the ARN of an inference profile may be any model; of the others, and of tiers, nobody tells the price. */
const UNPRICED = /arn:|claude-v2|glm-4.7-flash|kimi-k2/;

function hear(dialect: DialectName, { bytes, isStream }: { bytes: Uint8Array; isStream: boolean }) {
  const { vendor } = dialectOf(dialect);
  if (!isStream) return vendor.readAnswer(JSON.parse(Buffer.from(bytes).toString()));
  const decoder = vendor.createDecoder({ eventBytesMax: bytes.length + 1 });
  return [...decoder.feed(bytes), ...decoder.finish()];
}

describe("callers in Bedrock's dialect", () => {
  test("hear other vendors, in frames", async () => {
    const { response, bytes } = await send("/model/sim%2Fsim-instant/converse-stream", {
      messages: [{ role: "user", content: [{ text: "Hello" }] }],
    });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, FRAMES]);
    const heard = collectAnswer(hear("bedrock-converse", { bytes, isStream: true }));
    expect([heard.isWhole, heard.choices.get(0)?.finish?.reason]).toEqual([true, "stop"]);
    expect(heard.choices.get(0)?.text).not.toBe("");
    expect(heard.usage?.output).toBeGreaterThan(0);
  });
});
