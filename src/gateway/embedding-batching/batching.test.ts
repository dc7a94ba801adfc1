import { describe, expect, test } from "bun:test";
import { array, assert, integer, property } from "fast-check";
import type { CallerRequest, VendorAnswer } from "../../providers/index.ts";
import { joinRequests, readJoinable } from "./joinable-request.ts";
import { splitWhole } from "./shares.ts";
import { splitAnswer } from "./split-answer.ts";

const requestOf = (body: object): CallerRequest => ({
  operation: "embeddings",
  dialect: "openai-chat",
  text: JSON.stringify({ model: "e", ...body }),
  model: "e",
  stream: false,
  includeUsage: false,
});
const joinable = (body: object) => {
  const read = readJoinable(requestOf(body));
  if (!read) throw new Error("not joinable");
  return read;
};

test("parts are whole, add up, and are never further from their share than one", () => {
  const weights = array(integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 });
  assert(
    property(integer({ min: 0, max: 1_000_000 }), weights, (total, given) => {
      const parts = splitWhole(total, given);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
      const sum = given.reduce((all, each) => all + each, 0);
      for (const [place, part] of parts.entries()) {
        const share = sum === 0 ? total / given.length : (total * (given[place] ?? 0)) / sum;
        expect(Math.abs(part - share)).toBeLessThan(1);
      }
    }),
  );
});

describe("requests", () => {
  test("are joined in order, texts and tokens", () => {
    const all = [joinable({ input: "a" }), joinable({ input: ["b", [1, 2]] }), joinable({ input: [3, 4] })] as const;
    expect(JSON.parse(joinRequests([...all]).text)).toEqual({ model: "e", input: ["a", "b", [1, 2], [3, 4]] });
  });

  test("go together only where all but their texts is the same, however it is written", () => {
    const rest = (body: object) => joinable({ input: "a", ...body }).rest;
    expect(rest({ dimensions: 5, user: "u" })).toBe(rest({ user: "u", dimensions: 5 }));
    expect(rest({ dimensions: 5 })).not.toBe(rest({ dimensions: 6 }));
  });

  test.each([[{ input: [] }], [{ input: {} }], [{ input: [1, "a"] }], [{}]])("of %j go by themselves", (body) =>
    expect(readJoinable(requestOf(body))).toBeUndefined(),
  );
});

describe("an answer", () => {
  const vendorAnswer = (count: number): VendorAnswer => ({
    kind: "whole",
    status: 200,
    headers: { get: () => null, has: () => false },
    mediaType: "application/json",
    text: JSON.stringify({
      object: "list",
      model: "e",
      // In another order than they were asked for.
      data: Array.from({ length: count }, (_, index) => ({ index, embedding: [index] })).toReversed(),
      usage: { prompt_tokens: 101, total_tokens: 101 },
    }),
    facts: {
      response_id: null,
      model: "e",
      finish_reason: null,
      contentEvents: 0,
      usage: { input: 101, output: 0, cache_read: 0, cache_write: 0, reasoning: 0 },
    },
  });
  const all = [joinable({ input: ["aaaa", "bb"] }), joinable({ input: "ccc" })];

  test("is given to each in its part, and shares add up", () => {
    const [one, other] = splitAnswer(vendorAnswer(3), all, { usd_micros: 7, price_version: "p" }) ?? [];
    const vectors = (shared: typeof one) =>
      shared?.answer.kind === "whole" ? JSON.parse(String(shared.answer.text)) : undefined;
    expect(vectors(one)).toMatchObject({
      data: [
        { index: 0, embedding: [0] },
        { index: 1, embedding: [1] },
      ],
      usage: { prompt_tokens: 67, total_tokens: 67 },
    });
    expect(vectors(other)).toMatchObject({ data: [{ index: 0, embedding: [2] }], usage: { prompt_tokens: 34 } });
    expect([one?.share?.cost.usd_micros, other?.share?.cost.usd_micros]).toEqual([5, 2]);
  });

  test("without a vector for each is none", () => {
    expect(splitAnswer(vendorAnswer(2), all, { usd_micros: 7, price_version: "p" })).toBeUndefined();
  });
});
