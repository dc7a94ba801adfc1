import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { writeOllamaAnswer } from "./answer-in.ts";
import { createStreamEncoder } from "./stream-in.ts";

const start: ChatEvent = { type: "start", id: "a1", model: "gpt-5", created_s: 1_760_000_000 };
const end: ChatEvent = { type: "end" };
const C = { choice: 0 } as const;
const HEAD = { model: "gpt-5", created_at: "2025-10-09T08:53:20.000Z" };
const begin = (index: number, name: string, extra?: Extra): ChatEvent => ({
  type: "tool_call_start",
  ...C,
  index,
  id: `c${index}`,
  name,
  ...(extra && { extra }),
});
const piece = (index: number, text: string): ChatEvent => ({ type: "tool_call_arguments", ...C, index, text });

function write(...events: ChatEvent[]) {
  const told: Dropped[] = [];
  const answer = JSON.parse(JSON.stringify(writeOllamaAnswer([start, ...events, end], told))) as Extra;
  return { answer, message: answer["message"], told: told.map(({ what }) => what) };
}

function stream(...events: ChatEvent[]): Extra[] {
  const encoder = createStreamEncoder([]);
  const text = [start, ...events, end].map((event) => encoder.write(event) as string).join("");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Extra);
}

describe("an answer of another dialect", () => {
  test("is said in Ollama's words", () => {
    const usage = { input: 3, output: 2, cache_read: 0, cache_write: 0, reasoning: 0 };
    const { answer, told } = write(
      { type: "reasoning", ...C, text: "Hm." },
      { type: "text", ...C, text: "Hi" },
      { type: "text", ...C, text: "!" },
      { type: "finish", ...C, reason: "length", raw_reason: "max_tokens" },
      { type: "usage", usage },
    );
    expect(answer).toEqual({
      ...HEAD,
      message: { role: "assistant", content: "Hi!", thinking: "Hm." },
      done_reason: "length",
      done: true,
      prompt_eval_count: 3,
      eval_count: 2,
    });
    expect(told).toEqual([]);
  });

  test("says each call whole, however its arguments came", () => {
    const events = [begin(0, "f"), begin(1, "g"), piece(0, '{"a"'), piece(1, "{}"), piece(0, ":1}")];
    const calls = [
      { id: "c0", function: { name: "f", arguments: { a: 1 } } },
      { id: "c1", function: { name: "g", arguments: {} } },
    ];
    expect(write(...events).message).toEqual({ role: "assistant", content: "", tool_calls: calls });
    expect(stream(...events, { type: "text", ...C, text: "Done." })).toEqual([
      { ...HEAD, message: { role: "assistant", content: "", tool_calls: calls }, done: false },
      { ...HEAD, message: { role: "assistant", content: "Done." }, done: false },
      { ...HEAD, message: { role: "assistant", content: "" }, done_reason: "stop", done: true },
    ]);
  });

  test("tells of arguments that are no object, or came too late", () => {
    const { message, told } = write(begin(0, "f"), piece(0, "[1]"), { type: "text", ...C, text: "!" }, piece(0, "2"));
    expect(message).toMatchObject({ tool_calls: [{ function: { arguments: { arguments: "[1]" } } }] });
    expect(told).toEqual(["answer.tool_calls.arguments", "answer.tool_calls"]);
  });

  test("tells once each what Ollama has no word for", () => {
    const { message, told } = write(
      { type: "refusal", ...C, text: "No." },
      { type: "citation", ...C, citation: {} },
      { type: "citation", ...C, citation: {} },
      { type: "reasoning_signature", ...C, signature: "c2ln" },
      { type: "part", ...C, part: { type: "reasoning", text: "", redacted: "cmVk" } },
      { type: "part", ...C, part: { type: "image", url: "https://x.example/a.png" } },
      { type: "part", ...C, part: { type: "image", url: "data:image/png;base64,aGk=" } },
      { type: "text", choice: 1, text: "Or." },
      { type: "finish", ...C, reason: "content_filter", raw_reason: "content_filter" },
      { type: "usage", usage: { input: 9, output: 5, cache_read: 4, cache_write: 0, reasoning: 2 } },
    );
    expect(message).toEqual({ role: "assistant", content: "No.", images: ["aGk="] });
    const names = "citation reasoning_signature reasoning image choices finish_reason usage.cache usage.reasoning";
    expect(told).toEqual(names.split(" ").map((name) => `answer.${name}`));
  });

  test("that broke, or has no end, is none", () => {
    for (const events of [[start], [start, { type: "error", message: "no", code: null } as const, end]])
      expect(() => writeOllamaAnswer(events, [])).toThrow();
  });
});
