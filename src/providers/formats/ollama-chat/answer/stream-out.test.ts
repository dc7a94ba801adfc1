import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../../../test/support/dice.ts";
import type { ChatEvent, Extra } from "../../../contract.ts";
import { lines, streams } from "../exchanges.fixture.ts";
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

const HEAD = { model: "m", created_at: "2025-10-26T17:21:21Z" };
const say = (message: Extra, more: Extra = { done: false }) =>
  `${JSON.stringify({ ...HEAD, message: { role: "assistant", content: "", ...message }, ...more })}\n`;
const COUNTS = { prompt_eval_count: 3, eval_count: 2 };
const END = say({}, { done: true, done_reason: "stop", ...COUNTS });
const WHOLE = say({ content: "Grüße, " }) + say({ content: "🌊!" }) + END;
const wanted: ChatEvent[] = [
  { type: "start", id: "", model: "m", created_s: 1_761_499_281 },
  { type: "text", choice: 0, text: "Grüße, " },
  { type: "text", choice: 0, text: "🌊!" },
  { type: "finish", choice: 0, reason: "stop", raw_reason: "stop" },
  { type: "usage", usage: { input: 3, output: 2, cache_read: 0, cache_write: 0, reasoning: 0, raw: COUNTS } },
  { type: "end" },
];

describe("the same bytes in other pieces give the same events", () => {
  test.each(Object.entries(streams))("400 random splittings of a stream of %s", (_, stream) => {
    const dice = createRandom(20_251);
    const bytes = Buffer.from(lines(stream));
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
    ["empty lines", (text: string) => `\n${text.replaceAll("\n", "\n \n\n")}`],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["no line end at the end", (text: string) => text.trimEnd()],
    ["kinds of lines that nobody knows yet", (text: string) => `{"status":"loading"}\n${text}`],
    ["a second end, and more", (text: string) => `${text}${END}{oops`],
  ])("with %s", (_, change) => {
    expect(decodeText(change(WHOLE))).toEqual(wanted);
  });

  test("and the bytes of a line that is not whole are counted", () => {
    const decoder = createStreamDecoder({ eventBytesMax: 1000 });
    decoder.feed(Buffer.from(`${say({ content: "Hi" })}{"mod`));
    expect(decoder.heldBytes).toBe(5);
  });
});

describe("a stream that is not whole", () => {
  const BEGUN = say({ content: "Hi" });

  test("ends with an error when it has no line that is done", () => {
    for (const more of ["", "\n", "   "])
      expect(decodeText(BEGUN + more).at(-1)).toEqual({
        type: "error",
        message: "The answer broke off.",
        code: "truncated",
      });
  });

  test("ends with an error when it is empty", () => {
    for (const text of ["", "\n\n"]) expect(decodeText(text)).toMatchObject([{ type: "error", code: "truncated" }]);
  });

  test("ends with an error wherever it is cut", () => {
    const bytes = Buffer.from(WHOLE.trimEnd());
    for (let length = 0; length < bytes.length; length += 1) {
      const events = decode([bytes.subarray(0, length)]);
      expect(events.at(-1)).toMatchObject({ type: "error", code: "truncated" });
      expect(events.filter(({ type }) => type === "end")).toEqual([]);
    }
  });

  test.each([
    [{ error: "an error was encountered while running the model" }, "an error was encountered while running the model"],
    [{ error: { message: "overloaded" } }, "overloaded"],
    [{ error: {} }, "The vendor reported an error without a message."],
  ])("ends with the vendor's error %j, and says nothing more", (error, message) => {
    const said = `${JSON.stringify(error)}\n`;
    expect(decodeText(said)).toMatchObject([{ type: "error", message }]);
    const events = decodeText(BEGUN + said + END);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "error"]);
    expect(events.at(-1)).toMatchObject({ code: "vendor_error", message });
  });

  test("ends with an error at what is no JSON, and says nothing more", () => {
    const events = decodeText(`${BEGUN}{oops\n${END}`);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "error"]);
    expect(events.at(-1)).toMatchObject({ code: "malformed" });
  });

  test("ends with an error at JSON that is no object", () => {
    for (const odd of ["5", "null", "[]", '"done"'])
      expect(decodeText(`${BEGUN}${odd}\n${END}`).at(-1)).toMatchObject({ type: "error", code: "not_an_answer" });
  });

  test("ends with an error at a line longer than the bound, whole or not", () => {
    const long = say({ content: "x".repeat(5000) });
    for (const text of [BEGUN + long + END, BEGUN + long.trimEnd()])
      for (const length of [100, 10_000]) {
        const events = decode(splitEvery(Buffer.from(text), length), 2000);
        expect(events.at(-1)).toMatchObject({ type: "error", code: "too_long" });
      }
  });
});

describe("tool calls", () => {
  const call = (more: Extra = {}): Extra => ({ ...more, function: { name: "f", arguments: { a: 1 } } });
  const callsIn = (...pieces: Extra[][]) =>
    decodeText(pieces.map((calls) => say({ tool_calls: calls })).join("") + END).filter(
      (event) => event.type === "tool_call_start",
    );

  test("without ids are given some that are the same at every reading, and differ within and between answers", () => {
    const ids = callsIn([call(), call()], [call()]).map(({ id }) => id);
    expect(ids).toEqual(["ollama_2025-10-26T172121Z_0", "ollama_2025-10-26T172121Z_1", "ollama_2025-10-26T172121Z_2"]);
    expect(callsIn([call(), call()], [call()]).map(({ id }) => id)).toEqual(ids);
  });

  test("with ids keep them, and what else is said of them", () => {
    const strange = { id: "call_1", mood: "good", function: { name: "f", arguments: {}, index: 4, tone: "low" } };
    expect(callsIn([call({ id: "call_0" }), strange])).toEqual([
      { type: "tool_call_start", choice: 0, index: 0, id: "call_0", name: "f" },
      {
        type: "tool_call_start",
        choice: 0,
        index: 1,
        id: "call_1",
        name: "f",
        extra: { mood: "good", function: { tone: "low" } },
      },
    ]);
  });

  test("end an answer as such, whatever Ollama calls it", () => {
    const events = decodeText(say({ tool_calls: [call()] }) + END);
    expect(events.find(({ type }) => type === "finish")).toMatchObject({ reason: "tool_calls", raw_reason: "stop" });
  });
});
