import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { writeCohereAnswer } from "./answer-in.ts";
import { createStreamEncoder } from "./stream-in.ts";
import { createStreamDecoder } from "./stream-out.ts";

const START: ChatEvent = { type: "start", id: "x", model: "m", created_s: 1 };
const END: ChatEvent = { type: "end" };
const finish = (reason: "stop" | "length" | "content_filter" | "tool_calls", more: object = {}): ChatEvent => ({
  type: "finish",
  choice: 0,
  reason,
  raw_reason: "other_word",
  ...more,
});
const text = (said: string, choice = 0): ChatEvent => ({ type: "text", choice, text: said });
const call = (index: number, id: string): ChatEvent => ({ type: "tool_call_start", choice: 0, index, id, name: "f" });
const args = (index: number, said: string): ChatEvent => ({
  type: "tool_call_arguments",
  choice: 0,
  index,
  text: said,
});

function encode(events: ChatEvent[], told: Dropped[] = []): string {
  const encoder = createStreamEncoder(told);
  return events.map((event) => encoder.write(event)).join("");
}

function told(events: ChatEvent[]): string[] {
  const dropped: Dropped[] = [];
  encode([START, ...events, END], dropped);
  return dropped.map(({ what }) => what);
}

const names = (stream: string) => [...stream.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
const whole = (events: ChatEvent[]) => writeCohereAnswer([START, ...events, END], []) as { message: Extra } & Extra;

describe("another vendor's answer", () => {
  test("is a Cohere stream with its end", () => {
    const stream = encode([START, text("Hi"), text("!"), finish("length"), END]);
    expect(names(stream)).toEqual([
      "message-start",
      "content-start",
      "content-delta",
      "content-delta",
      "content-end",
      "message-end",
    ]);
    expect(stream).toContain('"finish_reason":"MAX_TOKENS"');
    expect(stream).toEndWith("data: [DONE]\n\n");
  });

  test("with an error in it ends with that and nothing after", () => {
    const stream = encode([START, text("Hi"), { type: "error", message: "gone", code: null }, text("no"), END]);
    expect(stream).toEndWith('data: {"type":"message-end","delta":{"finish_reason":"ERROR","error":"gone"}}\n\n');
    expect(() => writeCohereAnswer([START, { type: "error", message: "gone", code: null }], [])).toThrow(/gone/);
    expect(() => writeCohereAnswer([START, text("Hi")], [])).toThrow(/it has no end/);
  });

  test("without any event but the end is an empty answer", () => {
    expect(writeCohereAnswer([END], [])).toEqual({
      id: "",
      finish_reason: "COMPLETE",
      message: { role: "assistant", content: [] },
    });
  });

  test.each([
    [[finish("stop")], "COMPLETE"],
    [[finish("stop", { stop_sequence: "END" })], "STOP_SEQUENCE"],
    [[call(0, "a"), finish("stop")], "TOOL_CALL"],
    [[finish("tool_calls")], "TOOL_CALL"],
    [[finish("content_filter")], "COMPLETE"],
  ] as [ChatEvent[], string][])("%# ends by the word that Cohere has for it", (events, word) => {
    expect(whole(events)["finish_reason"]).toBe(word);
  });

  test("has calls one after another, though they came at the same time", () => {
    const events = [call(0, "a"), call(1, "b"), args(1, '{"b":'), args(0, '{"a":'), args(0, "1}"), args(1, "2}")];
    const stream = encode([START, ...events, finish("tool_calls"), END]);
    expect(names(stream).slice(1, -1)).toEqual([
      "tool-call-start",
      "tool-call-delta",
      "tool-call-delta",
      "tool-call-end",
      "tool-call-start",
      "tool-call-delta",
      "tool-call-delta",
      "tool-call-end",
    ]);
    expect(whole(events).message["tool_calls"]).toEqual([
      { id: "a", type: "function", function: { name: "f", arguments: '{"a":1}' } },
      { id: "b", type: "function", function: { name: "f", arguments: '{"b":2}' } },
    ]);
  });

  test("keeps calls whose arguments are no JSON, or never came", () => {
    const calls = whole([call(0, "a"), args(0, "{oops"), call(1, "b"), call(2, "c"), args(2, "{}")]).message[
      "tool_calls"
    ];
    expect((calls as { function: Extra }[]).map((each) => each.function["arguments"])).toEqual(["{oops", "", "{}"]);
  });

  test("has citations of the text that they are of", () => {
    const cite = (more: object): ChatEvent => ({ type: "citation", choice: 0, citation: { title: "T", ...more } });
    const { message } = whole([
      text("Oslo is old. "),
      cite({ url: "https://x.example", quote: "q" }),
      text("Yes."),
      cite({ start: 0, end: 4 }),
    ]);
    expect(message["citations"]).toEqual([
      {
        start: 0,
        end: 13,
        text: "Oslo is old. ",
        sources: [
          {
            type: "document",
            id: "https://x.example",
            document: { id: "https://x.example", title: "T", url: "https://x.example", snippet: "q" },
          },
        ],
      },
      { start: 0, end: 4, text: "Oslo", sources: [{ type: "document", id: "T", document: { id: "T", title: "T" } }] },
    ]);
  });

  test("is told without what Cohere has no word for, once each", () => {
    expect(
      told([
        text("a", 1),
        text("b", 1),
        { type: "reasoning", choice: 0, text: "Hm." },
        { type: "reasoning_signature", choice: 0, signature: "s" },
        { type: "part", choice: 0, part: { type: "reasoning", text: "", redacted: "r" } },
        { type: "part", choice: 0, part: { type: "image", url: "data:," } },
        finish("content_filter"),
      ]),
    ).toEqual([
      "answer.choices",
      "answer.reasoning_signature",
      "answer.reasoning",
      "answer.image",
      "answer.finish_reason",
    ]);
  });

  test("with usage says it in both of Cohere's counts", () => {
    const usage = { input: 9, output: 4, cache_read: 2, cache_write: 0, reasoning: 1, raw: { prompt_tokens: 9 } };
    expect(whole([{ type: "usage", usage }])["usage"]).toEqual({
      billed_units: { input_tokens: 9, output_tokens: 4 },
      tokens: { input_tokens: 9, output_tokens: 4 },
      cached_tokens: 2,
    });
  });

  test("reads back as it was said", () => {
    const events: ChatEvent[] = [
      { ...START, model: "", created_s: 0 } as ChatEvent,
      { type: "reasoning", choice: 0, text: "Hm." },
      text("Hi 🌊"),
      call(0, "a"),
      args(0, '{"a":1}'),
      { type: "finish", choice: 0, reason: "tool_calls", raw_reason: "TOOL_CALL" },
      END,
    ];
    const decoder = createStreamDecoder({ eventBytesMax: 1 << 16 });
    expect([...decoder.feed(Buffer.from(encode(events))), ...decoder.finish()]).toEqual(events);
  });
});
