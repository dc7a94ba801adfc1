// Amazon's SDK against the whole program: it is answered, streamed to and refused as Bedrock would.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { writeEventFrame } from "../../src/providers/formats/bedrock-converse/frames.ts";
import { startTestApp, type TestApp } from "../support/app.ts";

const frames = [
  writeEventFrame("messageStart", { role: "assistant" }),
  writeEventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Half an ans" } }),
];
/** A vendor that breaks off. */
const broken = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: () =>
    new Response(Buffer.concat(frames), { headers: { "content-type": "application/vnd.amazon.eventstream" } }),
});
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    config: `
providers:
  vendors:
    broken: { kind: bedrock, base_url: "${broken.url.origin}", api_key: "env:BROKEN_KEY" }
gateway: { attempts_max: 1 }
`,
    env: { BROKEN_KEY: "k" },
  });
});
afterAll(async () => {
  await app?.close();
  await broken.stop(true);
});

function clientWith(token: string): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: "us-east-1",
    endpoint: app.url,
    token: { token },
    authSchemePreference: ["httpBearerAuth"],
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
}

const asks = (text: string, modelId = "sim/sim-instant") => ({
  modelId,
  messages: [{ role: "user" as const, content: [{ text }] }],
});

async function lastCall() {
  const [call] = (await app.client.calls.list({ limit: 1 })).calls;
  return app.client.calls.get({ id: call?.id ?? "" });
}

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error("it did not fail"),
    (error: unknown) => error as Error,
  );
}

async function hear(command: ConverseStreamCommand): Promise<string> {
  const { stream = [] } = await clientWith(app.key).send(command);
  let text = "";
  for await (const event of stream) text += event.contentBlockDelta?.delta?.text ?? "";
  return text;
}

describe("Amazon's SDK", () => {
  test("is answered, with what it took", async () => {
    const answer = await clientWith(app.key).send(new ConverseCommand(asks("What is a binnacle?")));
    expect(answer.output?.message?.content?.[0]?.text).not.toBe("");
    expect(answer).toMatchObject({ stopReason: "end_turn", metrics: { latencyMs: 0 } });
    expect(answer.usage?.totalTokens).toBe((answer.usage?.inputTokens ?? 0) + (answer.usage?.outputTokens ?? 0));
    expect(await lastCall()).toMatchObject({ outcome: "ok", dialect: "bedrock-converse", stream: false });
  });

  test("is streamed to, and the record shows the conversation", async () => {
    const text = await hear(new ConverseStreamCommand(asks("Stream to me.")));
    expect(text).not.toBe("");
    const call = await lastCall();
    expect(call).toMatchObject({ outcome: "ok", stream: true });
    expect(call.messages.map(({ role, text: said }) => [role, said])).toEqual([
      ["user", "Stream to me."],
      ["assistant", text],
    ]);
    expect(call.response_body?.text).toContain("event: messageStart\ndata: {");
  });

  test("counts tokens", async () => {
    const { messages } = asks("How many?");
    const command = new CountTokensCommand({ modelId: "sim/sim-instant", input: { converse: { messages } } });
    expect((await clientWith(app.key).send(command)).inputTokens).toBeGreaterThan(0);
  });

  test.each([
    ["a model that is not there", "ResourceNotFoundException", 404, () => asks("Hello", "nowhere/model")],
    ["a request that does not hold", "ValidationException", 400, () => ({ ...asks("Hello"), messages: [] })],
  ])("is refused %s by the name that it knows", async (_, name, status, request) => {
    const error = await failure(clientWith(app.key).send(new ConverseCommand(request())));
    expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
    expect(error.message.length).toBeGreaterThan(10);
  });

  test("without a key is denied", async () => {
    const error = await failure(clientWith("bk_nobody").send(new ConverseCommand(asks("Hello"))));
    expect(error).toMatchObject({ name: "AccessDeniedException" });
  });

  const invoked = (modelId: string) => ({
    modelId,
    body: JSON.stringify({
      anthropic_version: "bedrock-2023-05-31",
      anthropic_beta: ["some-beta"],
      max_tokens: 100,
      messages: [{ role: "user", content: "What is a binnacle?" }],
    }),
  });
  const parsed = (bytes: Uint8Array | undefined) =>
    JSON.parse(Buffer.from(bytes ?? []).toString()) as { type: string; delta?: { text?: string }; content?: object[] };

  test("invokes any model in Claude's words", async () => {
    const { body } = await clientWith(app.key).send(new InvokeModelCommand(invoked("sim/sim-instant")));
    expect(parsed(body)).toMatchObject({ type: "message", content: [{ type: "text" }] });
    const command = new InvokeModelWithResponseStreamCommand(invoked("sim/sim-instant"));
    const { body: stream = [] } = await clientWith(app.key).send(command);
    const events = (await Array.fromAsync(stream)).map(({ chunk }) => parsed(chunk?.bytes));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(["message_start", "message_stop"]);
    expect(events.map(({ delta }) => delta?.text ?? "").join("")).not.toBe("");
    expect(await lastCall()).toMatchObject({ outcome: "ok", dialect: "anthropic-messages", stream: true });
  });

  test("invokes nothing in other makers' words, and is told so", async () => {
    const command = new InvokeModelCommand({ modelId: "sim/sim-instant", body: '{"inputText":"Hi"}' });
    const error = await failure(clientWith(app.key).send(command));
    expect(error).toMatchObject({ name: "ValidationException" });
    expect(error.message).toContain("anthropic_version");
  });

  test("is told where a stream that it invoked breaks off", async () => {
    const command = new InvokeModelWithResponseStreamCommand(invoked("broken/amazon.nova"));
    const { body: stream = [] } = await clientWith(app.key).send(command);
    expect(await failure(Array.fromAsync(stream))).toMatchObject({ name: "ModelStreamErrorException" });
  });

  test("is told where a stream breaks off, never that it ended", async () => {
    const error = await failure(hear(new ConverseStreamCommand(asks("Hello", "broken/amazon.nova"))));
    expect(error).toMatchObject({ name: "ModelStreamErrorException" });
    expect(await lastCall()).toMatchObject({ outcome: "truncated" });
  });
});
