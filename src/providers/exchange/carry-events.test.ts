// What a vendor says beyond the canonical model stays with its own dialect, and is told of.
import { expect, test } from "bun:test";
import type { Dropped } from "../formats/dialect.ts";
import { carryEvent } from "./carry-events.ts";

test("a vendor's own words are taken out of an answer, and each is named once", () => {
  const told: Dropped[] = [];
  const start = { type: "start", id: "1", model: "m", created_s: 0, extra: { container: "c" } } as const;
  expect(carryEvent(start, { from: "anthropic-messages", told })).toEqual({
    type: "start",
    id: "1",
    model: "m",
    created_s: 0,
  });
  const more = { type: "extra", choice: 0, place: "answer", extra: { container: "c", caller: "x" } } as const;
  expect(carryEvent(more, { from: "anthropic-messages", told })).toBeUndefined();
  expect(told.map(({ what }) => what)).toEqual(["answer.container", "answer.caller"]);
});

test("the mark of the machines that answered is left out without a word", () => {
  const told: Dropped[] = [];
  const start = { type: "start", id: "1", model: "m", created_s: 0, extra: { system_fingerprint: "fp" } } as const;
  expect(carryEvent(start, { from: "openai-chat", told })).not.toHaveProperty("extra");
  expect(told).toEqual([]);
});

test("what every dialect can say goes on as it is", () => {
  const told: Dropped[] = [];
  const text = { type: "text", choice: 0, text: "Hello" } as const;
  expect(carryEvent(text, { from: "anthropic-messages", told })).toBe(text);
  expect(told).toEqual([]);
});
