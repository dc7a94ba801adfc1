import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../../../test/support/dice.ts";
import type { ChatEvent } from "../../../contract.ts";
import { hasRecordings, readRecordings } from "../recordings.fixture.ts";
import { splitAnyhow } from "../../fuzz.fixture.ts";
import { createStreamDecoder } from "./stream-out.ts";

const streams = readRecordings().filter(({ isStream }) => isStream);

function decode(pieces: Iterable<Uint8Array>, eventBytesMax = 1 << 20): ChatEvent[] {
  const decoder = createStreamDecoder({ eventBytesMax });
  const events = [...pieces].flatMap((piece) => decoder.feed(piece));
  return [...events, ...decoder.finish()];
}

const decodeText = (text: string, eventBytesMax?: number) => decode([Buffer.from(text)], eventBytesMax);

function* splitEvery(bytes: Uint8Array, length: number): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const said = (type: string, more: object = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const BEGIN = said("message_start", { message: { id: "m1", model: "claude", usage: { input_tokens: 3 } } });
const BLOCK = said("content_block_start", { index: 0, content_block: { type: "text", text: "" } });
const delta = (text: string) => said("content_block_delta", { index: 0, delta: { type: "text_delta", text } });
const STOP = said("content_block_stop", { index: 0 });
const ENDING = said("message_delta", {
  delta: { stop_reason: "end_turn", stop_sequence: null },
  usage: { output_tokens: 2 },
});
const END = said("message_stop");
const WHOLE = BEGIN + BLOCK + delta("Grüße, 🌊!") + STOP + ENDING + END;
const wanted = [
  { type: "start", id: "m1", model: "claude", created_s: 0 },
  { type: "text", choice: 0, text: "Grüße, 🌊!" },
  { type: "finish", choice: 0, reason: "stop", raw_reason: "end_turn" },
  {
    type: "usage",
    usage: {
      input: 3,
      output: 2,
      cache_read: 0,
      cache_write: 0,
      reasoning: 0,
      raw: { input_tokens: 3, output_tokens: 2 },
    },
  },
  { type: "end" },
] as ChatEvent[];

describe("the same bytes in other pieces give the same events", () => {
  test.skipIf(!hasRecordings)("300 random splittings of every recorded stream", () => {
    const dice = createRandom(20_251);
    for (const { name, body } of streams) {
      const bytes = Buffer.from(body);
      const events = decode([bytes]);
      expect(events.at(-1)).toEqual({ type: "end" });
      for (let round = 0; round < 300; round += 1)
        expect({ name, round, events: decode(splitAnyhow(bytes, dice, 2000)) }).toEqual({ name, round, events });
    }
  });

  test("byte for byte, inside UTF-8 and inside line ends", () => {
    const bytes = Buffer.from(WHOLE.replaceAll("\n", "\r\n"));
    for (const length of [1, 2, 3, 5]) expect(decode(splitEvery(bytes, length))).toEqual(wanted);
  });

  test.each([
    ["carriage returns alone", (text: string) => text.replaceAll("\n", "\r")],
    ["no space after the colon", (text: string) => text.replaceAll("data: ", "data:").replaceAll("event: ", "event:")],
    [
      "comments, pings and empty data",
      (text: string) => `: hello\n\n${text.replaceAll("\n\n", `\n\n: keep\n\n${said("ping")}data:\n\n`)}`,
    ],
    ["several lines of data", (text: string) => text.replaceAll(',"', ',\ndata: "')],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["no names of events", (text: string) => text.replaceAll(/event: .*\n/g, "")],
    ["names of events alone", (text: string) => text.replaceAll(/"type":"(message|content)_\w+",?/g, "")],
    ["no empty line at the end", (text: string) => text.trimEnd()],
    ["kinds of events that nobody knows yet", (text: string) => said("message_hum", { hum: 1 }) + text],
    ["a [DONE] after the end", (text: string) => `${text}data: [DONE]\n\n`],
  ])("with %s", (_, change) => {
    expect(decodeText(change(WHOLE))).toEqual(wanted);
  });
});

describe("a stream that is not whole", () => {
  const parts = [BEGIN, BLOCK, delta("Hi"), STOP, ENDING];

  test.each(parts.map((_, count) => count + 1))("ends with an error after %i events", (count) => {
    const events = decodeText(parts.slice(0, count).join(""));
    expect(events.at(-1)).toMatchObject({ type: "error", code: "truncated" });
    expect(events.filter(({ type }) => type === "end")).toEqual([]);
  });

  test("ends with an error when it is empty, or is an end alone", () => {
    for (const text of ["", END]) expect(decodeText(text)).toMatchObject([{ type: "error", code: "truncated" }]);
  });

  test("ends with an error when it is cut within an event", () => {
    const events = decodeText(WHOLE.slice(0, -20));
    expect(events.at(-1)).toMatchObject({ type: "error", code: "truncated" });
  });

  test("tells the usage so far before the error", () => {
    const [usage, error] = decodeText(BEGIN + BLOCK + delta("Hi")).slice(-2);
    expect(usage).toMatchObject({ type: "usage", usage: { input: 3 } });
    expect(error).toMatchObject({ type: "error" });
  });
});

describe("errors in a stream", () => {
  const overloaded = { error: { type: "overloaded_error", message: "Overloaded" }, request_id: "r1" };
  const known = { type: "error", code: "overloaded_error", message: "Overloaded" };

  test.each([
    ["an error event", said("error", overloaded), known],
    ["an error event whose data has no type", `event: error\ndata: ${JSON.stringify(overloaded)}\n\n`, known],
    ["an error without the event's name", `data: ${JSON.stringify({ type: "error", ...overloaded })}\n\n`, known],
    [
      "an error as other vendors say it",
      `data: {"error":{"message":"no","type":"x"}}\n\n`,
      { code: "x", message: "no" },
    ],
    ["an error event that is text", "event: error\ndata: gone\n\n", { code: "vendor_error", message: "gone" }],
    ["JSON that was never framed", JSON.stringify({ type: "error", ...overloaded }, null, 2), known],
    [
      "a page of HTML",
      "<html><title>502 Bad Gateway</title></html>\n",
      { message: "an HTML page in place of an answer: 502 Bad Gateway" },
    ],
    ["garbage", 'data: {"type":"content_blo\n\n', { code: "malformed" }],
    ["JSON that is no object", "data: 5\n\n", { code: "not_an_answer" }],
  ])("%s ends it, and nothing after is heard", (_, text, error) => {
    expect(decodeText(text).at(-1)).toMatchObject({ type: "error", ...error });
    const events = decodeText(
      BEGIN + BLOCK + delta("Hi") + text + (text.startsWith("data") || text.startsWith("event") ? WHOLE : ""),
    );
    expect(events.filter(({ type }) => type === "error")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "error" });
  });

  test("an event longer than the bound ends it", () => {
    expect(decodeText(BEGIN + BLOCK + delta("x".repeat(2000)).slice(0, -9), 1000).at(-1)).toMatchObject({
      code: "too_long",
    });
  });

  test("a block that must be kept until it is whole ends it where it grows beyond the bound", () => {
    const use = said("content_block_start", {
      index: 0,
      content_block: { type: "server_tool_use", id: "s", name: "web_search", input: {} },
    });
    const piece = said("content_block_delta", {
      index: 0,
      delta: { type: "input_json_delta", partial_json: "x".repeat(400) },
    });
    const events = decodeText(BEGIN + use + piece.repeat(5) + END, 1000);
    expect(events.at(-1)).toMatchObject({ type: "error", code: "too_long" });
    expect(events.filter(({ type }) => type === "error")).toHaveLength(1);
  });
});

describe("what a stream says", () => {
  const start = (index: number, block: object) => said("content_block_start", { index, content_block: block });
  const piece = (index: number, change: object) => said("content_block_delta", { index, delta: change });
  const stop = (index: number) => said("content_block_stop", { index });
  const body = (...events: string[]) => decodeText(BEGIN + events.join("") + ENDING + END).slice(1, -3);

  test("of a tool call without arguments is an empty object", () => {
    const events = body(
      start(0, { type: "tool_use", id: "t1", name: "now", input: {}, caller: { type: "direct" } }),
      piece(0, { type: "input_json_delta", partial_json: "" }),
      stop(0),
    );
    expect(events).toEqual([
      { type: "tool_call_start", choice: 0, index: 0, id: "t1", name: "now", extra: { caller: { type: "direct" } } },
      { type: "tool_call_arguments", choice: 0, index: 0, text: "{}" },
    ]);
  });

  test("of thinking that it only seals keeps each seal apart", () => {
    const sealed = (index: number, signature: string) =>
      start(index, { type: "thinking", thinking: "", signature: "" }) +
      piece(index, { type: "signature_delta", signature }) +
      stop(index);
    expect(body(sealed(0, "a"), sealed(1, "b"))).toEqual([
      { type: "reasoning", choice: 0, text: "" },
      { type: "reasoning_signature", choice: 0, signature: "a" },
      { type: "reasoning", choice: 0, text: "" },
      { type: "reasoning_signature", choice: 0, signature: "b" },
    ]);
  });

  test("of citations is told after their text, with the place of it", () => {
    const citation = {
      type: "char_location",
      cited_text: "q",
      document_index: 0,
      document_title: "D",
      start_char_index: 1,
      end_char_index: 2,
    };
    const events = body(
      start(0, { type: "text", text: "It is " }),
      stop(0),
      start(1, { type: "text", text: "", citations: [] }),
      piece(1, { type: "citations_delta", citation }),
      piece(1, { type: "text_delta", text: "green" }),
      stop(1),
    );
    const { cited_text: quote, ...extra } = citation;
    expect(events).toEqual([
      { type: "text", choice: 0, text: "It is " },
      { type: "text", choice: 0, text: "green" },
      { type: "citation", choice: 0, citation: { title: "D", quote, start: 6, end: 11, extra } },
    ]);
  });

  test("of a tool at the vendor is one part, its arguments put together", () => {
    const events = body(
      start(0, { type: "server_tool_use", id: "s1", name: "web_search", input: {} }),
      piece(0, { type: "input_json_delta", partial_json: '{"query":' }),
      piece(0, { type: "input_json_delta", partial_json: '"x"}' }),
      stop(0),
      start(1, {
        type: "web_search_tool_result",
        tool_use_id: "s1",
        content: [{ type: "web_search_result", url: "u" }],
      }),
      stop(1),
    );
    expect(events).toMatchObject([
      { type: "part", part: { type: "server_tool_call", id: "s1", name: "web_search", input: { query: "x" } } },
      { type: "part", part: { type: "server_tool_result", call_id: "s1", name: "web_search" } },
    ]);
  });

  test("of a summary that replaces the conversation is kept", () => {
    const events = body(
      start(0, { type: "compaction", content: null }),
      piece(0, { type: "compaction_delta", content: "So " }),
      piece(0, { type: "compaction_delta", content: "far." }),
      stop(0),
    );
    expect(events).toEqual([
      { type: "part", choice: 0, part: { type: "other", extra: { type: "compaction", content: "So far." } } },
    ]);
  });

  test("of blocks that it never stops is heard all the same", () => {
    const events = body(
      start(0, { type: "tool_use", id: "t1", name: "f", input: {} }),
      start(1, { type: "tool_use", id: "t2", name: "g", input: { a: 1 } }),
    );
    expect(events.map((event) => (event.type === "tool_call_arguments" ? event.text : event.type))).toEqual([
      "tool_call_start",
      "{}",
      "tool_call_start",
      '{"a":1}',
    ]);
  });
});
