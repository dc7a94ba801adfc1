import { describe, expect, test } from "bun:test";
import type { CallerRequest, DialectName } from "../../../providers/index.ts";
import { findQuestion } from "./find-question.ts";

function find(body: object | string, more: Partial<CallerRequest> & { scope?: string } = {}) {
  const { scope = "s", ...request } = more;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return findQuestion({
    scope,
    model: "m",
    isStrict: false,
    request: {
      operation: "chat",
      dialect: "openai-chat",
      text,
      model: "m",
      stream: false,
      includeUsage: false,
      ...request,
    },
  });
}

const said = (content: unknown, more: object = {}) => ({ messages: [{ role: "user", content }], ...more });

describe("the question of a request", () => {
  test.each<[DialectName, object]>([
    ["openai-chat", said("why?")],
    [
      "openai-chat",
      said([
        { type: "text", text: "why?" },
        { type: "image_url", image_url: { url: "u" } },
      ]),
    ],
    ["openai-responses", { input: "why?" }],
    ["openai-responses", { input: [{ role: "user", content: [{ type: "input_text", text: "why?" }] }] }],
    ["anthropic-messages", said("why?")],
    ["anthropic-messages", said([{ type: "text", text: "why?", cache_control: { type: "ephemeral" } }])],
    ["gemini", { contents: [{ parts: [{ text: "why?" }] }] }],
    ["bedrock-converse", said([{ text: "why?" }])],
    ["cohere-chat", said("why?")],
    ["ollama-chat", said("why?")],
  ])("is found in %s: %j", (dialect, body) => {
    expect(find(body, { dialect })?.text).toBe("why?");
  });

  test.each([
    [
      "the last message is not the user's",
      {
        messages: [
          { role: "user", content: "a" },
          { role: "assistant", content: "b" },
        ],
      },
    ],
    ["it is a tool's result", { messages: [{ role: "tool", content: "b" }] }],
    [
      "there are several texts",
      said([
        { type: "text", text: "a" },
        { type: "text", text: "b" },
      ]),
    ],
    ["there is none", said([{ type: "image_url", image_url: { url: "u" } }])],
    ["it is empty", said(" ")],
    ["several answers are wanted", said("a", { n: 2 })],
    ["it is no JSON", "{"],
  ])("is not there where %s", (_, body) => {
    expect(find(body)).toBeUndefined();
  });

  test("leaves everything else to be the same, by its hash", () => {
    const groupOf = (...input: Parameters<typeof find>) => find(...input)?.group;
    const group = groupOf(said("a"));
    expect(groupOf(said("b"))).toBe(group as string);
    expect(groupOf('{ "messages" : [ {"content":"c", "role":"user"} ] }')).toBe(group as string);
    const others = [
      groupOf(said("a", { temperature: 1 })),
      groupOf(said("a"), { stream: true }),
      groupOf(said("a"), { scope: "t" }),
      groupOf(said("a"), { dialect: "ollama-chat" }),
      groupOf(said([{ type: "text", text: "a" }])),
      groupOf({
        messages: [
          { role: "system", content: "s" },
          { role: "user", content: "a" },
        ],
      }),
      groupOf({
        messages: [
          { role: "system", content: "t" },
          { role: "user", content: "a" },
        ],
      }),
    ];
    expect(new Set([group, ...others]).size).toBe(others.length + 1);
  });
});
