import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../../../test/support/dice.ts";
import type { ChatEvent, Extra } from "../../../contract.ts";
import { sse, streams } from "../recordings.fixture.ts";
import { splitAnyhow } from "../../fuzz.fixture.ts";
import { createStreamDecoder } from "./stream-out.ts";

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
const BEGIN = said("message-start", { id: "m1", delta: { message: { role: "assistant" } } });
const START = said("content-start", { index: 0, delta: { message: { content: { type: "text", text: "" } } } });
const delta = (text: string) => said("content-delta", { index: 0, delta: { message: { content: { text } } } });
const STOP = said("content-end", { index: 0 });
const ending = (more: object) => said("message-end", { delta: more });
const USAGE = { tokens: { input_tokens: 3, output_tokens: 2 } };
const END = ending({ finish_reason: "COMPLETE", usage: USAGE });
const WHOLE = BEGIN + START + delta("Grüße, 🌊!") + STOP + END;
const wanted: ChatEvent[] = [
  { type: "start", id: "m1", model: "", created_s: 0 },
  { type: "text", choice: 0, text: "Grüße, 🌊!" },
  { type: "finish", choice: 0, reason: "stop", raw_reason: "COMPLETE" },
  { type: "usage", usage: { input: 3, output: 2, cache_read: 0, cache_write: 0, reasoning: 0, raw: USAGE } },
  { type: "end" },
];

describe("the same bytes in other pieces give the same events", () => {
  test.each(Object.entries(streams))("400 random splittings of a stream of %s", (_, events) => {
    const dice = createRandom(20_251);
    const bytes = Buffer.from(sse(events));
    const whole = decode([bytes]);
    expect(whole.at(-1)).toEqual({ type: "end" });
    for (let round = 0; round < 400; round += 1)
      expect({ round, events: decode(splitAnyhow(bytes, dice)) }).toEqual({ round, events: whole });
  });

  test("byte for byte, inside UTF-8 and inside line ends", () => {
    const bytes = Buffer.from(WHOLE.replaceAll("\n", "\r\n"));
    for (const length of [1, 2, 3, 5]) expect(decode(splitEvery(bytes, length))).toEqual(wanted);
  });

  test.each([
    ["carriage returns alone", (text: string) => text.replaceAll("\n", "\r")],
    ["no space after the colon", (text: string) => text.replaceAll("data: ", "data:").replaceAll("event: ", "event:")],
    ["comments and empty data", (text: string) => `: hello\n\n${text.replaceAll("\n\n", "\n\n: keep\n\ndata:\n\n")}`],
    ["several lines of data", (text: string) => text.replaceAll(',"', ',\ndata: "')],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["no names of events", (text: string) => text.replaceAll(/event: .*\n/g, "")],
    ["names of events alone", (text: string) => text.replaceAll(/"type":"(message|content)-\w+",?/g, "")],
    ["no empty line at the end", (text: string) => text.trimEnd()],
    ["kinds of events that nobody knows yet", (text: string) => said("message-hum", { hum: 1 }) + said("debug") + text],
    ["a [DONE] after the end", (text: string) => `${text}data: [DONE]\n\n`],
    ["a second end", (text: string) => text + END],
  ])("with %s", (_, change) => {
    expect(decodeText(change(WHOLE))).toEqual(wanted);
  });
});

describe("a stream that is not whole", () => {
  const parts = [BEGIN, START, delta("Hi"), STOP];

  test.each(parts.map((_, count) => count + 1))("ends with an error after %i events", (count) => {
    for (const more of ["", "data: [DONE]\n\n"]) {
      const events = decodeText(parts.slice(0, count).join("") + more);
      expect(events.at(-1)).toMatchObject({ type: "error", code: "truncated" });
      expect(events.filter(({ type }) => type === "end")).toEqual([]);
    }
  });

  test("ends with an error when it is empty, or is an end alone", () => {
    for (const text of ["", END]) expect(decodeText(text)).toMatchObject([{ type: "error", code: "truncated" }]);
  });

  test("ends with an error when it is cut within an event", () => {
    expect(decodeText(WHOLE.slice(0, -20)).at(-1)).toMatchObject({ type: "error", code: "truncated" });
  });

  test.each([
    ["ERROR", "out of luck", "out of luck"],
    ["ERROR", undefined, "The vendor reported an error without a message."],
    ["TIMEOUT", undefined, "The vendor took too long and stopped its answer."],
  ])("ends with an error when the vendor says %s: %s", (reason, error, message) => {
    const events = decodeText(
      BEGIN + delta("Hi") + ending({ finish_reason: reason, error, usage: USAGE }) + delta("no"),
    );
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "usage", "error"]);
    expect(events.at(-1)).toMatchObject({ code: reason, message });
  });

  test.each([
    ['{"id":"x","message":"invalid request: no"}', "invalid request: no"],
    ['data: {"id":"x","message":"too many tokens"}\n\n', "too many tokens"],
    ['event: error\ndata: {"message":"overloaded"}\n\n', "overloaded"],
    ['data: {"error":{"message":"overloaded"}}\n\n', "overloaded"],
    ["<html><title>502 Bad Gateway</title></html>", "an HTML page in place of an answer: 502 Bad Gateway"],
  ])("%s is an error in its place", (text, message) => {
    for (const before of ["", BEGIN + delta("Hi")])
      expect(decodeText(before + text).at(-1)).toMatchObject({ type: "error", message });
  });

  test("ends with an error at what is no JSON, and says nothing more", () => {
    const events = decodeText(`${BEGIN}data: {oops\n\n${delta("no")}${END}`);
    expect(events.map(({ type }) => type)).toEqual(["start", "error"]);
    expect(events.at(-1)).toMatchObject({ code: "malformed" });
  });

  test("ends with an error at JSON that is no object", () => {
    expect(decodeText(`${BEGIN}data: 5\n\n`).at(-1)).toMatchObject({ type: "error", code: "not_an_answer" });
  });

  test("ends with an error at an event longer than the bound", () => {
    const events = decode(splitEvery(Buffer.from(BEGIN + delta("x".repeat(5000)) + END), 100), 2000);
    expect(events.at(-1)).toMatchObject({ type: "error", code: "too_long" });
  });
});

describe("tool calls", () => {
  const call = (index: unknown, id: string): Extra => ({
    type: "tool-call-start",
    index,
    delta: { message: { tool_calls: { id, type: "function", function: { name: "f", arguments: "" } } } },
  });
  const piece = (index: unknown, text: string): Extra => ({
    type: "tool-call-delta",
    index,
    delta: { message: { tool_calls: { function: { arguments: text } } } },
  });
  const callsIn = (events: Extra[]) =>
    decodeText(BEGIN + sse(events) + END)
      .filter((event) => event.type === "tool_call_start" || event.type === "tool_call_arguments")
      .map((event) => (event.type === "tool_call_start" ? [event.index, event.id] : [event.index, event.text]));

  test("are told apart by their numbers, whatever those are", () => {
    expect(callsIn([call(5, "a"), call(9, "b"), piece(5, "{"), piece(9, "[")])).toEqual([
      [0, "a"],
      [1, "b"],
      [0, "{"],
      [1, "["],
    ]);
  });

  test("without numbers, or with one number for all, follow one another", () => {
    for (const index of [undefined, 0])
      expect(callsIn([call(index, "a"), call(index, "b")])).toEqual([
        [0, "a"],
        [1, "b"],
      ]);
  });

  test("that never began have no arguments", () => {
    expect(callsIn([piece(0, "{}")])).toEqual([]);
  });
});
