// Streams of chat completions, put together whatever their vendors leave out.
import { describe, expect, test } from "bun:test";
import { type ModelAnswer, nothingYet, tokensPerSecond } from "./answer.ts";
import { addChunk, CHARACTERS_MAX } from "./gather-answer.ts";

const delta = (fields: object, index = 0): object => ({ choices: [{ index, delta: fields }] });
const gather = (chunks: readonly unknown[]): ModelAnswer =>
  chunks.reduce<ModelAnswer>((answer, chunk, at) => addChunk(answer, chunk, (at + 1) * 10), nothingYet);

describe("an answer", () => {
  test("is the sum of its parts, with why it ended and what was counted", () => {
    const answer = gather([
      delta({ role: "assistant", content: "" }),
      delta({ reasoning_content: "Hm. " }),
      delta({ content: "Ahoy" }),
      delta({ content: ", you." }),
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
      {
        choices: [],
        usage: {
          prompt_tokens: 5,
          completion_tokens: 9,
          prompt_tokens_details: { cached_tokens: 2 },
          completion_tokens_details: { reasoning_tokens: 4 },
        },
      },
    ]);
    expect(answer.choices).toEqual([{ text: "Ahoy, you.", reasoning: "Hm. ", toolCalls: [], finishReason: "stop" }]);
    expect(answer.tokens).toEqual({ input: 5, output: 9, reasoning: 4, cacheRead: 2 });
    expect(answer.firstTokenMs).toBe(20);
  });

  test("has its tool calls whole, several side by side", () => {
    const call = (index: number, fields: object): object => delta({ tool_calls: [{ index, ...fields }] });
    const answer = gather([
      call(0, { id: "a", function: { name: "tide_at", arguments: "" } }),
      call(0, { function: { arguments: '{"harbour"' } }),
      call(1, { id: "b", function: { name: "wind", arguments: "{}" } }),
      call(0, { function: { arguments: ':"x"}' } }),
    ]);
    expect(answer.choices[0]?.toolCalls).toEqual([
      { id: "a", name: "tide_at", arguments: '{"harbour":"x"}' },
      { id: "b", name: "wind", arguments: "{}" },
    ]);
  });

  test("keeps several choices apart, in whatever order they come", () => {
    const answer = gather([delta({ content: "two" }, 1), delta({ content: "one" }, 0)]);
    expect(answer.choices.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  test("that came whole is read like one that was streamed", () => {
    expect(
      gather([{ choices: [{ index: 0, message: { content: "All." }, finish_reason: "stop" }] }]).choices[0]?.text,
    ).toBe("All.");
  });

  test("takes no harm from what is no chunk", () => {
    const odd = [null, 7, "x", [], {}, { choices: "no" }, { choices: [null, { index: -1 }, { index: 1e9 }] }];
    expect(gather(odd).tokens).toBeNull();
    expect(gather([delta({ content: { a: 1 }, tool_calls: [{ index: 5 }] })]).choices[0]?.toolCalls).toEqual([]);
  });

  test("is kept up to a bound, and says so", () => {
    const long = "m".repeat(CHARACTERS_MAX - 1);
    const answer = gather([delta({ content: long }), delta({ content: "xyz" }), delta({ content: "." })]);
    expect(answer.isCut).toBe(true);
    expect(answer.choices[0]?.text.length).toBe(CHARACTERS_MAX);
  });

  test("has its speed once all is known", () => {
    const tokens = { input: 1, output: 101, reasoning: 0, cacheRead: 0 };
    expect(tokensPerSecond({ ...nothingYet, tokens, firstTokenMs: 500, totalMs: 1500 })).toBe(100);
    expect(tokensPerSecond({ ...nothingYet, tokens, firstTokenMs: null, totalMs: 1500 })).toBeNull();
  });
});
