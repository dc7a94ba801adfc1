// For its caller, a stream has ended when `[DONE]` comes: from then on it is on record as answered, whatever becomes of
// the vendor's connection, of the caller, or of Binnacle itself.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startTestApp, type TestApp } from "../support/app.ts";

const DONE = "data: [DONE]\n\n";
const encoder = new TextEncoder();

let app: TestApp;
let lingering: ReturnType<typeof Bun.serve>;
/** Connections that the vendor still holds open. */
let held = 0;

function event(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({ id: "chatcmpl-1", model: "m", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

const STREAM_HEADERS = { "content-type": "text/event-stream" };
const LONG_TEXT = "Übers weite Meer. ".repeat(3000);
const LONG_ANSWER = {
  choices: [{ index: 0, message: { role: "assistant", content: LONG_TEXT }, finish_reason: "stop" }],
};
const LONG_STREAM = event({ role: "assistant", content: LONG_TEXT }, null) + event({}, "stop") + DONE;

/** Says all there is to say, and then does not hang up. */
function answerAndLinger(text: string): Response {
  held += 1;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(text)),
    cancel: () => void (held -= 1),
  });
  return new Response(body, { headers: STREAM_HEADERS });
}

beforeAll(async () => {
  lingering = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    routes: {
      "/v1/chat/completions": () =>
        answerAndLinger(event({ role: "assistant", content: "Aye." }, null) + event({}, "stop") + DONE),
      "/empty/chat/completions": () => answerAndLinger(event({}, "stop") + DONE),
      "/long/chat/completions": async (request) => {
        const { stream } = (await request.json()) as { stream?: boolean };
        return stream ? new Response(LONG_STREAM, { headers: STREAM_HEADERS }) : Response.json(LONG_ANSWER);
      },
    },
  });
  const url = lingering.url.href;
  app = await startTestApp({
    config: `
providers:
  vendors:
    lingering: { kind: openai-compatible, base_url: "${url}v1" }
    empty: { kind: openai-compatible, base_url: "${url}empty" }
    long: { kind: openai-compatible, base_url: "${url}long" }
`,
  });
});
afterAll(async () => {
  await app.close();
  await lingering.stop(true);
});

async function stream(model: string): Promise<{ id: string; reader: ReadableStreamDefaultReader<Uint8Array> }> {
  const response = await app.chat({ model, stream: true, messages: [{ role: "user", content: "Ready?" }] });
  const reader = response.body?.getReader();
  if (!reader) throw new Error("the answer has no body");
  return { id: response.headers.get("x-binnacle-call-id") ?? "", reader };
}

async function readToDone(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let text = "";
  while (!text.endsWith(DONE)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended without [DONE]: ${text}`);
    text += Buffer.from(value).toString();
  }
}

function journalText(): string {
  const folder = join(app.home, "journal");
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("");
}

describe("a stream whose vendor does not hang up after [DONE]", () => {
  test("is in the journal when its caller sees [DONE]", async () => {
    const { id, reader } = await stream("lingering/m");
    await readToDone(reader);
    expect(journalText()).toContain(id);
    expect((await app.client.calls.get({ id })).outcome).toBe("ok");
  });

  test("is answered, not cancelled, when its caller leaves at [DONE]", async () => {
    const { id, reader } = await stream("lingering/m");
    await readToDone(reader);
    await reader.cancel();
    expect((await app.client.calls.get({ id })).outcome).toBe("ok");
  });

  test("ends for its caller, even without any content", async () => {
    for (const model of ["lingering/m", "empty/m"]) {
      const { reader } = await stream(model);
      await readToDone(reader);
      expect((await reader.read()).done).toBe(true);
    }
  });

  test("does not keep the vendor's connection for ever", async () => {
    while (held > 0) await Bun.sleep(10);
    expect(held).toBe(0);
  });
});

describe("a long answer that comes all at once", () => {
  test.each([true, false])("reaches its caller as it was sent (stream: %p)", async (isStream) => {
    const messages = [{ role: "user", content: "Where to?" }];
    const response = await app.chat({ model: "long/m", stream: isStream, messages });
    expect(await response.text()).toBe(isStream ? LONG_STREAM : JSON.stringify(LONG_ANSWER));
    const { outcome, messages: said } = await app.client.calls.get({
      id: response.headers.get("x-binnacle-call-id") ?? "",
    });
    expect(outcome).toBe("ok");
    expect(said.at(-1)?.text).toBe(LONG_TEXT);
  });
});
