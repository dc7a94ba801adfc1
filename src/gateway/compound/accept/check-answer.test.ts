import { describe, expect, test } from "bun:test";
import { chatOf } from "../../routing/routing.fixture.ts";
import type { Said } from "../read-said.ts";
import { USUAL_CHECKS, whyUnfit } from "./check-answer.ts";

const said = (more: Partial<Said>): Said => ({
  text: "Fine.",
  refusal: "",
  toolCalls: [],
  finish: "stop",
  logprobs: [],
  ...more,
});

function check(more: Partial<Said>, checks: object = {}, body: object = {}): string | undefined {
  const { request } = chatOf("Hello", { body });
  if (!request) throw new Error("no request");
  return whyUnfit(said(more), { ...USUAL_CHECKS, ...checks }, request);
}

describe("an answer that refuses", () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    "I’m really sorry, I am unable to do this.",
    "Sorry, I cannot do that.",
    "I can't assist with that request.",
    "I cannot provide that.",
    "Unfortunately, I am unable to say.",
    "As an AI language model, I have no opinion.",
  ])("is known by its beginning: %s", (text) => {
    expect(check({ text })).toBe("it refuses");
    expect(check({ text }, { no_refusal: false })).toBeUndefined();
  });

  test.each([
    "I can't think of a better word than this.",
    "Sorry seems to be the hardest word.",
    "He said: I'm sorry, but I can't come.",
    "You are unable to do that because the lock is held.",
  ])("is not one that only speaks of it: %s", (text) => {
    expect(check({ text })).toBeUndefined();
  });

  test("is known by what its vendor says", () => {
    expect(check({ refusal: "No." })).toBe("it refuses");
    expect(check({ finish: "content_filter" })).toBe("it refuses");
  });
});

describe("an end", () => {
  test("that is not its own is not accepted, unless any is", () => {
    expect(check({ finish: "length" })).toBe("it ended with length");
    expect(check({ finish: undefined })).toBe("it does not say how it ended");
    expect(check({ finish: "length" }, { finish: "any" })).toBeUndefined();
    expect(check({ text: "", finish: "tool_calls", toolCalls: [{ name: "f", arguments: "{}" }] })).toBeUndefined();
  });
});

describe("JSON", () => {
  const json = { response_format: { type: "json_object" } };
  test("is looked for where it was asked for, and not in a call of a tool", () => {
    expect(check({ text: "4" }, {}, json)).toBeUndefined();
    expect(check({ text: "four" }, {}, json)).toContain("it is not the JSON that was asked for: it is not JSON");
    expect(check({ text: "four" }, { valid_json: false }, json)).toBeUndefined();
    const schema = { type: "object", properties: { age: { type: "integer", pattern: "(" } }, required: ["age"] };
    const shaped = { response_format: { type: "json_schema", json_schema: { name: "s", schema } } };
    expect(check({ text: '{"age":4}' }, {}, shaped)).toBeUndefined();
    expect(check({ text: '{"age":"four"}' }, {}, shaped)).toContain("age");
    const wrong = { response_format: { type: "json_schema", json_schema: { name: "s", schema: { $ref: "#/none" } } } };
    expect(check({ text: "{}" }, {}, wrong)).toContain("$ref");
    const calling = { text: "", finish: "tool_calls" as const, toolCalls: [{ name: "f", arguments: "{}" }] };
    expect(check(calling, {}, json)).toBeUndefined();
  });
});

test("log probabilities count by their mean", () => {
  const least = { min_mean_logprob: -1 };
  expect(check({ logprobs: [-0.5, -1.5] }, least)).toBeUndefined();
  expect(check({ logprobs: [-0.5, -1.6] }, least)).toBe("the mean of its log probabilities is -1.050, below -1");
  expect(check({}, least)).toBe("it came without log probabilities");
});
