// A smaller bound, in each dialect's own place.
import { expect, test } from "bun:test";
import type { DialectName } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { lowerOutput } from "./lower-output.ts";
import { readAsking, worstUsage } from "./worst-case.ts";

const asked = (dialect: DialectName, body: object): CallerRequest => ({
  operation: "chat",
  dialect,
  text: JSON.stringify(body),
  model: "m",
  stream: false,
  includeUsage: false,
});

test.each<[DialectName, object, object]>([
  ["openai-chat", { model: "m" }, { model: "m", max_completion_tokens: 7 }],
  ["openai-chat", { max_tokens: 100 }, { max_tokens: 7 }],
  ["openai-responses", { input: "x" }, { input: "x", max_output_tokens: 7 }],
  ["anthropic-messages", { max_tokens: 100, messages: [] }, { max_tokens: 7, messages: [] }],
  ["gemini", { contents: [] }, { contents: [], generationConfig: { maxOutputTokens: 7 } }],
  [
    "gemini",
    { generationConfig: { topK: 1, maxOutputTokens: 9 } },
    { generationConfig: { topK: 1, maxOutputTokens: 7 } },
  ],
  ["cohere-chat", { messages: [] }, { messages: [], max_tokens: 7 }],
  ["ollama-chat", { options: { num_ctx: 9 } }, { options: { num_ctx: 9, num_predict: 7 } }],
  ["bedrock-converse", { messages: [] }, { messages: [], inferenceConfig: { maxTokens: 7 } }],
])("in %s of %j", (dialect, body, wanted) => {
  const lowered = lowerOutput(asked(dialect, body), 7);
  expect(JSON.parse(lowered?.text ?? "")).toEqual(wanted);
  const known = { context_tokens: 1000, output_tokens_max: 500 };
  expect(lowered && worstUsage(readAsking(lowered), known)?.output).toBe(7);
});

test("what is no chat has no such bound", () => {
  expect(lowerOutput({ ...asked("openai-chat", {}), operation: "embeddings" }, 7)).toBeUndefined();
});
