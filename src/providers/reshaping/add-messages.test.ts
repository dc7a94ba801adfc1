import { describe, expect, test } from "bun:test";
import type { DialectName, Message } from "../contract.ts";
import { type CallerRequest, readRequest } from "../exchange/caller-request.ts";
import { dialectNames } from "../formats/dialects.ts";
import { type AddedParameters, addMessages } from "./add-messages.ts";

const bodies: Record<DialectName, object> = {
  "openai-chat": { model: "m", messages: [{ role: "user", content: "own" }] },
  "openai-responses": { model: "m", input: "own" },
  "anthropic-messages": { model: "m", max_tokens: 9, system: "be kind", messages: [{ role: "user", content: "own" }] },
  "cohere-chat": { model: "m", messages: [{ role: "user", content: "own" }] },
  "ollama-chat": { model: "m", messages: [{ role: "user", content: "own" }] },
  gemini: { system_instruction: { parts: [{ text: "be kind" }] }, contents: [{ parts: [{ text: "own" }] }] },
  "bedrock-converse": { messages: [{ role: "user", content: [{ text: "own" }] }] },
};

const requestIn = (dialect: DialectName, body: object = bodies[dialect]): CallerRequest => ({
  operation: "chat",
  dialect,
  text: JSON.stringify(body),
  model: "m",
  stream: false,
  includeUsage: false,
});
const said = (role: Message["role"], text: string): Message => ({ role, parts: [{ type: "text", text }] });
const before = (dialect: DialectName, messages: Message[], parameters: AddedParameters = {}) =>
  addMessages(requestIn(dialect), { messages, parameters, place: "before" });
const textsIn = (request: CallerRequest) =>
  readRequest(request).messages.flatMap(({ parts }) => parts.map((part) => ("text" in part ? part.text : "?")));

describe.each(dialectNames)("in %s", (dialect) => {
  test("messages stand before the call's own, the system's first of all", () => {
    const { request } = before(dialect, [said("system", "frame"), said("user", "hello"), said("assistant", "yes?")]);
    const texts = textsIn(request).join("|");
    expect(texts.replace("frame\n\nbe kind", "frame|be kind")).toBe(
      JSON.stringify(bodies[dialect]).includes("be kind") ? "frame|be kind|hello|yes?|own" : "frame|hello|yes?|own",
    );
  });

  test("messages stand after them", () => {
    const { request } = addMessages(requestIn(dialect), {
      messages: [said("assistant", "wrong"), said("user", "again")],
      place: "after",
    });
    expect(textsIn(request).slice(-3)).toEqual(["own", "wrong", "again"]);
  });

  test("parameters are said where the call does not say them", () => {
    const { request } = before(dialect, [], { temperature: 0.5, max_output_tokens: 77 });
    const read = readRequest(request);
    expect(read.temperature).toBe(0.5);
    expect(read.max_output_tokens).toBe(dialect === "anthropic-messages" ? 9 : 77);
  });
});

test("a turn that meets one of the same role becomes one with it where turns must take turns", () => {
  const { request } = before("bedrock-converse", [said("user", "first")]);
  expect(JSON.parse(request.text).messages).toEqual([{ role: "user", content: [{ text: "first" }, { text: "own" }] }]);
});

test("the call's own word wins, also by its older name", () => {
  const own = requestIn("openai-chat", { ...bodies["openai-chat"], max_tokens: 5, temperature: 1 });
  const parameters = { temperature: 0, max_output_tokens: 77 };
  const { text } = addMessages(own, { messages: [], parameters, place: "before" }).request;
  expect(JSON.parse(text)).toEqual({ ...bodies["openai-chat"], max_tokens: 5, temperature: 1 });
});

test("what the dialect has no word for is named", () => {
  expect(before("anthropic-messages", [], { seed: 1 }).dropped).toMatchObject([{ what: "seed" }]);
});
