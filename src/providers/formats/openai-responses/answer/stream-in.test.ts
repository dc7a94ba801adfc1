import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { writeResponsesAnswer } from "./answer-in.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

type Said = { type: string } & Extra;

function eventsOf(stream: string): Said[] {
  return stream
    .split("\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)) as Said);
}

function encode(events: readonly ChatEvent[], told: Dropped[] = []): Said[] {
  const encoder = createStreamEncoder(told);
  return eventsOf(events.map((event) => encoder.write(event)).join(""));
}

const choice = 0 as const;
const start: ChatEvent = { type: "start", id: "1", model: "m", created_s: 5 };
const finish: ChatEvent = { type: "finish", choice, reason: "stop", raw_reason: "stop" };
const end: ChatEvent = { type: "end" };
const text: ChatEvent = { type: "text", choice, text: "Hi" };
const answer = (events: readonly ChatEvent[], told: Dropped[] = []) => writeResponsesAnswer(events, told);

/** What a hosted tool is at is not told on the way, and what waits in a queue begins with that. */
const UNTOLD = /queued|_call\.(in_progress|searching|completed)|mcp_list_tools/;
const NOT_COMPARED = new Set(["sequence_number", "obfuscation", "response", "item", "part", "logprobs"]);
const namesOf = (event: Said): string[] =>
  Object.keys(event)
    .filter((name) => !NOT_COMPARED.has(name))
    .toSorted();

describe("the events of a stream", () => {
  test.skipIf(!hasRecordings)("are those that OpenAI sends, field by field", () => {
    let compared = 0;
    for (const { name, body, url } of readRecordings().filter(({ isStream }) => isStream)) {
      // OpenRouter does not end its items in their order; of MCP's lists a stream tells some at its end only.
      if (!url.startsWith("https://api.openai.com") || body.includes("mcp_list_tools")) continue;
      compared += 1;
      const decoder = createStreamDecoder({ eventBytesMax: 1 << 22 });
      const events = [...decoder.feed(Buffer.from(body)), ...decoder.finish()];
      const wanted = eventsOf(body).filter(({ type }) => !UNTOLD.test(type));
      const written = encode(events);
      expect({ name, types: written.map(({ type }) => type) }).toEqual({ name, types: wanted.map(({ type }) => type) });
      expect({ name, fields: written.map(namesOf) }).toEqual({ name, fields: wanted.map(namesOf) });
    }
    expect(compared).toBe(15);
  });

  test("are numbered from zero", () => {
    const numbers = encode([start, text, finish, end]).map((event) => event["sequence_number"]);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  test("are none after an error, which is the last", () => {
    const events = encode([start, text, { type: "error", message: "Oops.", code: null }, text, end]);
    expect(events.at(-1)).toMatchObject({ type: "error", message: "Oops.", code: null, param: null });
    expect(() => answer([start, { type: "error", message: "Oops.", code: null }])).toThrow("Oops.");
    expect(() => answer([start, text])).toThrow("no end");
  });

  test("tell of nothing at all", () => {
    expect(answer([start, finish, end])).toMatchObject({ id: "resp_1", status: "completed", output: [], usage: null });
    expect(encode([end]).map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.completed",
    ]);
  });
});

describe("the items of an answer", () => {
  test("are in the order of the parts, and have ids of their own", () => {
    const response = answer([
      start,
      { type: "reasoning", choice, text: "A" },
      { type: "reasoning_signature", choice, signature: "s1" },
      { type: "reasoning", choice, text: "B" },
      text,
      { type: "tool_call_start", choice, index: 0, id: "c", name: "n" },
      text,
      { type: "reasoning_signature", choice, signature: "s2" },
      { type: "tool_call_start", choice, index: 1, id: "d", name: "n" },
      { type: "tool_call_arguments", choice, index: 0, text: "{}" },
      finish,
      end,
    ]);
    expect(response["output"]).toMatchObject([
      { id: "rs_1_0", summary: [{ text: "A" }], encrypted_content: "s1" },
      { id: "rs_1_1", summary: [{ text: "B" }] },
      { id: "msg_1_2", content: [{ text: "Hi" }] },
      { id: "fc_1_3", call_id: "c", arguments: "{}" },
      { id: "msg_1_4", content: [{ text: "Hi" }] },
      { id: "rs_1_5", summary: [], encrypted_content: "s2" },
      { id: "fc_1_6", call_id: "d", arguments: "" },
    ]);
  });

  test("have citations that count in their own text", () => {
    const cited = (from: number, to: number): ChatEvent => ({
      type: "citation",
      choice,
      citation: {
        url: "u",
        start: from,
        end: to,
      },
    });
    const call: ChatEvent = { type: "tool_call_start", choice, index: 0, id: "c", name: "n" };
    const response = answer([
      start,
      text,
      cited(0, 2),
      call,
      text,
      cited(2, 4),
      { ...text, type: "refusal" },
      finish,
      end,
    ]);
    const spans = (
      response["output"] as { content?: { annotations?: { start_index: number; end_index: number }[] }[] }[]
    )
      .flatMap(({ content = [] }) => content)
      .flatMap(({ annotations = [] }) => annotations.map((each) => [each.start_index, each.end_index]));
    expect(spans).toEqual([
      [0, 2],
      [0, 2],
    ]);
  });
});

describe("what the Responses API has no word for", () => {
  test("is told, once", () => {
    const told: Dropped[] = [];
    answer(
      [
        start,
        { type: "citation", choice, citation: { title: "before any text" } },
        text,
        { type: "citation", choice, citation: { title: "a place in a document" } },
        { ...text, choice: 1 },
        { type: "tool_call_arguments", choice, index: 4, text: "{}" },
        { type: "part", choice, part: { type: "audio", data: "AA", format: "wav" } },
        {
          type: "part",
          choice,
          part: { type: "server_tool_call", id: "a", name: "b", input: {}, extra: { type: "x" } },
        },
        { type: "part", choice, part: { type: "image", url: "https://x.example" } },
        { type: "extra", choice, place: "choice", extra: { logprobs: {} } },
        { type: "extra", choice, place: "message", extra: { audio: {} } },
        finish,
        end,
      ],
      told,
    );
    expect(told.map(({ what }) => what.slice("answer.".length))).toEqual([
      "citation",
      "choices",
      "tool_calls",
      "audio",
      "server_tool_call",
      "image",
      "logprobs",
    ]);
  });
});

describe("how an answer ended", () => {
  test.each([
    ["stop", "end_turn", "completed", null],
    ["tool_calls", "tool_use", "completed", null],
    ["refusal", "refusal", "completed", null],
    ["other", "queued", "queued", null],
    ["length", "max_tokens", "incomplete", { reason: "max_output_tokens" }],
    ["content_filter", "SAFETY", "incomplete", { reason: "content_filter" }],
    ["pause", "pause_turn", "incomplete", { reason: "pause_turn" }],
  ] as const)("with %s (%s) it is %s", (reason, raw, status, details) => {
    const ending = { type: "finish", choice, reason, raw_reason: raw } as const;
    expect(answer([start, text, ending, end])).toMatchObject({ status, incomplete_details: details });
  });
});
