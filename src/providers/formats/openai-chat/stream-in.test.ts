// What callers get: chunks as OpenAI sends them, and whole answers, never a clean end over a broken answer.
import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../kernel/index.ts";
import type { ChatEvent, Usage } from "../../contract.ts";
import { writeChatAnswer } from "./answer-in.ts";
import { createStreamEncoder } from "./stream-in.ts";

const usage: Usage = { input: 5, output: 2, cache_read: 0, cache_write: 0, reasoning: 0 };
const start: ChatEvent = { type: "start", id: "a1", model: "m", created_s: 7, extra: { system_fingerprint: "fp" } };
const finish: ChatEvent = { type: "finish", choice: 0, reason: "stop", raw_reason: "eos" };
const text = (said: string, choice = 0): ChatEvent => ({ type: "text", choice, text: said });
const answer: ChatEvent[] = [start, text("Hi"), text("!"), finish, { type: "usage", usage }, { type: "end" }];
const broken: ChatEvent[] = [start, text("Hi"), { type: "error", message: "It broke.", code: "cut" }];

function write(events: ChatEvent[], includeUsage = false): string {
  const encoder = createStreamEncoder({ includeUsage });
  return events.map((event) => encoder.write(event)).join("");
}

function chunks(stream: string): Record<string, unknown>[] {
  const frames = stream.split("\n\n").filter((frame) => frame !== "" && frame !== "data: [DONE]");
  return frames.map((frame) => JSON.parse(frame.replace(/^data: /, "")) as Record<string, unknown>);
}

describe("a stream for a caller", () => {
  test("begins with the role, carries the answer's extras once, and ends with [DONE]", () => {
    const stream = write(answer);
    const head = { id: "a1", object: "chat.completion.chunk", created: 7, model: "m" };
    const choice = (delta: object, reason: string | null = null) => [{ index: 0, delta, finish_reason: reason }];
    expect(chunks(stream)).toEqual([
      { ...head, choices: choice({ role: "assistant", content: "" }), system_fingerprint: "fp" },
      { ...head, choices: choice({ content: "Hi" }) },
      { ...head, choices: choice({ content: "!" }) },
      { ...head, choices: choice({}, "stop") },
    ]);
    expect(stream).toEndWith("data: [DONE]\n\n");
  });

  test("tells usage in a chunk of its own, only to those who asked", () => {
    expect(write(answer)).not.toContain("usage");
    const told = chunks(write(answer, true));
    expect(told.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
    });
    expect(told.slice(0, -1).every((chunk) => chunk["usage"] === null)).toBe(true);
  });

  test("ends a broken answer with the error, without [DONE]", () => {
    const stream = write(broken);
    expect(chunks(stream).at(-1)).toEqual({
      error: { message: "It broke.", type: "server_error", param: null, code: "cut" },
    });
    expect(stream).not.toContain("[DONE]");
  });

  test("gives each choice its role first, and tool calls in pieces", () => {
    const events: ChatEvent[] = [
      start,
      text("a", 1),
      { type: "tool_call_start", choice: 0, index: 0, id: "c", name: "f" },
      { type: "tool_call_arguments", choice: 0, index: 0, text: "{}" },
    ];
    const deltas = chunks(write(events)).map((chunk) => (chunk["choices"] as { delta: object }[])[0]?.delta);
    expect(deltas.slice(1)).toEqual([
      { role: "assistant", content: "a" },
      { tool_calls: [{ index: 0, id: "c", type: "function", function: { name: "f", arguments: "" } }] },
      { tool_calls: [{ index: 0, function: { arguments: "{}" } }] },
    ]);
  });

  test("keeps log probabilities and annotations where OpenAI has them", () => {
    const events: ChatEvent[] = [
      start,
      { type: "extra", choice: 0, place: "choice", extra: { logprobs: { content: [1] } } },
      { type: "extra", choice: 0, place: "message", extra: { annotations: [2] } },
      { type: "extra", choice: 0, place: "answer", extra: { moderation: 3 } },
      { type: "end" },
    ];
    expect(chunks(write(events)).slice(1)).toMatchObject([
      { choices: [{ logprobs: { content: [1] }, delta: {} }] },
      { choices: [{ delta: { annotations: [2] } }] },
      { choices: [], moderation: 3 },
    ]);
  });
});

describe("a whole answer for a caller", () => {
  test("has the message, why it ended, usage and extras", () => {
    expect(writeChatAnswer(answer)).toEqual({
      id: "a1",
      object: "chat.completion",
      created: 7,
      model: "m",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "Hi!", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 2,
        total_tokens: 7,
        prompt_tokens_details: { cached_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
      system_fingerprint: "fp",
    });
  });

  test("puts choices in order and joins lists that came in pieces", () => {
    const extra = (n: number): ChatEvent => ({
      type: "extra",
      choice: 0,
      place: "choice",
      extra: { logprobs: { content: [n] } },
    });
    const events: ChatEvent[] = [start, text("b", 1), text("a"), extra(1), extra(2), { type: "end" }];
    expect(writeChatAnswer(events)["choices"]).toMatchObject([
      { index: 0, message: { content: "a" }, logprobs: { content: [1, 2] } },
      { index: 1, message: { content: "b" } },
    ]);
  });

  test("has null for content where the message only calls tools", () => {
    const call: ChatEvent = { type: "tool_call_start", choice: 0, index: 0, id: "c", name: "f" };
    expect(writeChatAnswer([start, call, finish, { type: "end" }])["choices"]).toMatchObject([
      {
        message: { content: null, tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "" } }] },
      },
    ]);
  });

  test.each([
    ["an error", broken],
    ["no end", answer.slice(0, -1)],
    ["no beginning", answer.slice(1)],
  ])("is refused when the events have %s", (_, events) => {
    expect(() => writeChatAnswer(events)).toThrow("cannot be given whole");
    try {
      writeChatAnswer(events);
    } catch (error) {
      expect(isAppError(error) && error.code).toBe("providers.broken_answer");
    }
  });
});
