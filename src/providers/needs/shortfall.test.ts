// What a request needs that a model has not: known in any dialect, and never guessed from words alone.
import { describe, expect, test } from "bun:test";
import type { DialectName } from "../contract.ts";
import type { CallerRequest } from "../exchange/caller-request.ts";
import { type Abilities, shortfallOf } from "./shortfall.ts";

function asked(dialect: DialectName, body: object, more: Partial<CallerRequest> = {}): CallerRequest {
  const text = JSON.stringify({ model: "m", ...body });
  return { operation: "chat", dialect, text, model: "m", stream: false, includeUsage: false, ...more };
}

const can = (...capabilities: string[]): Abilities => ({
  context_tokens: null,
  output_tokens_max: null,
  capabilities,
  isDeclared: false,
});
const room = (context_tokens: number): Abilities => ({
  context_tokens,
  output_tokens_max: null,
  capabilities: [],
  isDeclared: true,
});
const chat = (content: unknown, more: object = {}) =>
  asked("openai-chat", { messages: [{ role: "user", content }], ...more });

const PIXEL = "data:image/png;base64,iVBORw0KGgo=";
const pictures: [DialectName, CallerRequest][] = [
  ["openai-chat", chat([{ type: "image_url", image_url: { url: PIXEL } }])],
  [
    "openai-responses",
    asked("openai-responses", { input: [{ role: "user", content: [{ type: "input_image", image_url: PIXEL }] }] }),
  ],
  [
    "anthropic-messages",
    asked("anthropic-messages", {
      max_tokens: 1,
      messages: [
        { role: "user", content: [{ type: "image", source: { type: "url", url: "https://x.example/a.png" } }] },
      ],
    }),
  ],
  [
    "gemini",
    asked("gemini", { contents: [{ parts: [{ inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } }] }] }),
  ],
];

describe("a model that takes no pictures", () => {
  test.each(pictures)("is known not to serve one in %s", (_, request) => {
    expect(shortfallOf(request, can("tools"))).toEqual({ why: "takes no pictures", isCertain: false });
    expect(shortfallOf(request, can("vision"))).toBeUndefined();
    expect(shortfallOf(request, can())).toBeUndefined();
  });

  test("serves talk about pictures", () => {
    expect(shortfallOf(chat("Describe an image_url in JSON."), can("tools"))).toBeUndefined();
  });
});

describe("a model that calls no tools", () => {
  const tools = [{ type: "function", function: { name: "add", parameters: {} } }];

  test("is known not to serve a request with some", () => {
    expect(shortfallOf(chat("1 + 1?", { tools }), can("vision"))).toEqual({ why: "calls no tools", isCertain: false });
  });

  test("serves one that may not use them", () => {
    expect(shortfallOf(chat("1 + 1?", { tools, tool_choice: "none" }), can("vision"))).toBeUndefined();
  });
});

describe("a model with little room", () => {
  const words = (count: number) => chat("word ".repeat(count));

  test("is known not to take what is surely too long, and the operator's word makes that certain", () => {
    expect(shortfallOf(words(4000), room(1000))).toMatchObject({ isCertain: true });
    expect(shortfallOf(words(4000), room(1000))?.why).toStartWith("has room for 1000 tokens, and these are about");
  });

  test("is given what may just fit", () => {
    expect(shortfallOf(words(1100), room(1000))).toBeUndefined();
    expect(shortfallOf(words(10), room(1000))).toBeUndefined();
  });
});

test("what is no chat, or no valid one, is left to others", () => {
  expect(shortfallOf(chat(1, { tools: "x" }), can("vision"))).toBeUndefined();
  expect(shortfallOf({ ...chat("x".repeat(10_000)), operation: "embeddings" }, room(1))).toBeUndefined();
});
