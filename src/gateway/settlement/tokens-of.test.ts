// What a stream took that broke before its vendor had counted.
import { expect, test } from "bun:test";
import { usageSoFar } from "./tokens-of.ts";

const usage = { input: 100, output: 1, cache_read: 0, cache_write: 0, reasoning: 0 };
const facts = { response_id: null, model: null, finish_reason: null, usage, contentEvents: 50 };

test("the output is what came, where the vendor only said at the beginning what went in", () => {
  expect(usageSoFar(facts)?.output).toBe(50);
  expect(usageSoFar({ ...facts, finish_reason: "end_turn" })?.output).toBe(1);
  expect(usageSoFar({ ...facts, usage: { ...usage, output: 60 } })?.output).toBe(60);
  expect(usageSoFar({ ...facts, usage: undefined })).toBeUndefined();
});
