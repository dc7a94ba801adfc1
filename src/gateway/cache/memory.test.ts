import { expect, test } from "bun:test";
import { cacheConfigSchema } from "./config.ts";
import { type AnswerFigures, isWorthKeeping, sizeOf } from "./kept-answer.ts";
import { createMemory } from "./memory.ts";
import { keptAnswer, keyFrom } from "./kept-answer.fixture.ts";

const memoryOf = (config: object) => createMemory(cacheConfigSchema.parse(config));
const kept = (number: number, more = {}) => keptAnswer({ key: keyFrom(number), ...more });

test("memory holds no more bytes than it may; those used least lately go first", () => {
  const each = sizeOf(kept(1));
  const memory = memoryOf({ memory_bytes_max: 2 * each });
  for (const number of [1, 2]) memory.put(kept(number));
  memory.get(keyFrom(1), 0);
  memory.put(kept(3));
  expect([1, 2, 3].map((number) => memory.get(keyFrom(number), 0) !== undefined)).toEqual([true, false, true]);
  expect(memory).toMatchObject({ entries: 2, bytes: 2 * each });
  memory.put(kept(4, { body: "x".repeat(2 * each) }));
  expect(memory.get(keyFrom(4), 0)).toBeUndefined();
});

test("what is over its time is forgotten when it is asked for", () => {
  const memory = memoryOf({});
  memory.put(kept(1, { expiresAtMs: 100 }));
  expect(memory.get(keyFrom(1), 99)).toBeDefined();
  expect(memory.get(keyFrom(1), 100)).toBeUndefined();
  expect(memory.entries).toBe(0);
});

test("what is meant is purged, and counted", () => {
  const memory = memoryOf({});
  for (const number of [1, 2, 3]) memory.put(kept(number));
  expect(memory.purge(({ key }) => key !== keyFrom(2))).toBe(2);
  expect(memory.entries).toBe(1);
});

test("without room there is no memory", () => {
  const memory = memoryOf({ memory_bytes_max: 0 });
  memory.put(kept(1));
  expect(memory.get(keyFrom(1), 0)).toBeUndefined();
});

const { figures } = kept(1);
const ended = (finish_reason: string | null, more: Partial<AnswerFigures> = {}): AnswerFigures => ({
  ...figures,
  answer: { ...figures.answer, finish_reason },
  ...more,
});

test.each(["stop", "end_turn", "tool_use", "tool_calls", "COMPLETE", "STOP", "completed"])(
  "an answer that ended with %s is kept",
  (reason) => {
    expect(isWorthKeeping(ended(reason), "chat", "{}")).toBe(true);
  },
);

test.each([
  "length",
  "max_tokens",
  "MAX_TOKENS",
  "content_filter",
  "refusal",
  "SAFETY",
  "pause_turn",
  "anything",
  null,
])("an answer that ended with %p is not", (reason) => {
  expect(isWorthKeeping(ended(reason), "chat", "{}")).toBe(false);
});

test("a refusal in words of its own is not kept, whole or in a stream; a text that quotes one is", () => {
  expect(isWorthKeeping(ended("stop"), "chat", '{"refusal":"No."}')).toBe(false);
  expect(isWorthKeeping(ended("completed"), "chat", Buffer.from('data: {"type": "refusal"}'))).toBe(false);
  expect(isWorthKeeping(ended("stop"), "chat", JSON.stringify({ content: '{"refusal":"No."}', refusal: null }))).toBe(
    true,
  );
});

test("other answers need no end, but have to be answers", () => {
  expect(isWorthKeeping(ended(null), "embeddings", "{}")).toBe(true);
  expect(isWorthKeeping(ended(null, { status: 202 }), "embeddings", "{}")).toBe(false);
});
