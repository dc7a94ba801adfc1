import { describe, expect, test } from "bun:test";
import { keptAnswer } from "../kept-answer.fixture.ts";
import { saysTheSame, textOf } from "./same-answer.ts";

/** The nearer in length, the nearer. */
const byLength = {
  embedder: {
    embed: (texts: readonly string[]) =>
      Promise.resolve(texts.map(({ length }) => Float32Array.of(Math.cos(length / 100), Math.sin(length / 100)))),
  },
  at: 0.9,
};
const noVectors = { embedder: { embed: () => Promise.reject(new Error("none")) }, at: 0.9 };

describe("two answers", () => {
  test("say the same where only case, white space and points differ, without any vectors", async () => {
    expect(await saysTheSame("Yes,  it is.", "yes it is", noVectors)).toBe(true);
  });

  test("say the same where their vectors are near", async () => {
    expect(await saysTheSame("it is so", "so it is indeed", byLength)).toBe(true);
    expect(await saysTheSame("no", "because of this and that ".repeat(5), byLength)).toBe(false);
  });

  test("are not judged where one has no text, or no vector", async () => {
    expect(await saysTheSame(undefined, "yes", byLength)).toBeUndefined();
    expect(await saysTheSame("no", "yes", noVectors)).toBeUndefined();
  });
});

describe("the text of a kept answer", () => {
  const whole = (message: object) => JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }] });

  test("is read whole, and from a stream's events", () => {
    const stream = `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}\n\ndata: {"choices":[{"index":0,"delta":{"content":"ye"}}]}\n\ndata: [DONE]\n\n`;
    const figures = { ...keptAnswer().figures, media_type: "text/event-stream" };
    expect(textOf(keptAnswer({ body: whole({ role: "assistant", content: "aye" }) }), "openai-chat")).toBe("aye");
    expect(textOf(keptAnswer({ body: Buffer.from(stream), figures }), "openai-chat")).toBe("aye");
  });

  test("is none where a tool is called, or nothing is said", () => {
    const call = { id: "1", type: "function", function: { name: "f", arguments: "{}" } };
    for (const body of [whole({ role: "assistant", content: "x", tool_calls: [call] }), whole({ role: "assistant" })])
      expect(textOf(keptAnswer({ body }), "openai-chat")).toBeUndefined();
  });
});
