import { describe, expect, test } from "bun:test";
import type { ChatEvent, Extra } from "../../../contract.ts";
import type { Dropped } from "../../dialect.ts";
import { bedrockConverse } from "../index.ts";
import { framesOf } from "../recordings.fixture.ts";

const { caller } = bedrockConverse;
const start: ChatEvent = { type: "start", id: "1", model: "m", created_s: 0 };
const stop: ChatEvent = { type: "finish", choice: 0, reason: "stop", raw_reason: "stop" };
const end: ChatEvent = { type: "end" };
const usage: ChatEvent = {
  type: "usage",
  usage: { input: 100, output: 5, cache_read: 60, cache_write: 30, cache_write_1h: 10, reasoning: 2 },
};

function write(events: ChatEvent[]) {
  const told: Dropped[] = [];
  const answer = caller.writeAnswer([start, ...events, end], told);
  const encoder = caller.createEncoder({
    request: { model: "m", dialect: "bedrock-converse", messages: [], stream: true },
    told: [],
  });
  const bytes = Buffer.concat([start, ...events, end].map((event) => Buffer.from(encoder.write(event))));
  const { output, ...beside } = answer as { output: { message: { content: Extra[] } } } & Extra;
  return { content: output.message.content, beside, told: told.map(({ what }) => what), frames: framesOf(bytes) };
}

describe("another vendor's answer", () => {
  test("has why it ended and what it took, the cache apart from the input", () => {
    const { content, beside } = write([{ type: "text", choice: 0, text: "Hi" }, stop, usage]);
    expect(content).toEqual([{ text: "Hi" }]);
    expect(beside).toEqual({
      stopReason: "end_turn",
      usage: {
        inputTokens: 10,
        outputTokens: 5,
        totalTokens: 105,
        cacheReadInputTokens: 60,
        cacheWriteInputTokens: 30,
        cacheDetails: [
          { inputTokens: 20, ttl: "5m" },
          { inputTokens: 10, ttl: "1h" },
        ],
      },
      metrics: { latencyMs: 0 },
    });
  });

  test("makes its calls one after the other, even where they came at once", () => {
    const call = (index: number): ChatEvent => ({
      type: "tool_call_start",
      choice: 0,
      index,
      id: `c${index}`,
      name: "f",
    });
    const say = (index: number, text: string): ChatEvent => ({ type: "tool_call_arguments", choice: 0, index, text });
    const { content, frames, beside } = write([
      call(0),
      call(1),
      say(1, '{"b":'),
      say(0, '{"a":1}'),
      say(1, "2}"),
      stop,
    ]);
    expect(content).toEqual([
      { toolUse: { toolUseId: "c0", name: "f", input: { a: 1 } } },
      { toolUse: { toolUseId: "c1", name: "f", input: { b: 2 } } },
    ]);
    expect(beside["stopReason"]).toBe("tool_use");
    expect(frames.map(([name, payload]) => [name, payload["contentBlockIndex"]])).toEqual([
      ["messageStart", undefined],
      ["contentBlockStart", 0],
      ["contentBlockDelta", 0],
      ["contentBlockStop", 0],
      ["contentBlockStart", 1],
      ["contentBlockDelta", 1],
      ["contentBlockDelta", 1],
      ["contentBlockStop", 1],
      ["messageStop", undefined],
      ["metadata", undefined],
    ]);
  });

  test("has its reasoning with its seal, its citations and its pictures", () => {
    const citation = { url: "https://x.example/a", title: "A", quote: "q", start: 0, end: 2 };
    const { content, told } = write([
      { type: "reasoning", choice: 0, text: "Hm." },
      { type: "reasoning_signature", choice: 0, signature: "s" },
      { type: "text", choice: 0, text: "Hi" },
      { type: "citation", choice: 0, citation },
      { type: "part", choice: 0, part: { type: "image", url: "data:image/png;base64,AA==" } },
      { type: "part", choice: 0, part: { type: "reasoning", text: "", redacted: "AA==" } },
      stop,
    ]);
    const web = { url: "https://x.example/a", domain: "x.example" };
    expect(content).toEqual([
      { reasoningContent: { reasoningText: { text: "Hm.", signature: "s" } } },
      {
        citationsContent: {
          content: [{ text: "Hi" }],
          citations: [{ title: "A", sourceContent: [{ text: "q" }], location: { web } }],
        },
      },
      { image: { format: "png", source: { bytes: "AA==" } } },
      { reasoningContent: { redactedContent: "AA==" } },
    ]);
    expect(told).toEqual([]);
  });

  test("is told of once for each thing that Bedrock has no word for", () => {
    const { told } = write([
      { type: "text", choice: 1, text: "another" },
      { type: "text", choice: 1, text: " one" },
      { type: "extra", choice: 0, place: "choice", extra: { logprobs: [] } },
      { type: "part", choice: 0, part: { type: "server_tool_call", id: "1", name: "search", input: {} } },
      stop,
    ]);
    expect(told).toEqual(["answer.choices", "answer.logprobs", "answer.server_tool_call"]);
  });

  test("that broke is no answer", () => {
    const error: ChatEvent = { type: "error", message: "gone", code: null };
    expect(() => caller.writeAnswer([start, error], [])).toThrow("gone");
    expect(() => caller.writeAnswer([start], [])).toThrow("no end");
  });
});
