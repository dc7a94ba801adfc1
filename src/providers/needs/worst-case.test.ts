// The most that a call can come to: never less than what it then is.
import { describe, expect, test } from "bun:test";
import type { DialectName } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { type Bounds, readAsking, worstUsage as worstOf } from "./worst-case.ts";

const asked = (body: object, more: Partial<CallerRequest> = {}): CallerRequest => ({
  operation: "chat",
  dialect: "openai-chat" satisfies DialectName,
  text: JSON.stringify(body),
  model: "m",
  stream: false,
  includeUsage: false,
  ...more,
});
const worstUsage = (request: CallerRequest, bounds: Bounds) => worstOf(readAsking(request), bounds);
const known = { context_tokens: 100_000, output_tokens_max: 4000 };
const unknown = { context_tokens: null, output_tokens_max: null };

describe("the worst case", () => {
  test.each([
    ["max_tokens", { max_tokens: 10 }, 10],
    ["the larger of two that differ", { max_tokens: 10, max_completion_tokens: 20 }, 20],
    ["Responses'", { max_output_tokens: 30 }, 30],
    ["Gemini's", { generationConfig: { maxOutputTokens: 40 } }, 40],
    ["Bedrock's", { inferenceConfig: { maxTokens: 50 } }, 50],
    ["each of several answers", { max_tokens: 10, n: 3 }, 30],
    ["the model's own", {}, 4000],
  ])("of an answer is as long as is said: %s", (_, body, output) => {
    expect(worstUsage(asked(body), known)?.output).toBe(output);
  });

  test("of an answer that nothing bounds is not known", () => {
    expect(worstUsage(asked({}), unknown)).toBeUndefined();
    expect(worstUsage(asked({ max_tokens: -1 }), unknown)).toBeUndefined();
    expect(worstUsage(asked({ max_tokens: 5 }), unknown)?.output).toBe(5);
  });

  test("of a text is a token a byte, but never more than the model takes", () => {
    const request = asked({ max_tokens: 1, messages: [{ role: "user", content: "日本" }] });
    expect(worstUsage(request, known)?.input).toBe(Buffer.byteLength(request.text));
    expect(worstUsage(asked({ max_tokens: 1, x: "x".repeat(200_000) }), known)?.input).toBe(100_000);
  });

  test("of what only the vendor sees is all that the model takes", () => {
    for (const unseen of [{ file_id: "f" }, { previous_response_id: "r" }, { tools: [{ type: "web_search" }] }]) {
      expect(worstUsage(asked({ max_tokens: 1, ...unseen }), known)?.input).toBe(100_000);
      expect(worstUsage(asked({ max_tokens: 1, ...unseen }), unknown)).toBeUndefined();
    }
    const picture = asked({ max_tokens: 1, image_url: { url: "https://x.example/a.png" } });
    expect(worstUsage(picture, known)?.input).toBe(picture.text.length + 10_000);
  });

  test("holds the dearest writes to the cache, and the tier that is asked for", () => {
    const cached = worstUsage(asked({ max_tokens: 1, cache_control: { type: "ephemeral" } }), known);
    expect(cached?.cache_write_1h).toBe(cached?.input ?? 0);
    expect(worstUsage(asked({ max_tokens: 1, service_tier: "priority" }), known)?.service_tier).toBe("priority");
  });
});
