// How the rest of an answer is asked for, in each caller's own words.
import { describe, expect, test } from "bun:test";
import type { DialectName } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import { continueRequest } from "./continue-request.ts";

const TEXT = "Once upon a time";
const messages = [{ role: "user", content: "A story!" }];
const contents = [{ role: "user", parts: [{ text: "A story!" }] }];

const bodies: [DialectName, object][] = [
  ["openai-chat", { messages, max_completion_tokens: 100, temperature: 0.3 }],
  ["openai-responses", { input: "A story!", max_output_tokens: 100, temperature: 0.3 }],
  ["anthropic-messages", { messages, max_tokens: 100, temperature: 0.3 }],
  ["gemini", { contents, generationConfig: { maxOutputTokens: 100, temperature: 0.3 } }],
  [
    "bedrock-converse",
    {
      messages: [{ role: "user", content: [{ text: "A story!" }] }],
      inferenceConfig: { maxTokens: 100, temperature: 0.3 },
    },
  ],
  ["cohere-chat", { messages, max_tokens: 100, temperature: 0.3 }],
  ["ollama-chat", { messages, options: { num_predict: 100, temperature: 0.3 } }],
];

const requestOf = (dialect: DialectName, body: object): CallerRequest => ({
  operation: "chat",
  dialect,
  text: JSON.stringify({ model: "m", stream: true, ...body }),
  model: "m",
  stream: true,
  includeUsage: false,
});

describe("the rest is asked for", () => {
  test.each(bodies)("in %s: after what was said, within what is left of the bound", (dialect, body) => {
    const continued = continueRequest(requestOf(dialect, body), { text: TEXT, tokens: 30 });
    if (!continued) throw new Error("it was not continued");
    const { messages: turns, max_output_tokens, temperature } = readRequest(continued);
    expect(turns.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(turns[0]?.parts).toMatchObject([{ type: "text", text: "A story!" }]);
    expect(turns[1]?.parts).toMatchObject([{ type: "text", text: TEXT }]);
    expect({ max_output_tokens, temperature }).toEqual({ max_output_tokens: 70, temperature: 0.3 });
  });

  test("with a few tokens at the least, and without a bound where there was none", () => {
    const request = requestOf("openai-chat", { messages, max_tokens: 20 });
    expect(JSON.parse(continueRequest(request, { text: TEXT, tokens: 19 })?.text ?? "")).toMatchObject({
      max_tokens: 16,
    });
    const free = JSON.parse(
      continueRequest(requestOf("openai-chat", { messages }), { text: TEXT, tokens: 19 })?.text ?? "",
    );
    expect(Object.keys(free)).toEqual(["model", "stream", "messages"]);
  });

  test("of chats only", () => {
    expect(
      continueRequest({ ...requestOf("openai-chat", {}), operation: "embeddings" }, { text: TEXT, tokens: 1 }),
    ).toBeUndefined();
  });
});
