// What vendors say in ways of their own, chunk by chunk, and in whole answers.
import { describe, expect, test } from "bun:test";
import type { ChatEvent } from "../../contract.ts";
import { createAnswerReader, readChatAnswer } from "./answer-out.ts";

function chunk(delta: unknown, more: object = {}): object {
  return { id: "a1", model: "m", created: 7, choices: [{ index: 0, delta, finish_reason: null }], ...more };
}

/** The events of these chunks, then of the end of the stream. */
function read(...chunks: unknown[]): ChatEvent[] {
  const reader = createAnswerReader();
  const events = chunks.flatMap((each) => reader.read(each, "delta"));
  reader.markDone();
  return [...events, ...reader.close()];
}

type EventOf<T extends ChatEvent["type"]> = Extract<ChatEvent, { type: T }>;

function only<T extends ChatEvent["type"]>(events: ChatEvent[], ...types: T[]): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => (types as string[]).includes(event.type));
}

const start = { type: "start", id: "a1", model: "m", created_s: 7 } as const;
const begun = (index: number, id: string, name: string) =>
  ({ type: "tool_call_start", choice: 0, index, id, name }) as const;
const said = (index: number, text: string) => ({ type: "tool_call_arguments", choice: 0, index, text }) as const;

describe("tool calls", () => {
  const calls = (...given: object[]) => {
    const events = read(...given.map((call) => chunk({ tool_calls: Array.isArray(call) ? call : [call] })));
    return only(events, "tool_call_start", "tool_call_arguments");
  };
  const piece = (text: string) => ({ function: { arguments: text } });

  test("without ids get one that is the same on every reading", () => {
    const call = { index: 0, function: { name: "f", arguments: "{}" } };
    expect(calls(call)).toEqual([begun(0, "call_a1_0_0", "f"), said(0, "{}")]);
  });

  test("without numbers are told apart by id, and pieces go to the last", () => {
    const first = { id: "x", function: { name: "f" } };
    const second = { id: "y", function: { name: "g" } };
    expect(calls(first, piece("1"), second, piece("2"))).toEqual([
      begun(0, "x", "f"),
      said(0, "1"),
      begun(1, "y", "g"),
      said(1, "2"),
    ]);
  });

  test("that are all numbered 0 are told apart", () => {
    const both = [
      { index: 0, id: "x", function: { name: "f", arguments: "1" } },
      { index: 0, id: "y", function: { name: "g", arguments: "2" } },
    ];
    expect(calls(both)).toEqual([begun(0, "x", "f"), said(0, "1"), begun(1, "y", "g"), said(1, "2")]);
  });

  test("whose id is repeated in each piece begin once", () => {
    const call = (text: string) => ({ index: 0, id: "x", function: { name: "f", arguments: text } });
    expect(calls(call("{"), call("}"))).toEqual([begun(0, "x", "f"), said(0, "{"), said(0, "}")]);
  });

  test("whose arguments are an object give JSON text", () => {
    const call = { index: 0, id: "x", function: { name: "f", arguments: { a: 1 } } };
    expect(calls(call)).toEqual([begun(0, "x", "f"), said(0, '{"a":1}')]);
  });

  test("with a preposterous number make no giant list", () => {
    expect(calls({ index: 4e9, id: "x", function: { name: "f" } })).toEqual([begun(0, "x", "f")]);
  });

  test("of a custom tool, and what a vendor adds to a call, are kept", () => {
    const call = { index: 0, id: "x", type: "custom", custom: { name: "sql", input: "select 1" }, signature: "s" };
    expect(calls(call)).toEqual([
      { ...begun(0, "x", "sql"), extra: { type: "custom", signature: "s" } },
      said(0, "select 1"),
    ]);
  });
});

describe("what a vendor says", () => {
  test("of usage in every chunk is told once, the last, before the end", () => {
    const first = chunk({ content: "a" }, { usage: { prompt_tokens: 1, completion_tokens: 1 } });
    const last = chunk({}, { x_groq: { usage: { prompt_tokens: 1, completion_tokens: 9 } } });
    const events = read(first, last);
    expect(only(events, "usage").map(({ usage }) => usage.output)).toEqual([9]);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["usage", "end"]);
  });

  test("of its reasoning under either name, also under both, is told once", () => {
    const events = read(
      chunk({ reasoning: "a" }),
      chunk({ reasoning_content: "b" }),
      chunk({ reasoning: "c", reasoning_content: "c" }),
    );
    expect(only(events, "reasoning").map(({ text }) => text)).toEqual(["a", "b", "c"]);
  });

  test("in parts is told apart into reasoning and text, and unknown parts are kept", () => {
    const thinking = { type: "thinking", thinking: [{ type: "text", text: "hm" }] };
    const reference = { type: "reference", ids: [1] };
    expect(read(chunk({ content: [thinking, { type: "text", text: "Hi" }, reference] })).slice(1, 4)).toEqual([
      { type: "reasoning", choice: 0, text: "hm" },
      { type: "text", choice: 0, text: "Hi" },
      { type: "extra", choice: 0, place: "message", extra: { content: [reference] } },
    ]);
  });

  test("in refusal is told piece by piece", () => {
    const events = read(chunk({ refusal: "I " }), chunk({ refusal: "won't" }));
    expect(only(events, "refusal").map(({ text }) => text)).toEqual(["I ", "won't"]);
  });

  test("before it names the answer does not start it", () => {
    const azure = { id: "", model: "", choices: [], prompt_filter_results: [{ prompt_index: 0 }] };
    const [first, second] = read(azure, chunk({ content: "Hi" }));
    expect(first).toMatchObject({ type: "extra", place: "answer" });
    expect(second).toEqual(start);
  });

  test("again in each chunk about the whole answer is told once", () => {
    const extras = only(
      read(...Array.from({ length: 3 }, () => chunk({ content: "x" }, { provider: "p" }))),
      "start",
      "extra",
    );
    expect(extras).toEqual([{ ...start, extra: { provider: "p" } }]);
  });

  test.each([
    ["stop", "stop"],
    ["eos", "stop"],
    ["length", "length"],
    ["model_length", "length"],
    ["function_call", "tool_calls"],
    ["content_filter", "content_filter"],
    ["insufficient_system_resource", "other"],
    ["constructor", "other"],
  ] as const)("of why it finished: %s means %s", (raw, reason) => {
    const choices = [{ index: 0, message: { content: "x" }, finish_reason: raw }];
    expect(only(readChatAnswer({ id: "a1", choices }), "finish")).toEqual([
      { type: "finish", choice: 0, reason, raw_reason: raw },
    ]);
  });
});

describe("an answer that is none", () => {
  const bodies = [null, 5, "text", [], {}, { choices: 5 }, { choices: [] }, { id: "x" }, { error: { message: "no" } }];
  const titled = bodies.map((body) => ({ body, title: JSON.stringify(body) }));
  test.each(titled)("gives an error and nothing else: $title", ({ body }) => {
    expect(readChatAnswer(body).map(({ type }) => type)).toEqual(["error"]);
  });

  test("choices of the wrong shape are passed over", () => {
    const choices = [null, 5, { index: "x" }, { index: 0, message: { content: 5, tool_calls: [null, {}] } }];
    expect(readChatAnswer({ id: "a1", choices }).at(-1)).toEqual({ type: "end" });
  });
});
