// What the encoder writes, read by OpenAI's own SDK: its helper checks the grammar of the stream as it puts the response together.
import { afterAll, describe, expect, test } from "bun:test";
import OpenAI, { APIError } from "openai";
import { defineErrors } from "../../../kernel/index.ts";
import type { ChatEvent } from "../../contract.ts";
import { openAiResponses } from "./index.ts";
import { hasRecordings, readRecordings } from "./recordings.fixture.ts";

const { caller, vendor } = openAiResponses;
let reply: { body: string; type: string } = { body: "", type: "" };
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: () => new Response(reply.body, { headers: { "content-type": reply.type } }),
});
afterAll(() => server.stop(true));
const openai = new OpenAI({ baseURL: server.url.href, apiKey: "none", maxRetries: 0 });
const request = { model: "m", input: "Hello" };

function encode(events: readonly ChatEvent[]): string {
  const asked = { model: "m", dialect: "openai-responses" as const, messages: [], stream: true };
  const encoder = caller.createEncoder({ request: asked, told: [] });
  return events.map((event) => encoder.write(event)).join("");
}

async function streamed(events: readonly ChatEvent[]) {
  reply = { body: encode(events), type: "text/event-stream" };
  const stream = openai.responses.stream(request);
  const types: string[] = [];
  for await (const event of stream) types.push(event.type);
  return { types, final: await stream.finalResponse() };
}

async function whole(events: readonly ChatEvent[]) {
  reply = { body: JSON.stringify(caller.writeAnswer(events, [])), type: "application/json" };
  return openai.responses.create(request);
}

const choice = 0 as const;
const start: ChatEvent = { type: "start", id: "msg_1", model: "claude", created_s: 5 };
const usage = { input: 10, output: 7, cache_read: 4, cache_write: 1, reasoning: 3 };
const ending: ChatEvent[] = [
  { type: "finish", choice, reason: "tool_calls", raw_reason: "tool_use" },
  { type: "usage", usage },
  { type: "end" },
];
const foreign: ChatEvent[] = [
  start,
  { type: "reasoning", choice, text: "Let me " },
  { type: "reasoning", choice, text: "see." },
  { type: "reasoning_signature", choice, signature: "bn1.anthropic-messages..sig" },
  { type: "text", choice, text: "Two " },
  { type: "text", choice, text: "calls." },
  { type: "citation", choice, citation: { url: "https://x.example", title: "X", start: 4, end: 9 } },
  { type: "tool_call_start", choice, index: 0, id: "call_a", name: "add" },
  { type: "tool_call_start", choice, index: 1, id: "call_b", name: "mul" },
  { type: "tool_call_arguments", choice, index: 1, text: '{"x":2' },
  { type: "tool_call_arguments", choice, index: 0, text: '{"x":1}' },
  { type: "tool_call_arguments", choice, index: 1, text: "}" },
  ...ending,
];

describe("OpenAI's SDK reads", () => {
  test("a stream of another vendor's answer: reasoning, text, citation, calls made at once", async () => {
    const { types, final } = await streamed(foreign);
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.annotation.added",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.function_call_arguments.delta",
      "response.function_call_arguments.done",
      "response.output_item.done",
      "response.function_call_arguments.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(final).toMatchObject({
      id: "resp_msg_1",
      status: "completed",
      output_text: "Two calls.",
      usage: { input_tokens: 10, input_tokens_details: { cached_tokens: 4 }, output_tokens: 7, total_tokens: 17 },
    });
    expect(final.output).toMatchObject([
      {
        type: "reasoning",
        summary: [{ type: "summary_text", text: "Let me see." }],
        encrypted_content: "bn1.anthropic-messages..sig",
      },
      {
        type: "message",
        role: "assistant",
        status: "completed",
        content: [
          {
            text: "Two calls.",
            annotations: [{ type: "url_citation", url: "https://x.example", start_index: 4, end_index: 9 }],
          },
        ],
      },
      { type: "function_call", call_id: "call_a", name: "add", arguments: '{"x":1}', status: "completed" },
      { type: "function_call", call_id: "call_b", name: "mul", arguments: '{"x":2}', status: "completed" },
    ]);
  });

  test("the same as a whole", async () => {
    const answer = await whole(foreign);
    const { final } = await streamed(foreign);
    expect(answer.output_text).toBe("Two calls.");
    expect(JSON.parse(JSON.stringify(final.output))).toMatchObject(JSON.parse(JSON.stringify(answer.output)));
  });

  test("an answer that can be given back, other vendors' seals included", async () => {
    const redacted = "bn1.anthropic-messages..data";
    const { final } = await streamed([
      start,
      { type: "part", choice, part: { type: "reasoning", text: "", redacted } },
      ...foreign.slice(1),
    ]);
    const { messages } = caller.readRequest({ model: "m", input: final.output });
    expect(messages).toMatchObject([
      {
        role: "assistant",
        parts: [
          { type: "reasoning", text: "", redacted },
          { type: "reasoning", text: "Let me see.", signature: "bn1.anthropic-messages..sig" },
          { type: "text", text: "Two calls.", citations: [{ url: "https://x.example", start: 4, end: 9 }] },
        ],
        tool_calls: [
          { id: "call_a", name: "add", arguments: '{"x":1}' },
          { id: "call_b", name: "mul", arguments: '{"x":2}' },
        ],
      },
    ]);
  });

  test("an answer cut short, with the reason", async () => {
    const cut: ChatEvent[] = [
      start,
      { type: "text", choice, text: "Once upon" },
      { type: "finish", choice, reason: "length", raw_reason: "max_tokens" },
      { type: "end" },
    ];
    const { types, final } = await streamed(cut);
    expect(types.at(-1)).toBe("response.incomplete");
    const incomplete = { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
    expect(final).toMatchObject({ ...incomplete, output: [{ status: "incomplete" }] });
    expect(await whole(cut)).toMatchObject(incomplete);
  });

  test("a refusal, a picture and thinking that may not be read", async () => {
    const { final } = await streamed([
      start,
      { type: "part", choice, part: { type: "reasoning", text: "", redacted: "bn1.anthropic-messages..data" } },
      { type: "part", choice, part: { type: "image", url: "data:image/png;base64,AAAA" } },
      { type: "text", choice, text: "Here. " },
      { type: "refusal", choice, text: "No more." },
      { type: "finish", choice, reason: "stop", raw_reason: "end_turn" },
      { type: "end" },
    ]);
    expect(final.output).toMatchObject([
      { type: "reasoning", summary: [], encrypted_content: "bn1.anthropic-messages..data.redacted" },
      { type: "image_generation_call", result: "AAAA", status: "completed" },
      { type: "message", content: [{ text: "Here. " }, { type: "refusal", refusal: "No more." }] },
    ]);
  });

  test("an error in the midst of a stream", async () => {
    reply = {
      body: encode([
        start,
        { type: "text", choice, text: "Hm" },
        { type: "error", message: "It broke.", code: "oops" },
      ]),
      type: "text/event-stream",
    };
    const failure = await openai.responses
      .stream(request)
      .finalResponse()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(APIError);
    expect(failure).toMatchObject({ message: expect.stringContaining("It broke.") as string, code: "oops" });
  });

  test("an error of ours in the midst of a stream", async () => {
    const errors = defineErrors("providers", {
      vendor_cut: () => ({ status: 502, message: "The vendor broke off.", fix: "Try again." }),
    });
    reply = { body: encode([start]) + caller.writeStreamError(errors.vendor_cut({})), type: "text/event-stream" };
    const stream = await openai.responses.create({ ...request, stream: true });
    const failure = await (async () => {
      for await (const _ of stream);
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining("broke off") as string });
  });

  test.skipIf(!hasRecordings)("every recorded stream, written again", async () => {
    for (const { name, body } of readRecordings().filter(({ isStream }) => isStream)) {
      const decoder = vendor.createDecoder({ eventBytesMax: 1 << 22 });
      const events = [...decoder.feed(Buffer.from(body)), ...decoder.finish()];
      const said = events.flatMap((event) => (event.type === "text" ? [event.text] : []));
      const { final } = await streamed(events);
      expect({ name, text: final.output_text, status: final.status }).toEqual({
        name,
        text: said.join(""),
        status: "completed",
      });
    }
  });

  test.skipIf(!hasRecordings)("every recorded answer, written again", async () => {
    for (const { name, body } of readRecordings().filter(
      ({ isStream, isCount, status }) => !isStream && !isCount && status === 200,
    )) {
      const answer = await whole(vendor.readAnswer(JSON.parse(body)));
      expect({ name, items: answer.output.length }).toEqual({
        name,
        items: (JSON.parse(body) as { output: unknown[] }).output.length,
      });
    }
  });
});
