// Streams as vendors send them: in any pieces, with their quirks, and broken in every way.
import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../../test/support/dice.ts";
import { hasCassettes, readExchanges } from "../../../../test/support/cassettes.ts";
import type { ChatEvent } from "../../contract.ts";
import { createStreamDecoder } from "./stream-out.ts";

const encoder = new TextEncoder();

function decode(pieces: Uint8Array[], eventBytesMax?: number): ChatEvent[] {
  const decoder = createStreamDecoder(eventBytesMax === undefined ? {} : { eventBytesMax });
  return [...pieces.flatMap((piece) => decoder.feed(piece)), ...decoder.finish()];
}

const decodeText = (text: string, eventBytesMax?: number) => decode([encoder.encode(text)], eventBytesMax);

function chunk(delta: unknown, more: object = {}, choice: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: null, ...choice }];
  return `data: ${JSON.stringify({ id: "a1", model: "m", created: 7, choices, ...more })}\n\n`;
}

const STOP = chunk({}, {}, { finish_reason: "stop" });
const DONE = "data: [DONE]\n\n";
const start = { type: "start", id: "a1", model: "m", created_s: 7 } as const;
const finish = { type: "finish", choice: 0, reason: "stop", raw_reason: "stop" } as const;
const hi = { type: "text", choice: 0, text: "Hi" } as const;

function split(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = random() < 0.3 ? 1 : 1 + Math.floor(random() ** 3 * 400);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

const quirky = [
  "\uFEFF: OPENROUTER PROCESSING\r\n\r\n",
  chunk({ role: "assistant", content: "" }).replaceAll("\n", "\r\n"),
  chunk({ content: "Grüße, 世界 🌍" }).replaceAll("\n", "\r\n"),
  ": keep-alive\n\nevent: message\nid: 4\nretry: 10\n",
  chunk({ reasoning_content: "hmm 🤔" }),
  chunk({ tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: '{"ü"' } }] }).replace("data: ", "data:"),
  chunk({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
  STOP,
  `data: {"id":"a1","choices":[],\ndata: "usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n`,
  DONE,
].join("");

describe("any pieces of the same bytes", () => {
  const recorded = ["openai", "groq", "mistral", "openrouter"].flatMap((vendor) => readExchanges(vendor));
  const streams = recorded.filter(({ headers }) => headers["content-type"]?.startsWith("text/event-stream"));

  test("give the same events, cut at every single place", () => {
    const bytes = encoder.encode(quirky);
    const whole = decode([bytes]);
    expect(whole.at(-1)).toEqual({ type: "end" });
    const types: string[] = whole.map(({ type }) => type);
    const call = ["tool_call_start", "tool_call_arguments", "tool_call_arguments"];
    expect(types).toEqual(["start", "text", "reasoning", ...call, "finish", "usage", "end"]);
    for (let at = 1; at < bytes.length; at += 1)
      expect(decode([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test.skipIf(!hasCassettes)(`give the same events for ${streams.length} recorded streams, 100 ways each`, () => {
    const random = createRandom(20261121);
    for (const { name, body } of streams) {
      const bytes = encoder.encode(body);
      const whole = decode([bytes]);
      for (let round = 0; round < 100; round += 1)
        expect({ name, events: decode(split(bytes, random)) }).toEqual({ name, events: whole });
    }
  });

  test("give the same events where they are noise", () => {
    const random = createRandom(7);
    const words = [
      "data: ",
      "{",
      "}",
      '"error"',
      "\n",
      "\n\n",
      "\r",
      "[DONE]",
      ":",
      '{"choices":[{"delta":{"content":"x"}}]}',
      "é",
    ];
    for (let round = 0; round < 2000; round += 1) {
      const length = Math.floor(random() * 30);
      const text = Array.from({ length }, () => words[Math.floor(random() * words.length)]).join("");
      const bytes = encoder.encode(text);
      const whole = decode([bytes]);
      expect(["end", "error"]).toContain(whole.at(-1)?.type ?? "");
      expect({ text, events: decode(split(bytes, random)) }).toEqual({ text, events: whole });
    }
  });
});

describe("the end of a stream", () => {
  test("without [DONE] is whole when every choice has finished", () => {
    expect(decodeText(chunk({ content: "Hi" }) + STOP)).toEqual([start, hi, finish, { type: "end" }]);
  });

  test("with [DONE] is whole though no choice said why it finished", () => {
    expect(decodeText(chunk({ content: "Hi" }) + DONE)).toEqual([start, hi, { type: "end" }]);
  });

  test("after the last event without its empty line is whole", () => {
    expect(decodeText((chunk({ content: "Hi" }) + STOP).trimEnd()).at(-1)).toEqual({ type: "end" });
  });

  test("before anything was finished is an error, wherever it breaks", () => {
    const text = chunk({ content: "Hi" }) + chunk({ content: "!" });
    for (let length = 0; length <= text.length; length += 1)
      expect(decodeText(text.slice(0, length)).at(-1)).toMatchObject({ type: "error", code: "truncated" });
  });

  test("with only some of the choices finished is an error", () => {
    const second = chunk({ content: "x" }, {}, { index: 1 });
    expect(decodeText(chunk({ content: "Hi" }) + second + STOP).at(-1)).toMatchObject({
      type: "error",
      code: "truncated",
    });
  });

  test("is not taken for keep-alives that are empty data", () => {
    expect(decodeText(`data:\n\n${chunk({ content: "Hi" })}data: \n\n${STOP}`).at(-1)).toEqual({ type: "end" });
  });

  test("leaves out what a vendor says after [DONE]", () => {
    expect(decodeText(chunk({ content: "Hi" }) + STOP + DONE + chunk({ content: "more" })).at(-1)).toEqual({
      type: "end",
    });
  });
});

describe("errors in a stream", () => {
  const error = (code: string | null, message: string) => ({ type: "error", code, message });

  test.each([
    ["an error object", `data: {"error":{"message":"overloaded","code":"busy"}}\n\n`, error("busy", "overloaded")],
    ["an error beside a choice", chunk({}, { error: { code: 400, message: "limit" } }), error("400", "limit")],
    ["an error that is text", `data: {"error":"boom"}\n\n`, error(null, "boom")],
    ["an error event", `event: error\ndata: {"message":"gone","code":"x"}\n\n`, error("x", "gone")],
    [
      "JSON that was never framed",
      '{\n  "error": {\n    "message": "no credit",\n    "code": "c"\n  }\n}\n',
      error("c", "no credit"),
    ],
    [
      "a page of HTML",
      "<html><title>502 Bad Gateway</title></html>\n",
      error("truncated", "an HTML page in place of an answer: 502 Bad Gateway"),
    ],
  ])("%s ends it", (_, text, wanted) => {
    expect(decodeText(text + DONE.repeat(text.startsWith("data") ? 1 : 0)).at(-1)).toMatchObject(wanted);
  });

  test("garbage in an event ends it, and nothing after is heard", () => {
    const events = decodeText(`${chunk({ content: "Hi" })}data: {"id":"a1","cho\n\n${STOP}${DONE}`);
    expect(events.slice(0, 2)).toEqual([start, hi]);
    expect(events).toHaveLength(3);
    expect(events[2]).toMatchObject({ type: "error", code: "malformed" });
  });

  test("usage that came before the error is still told", () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    const events = decodeText(chunk({ content: "Hi" }, { usage }) + `data: {"error":{"message":"x"}}\n\n`);
    expect(events.map(({ type }) => type)).toEqual(["start", "text", "usage", "error"]);
  });

  test("an event longer than the bound ends it", () => {
    expect(decodeText(chunk({ content: "x".repeat(2000) }).slice(0, 1500), 1000).at(-1)).toMatchObject({
      code: "too_long",
    });
  });
});
