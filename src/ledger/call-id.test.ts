import { expect, test } from "bun:test";
import { callIdAt, spanIdOf, startOfCallId, traceIdOf } from "./call-id.ts";

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id tells when its call started, however many start in one millisecond", () => {
  const startedAtMs = 1_790_000_000_123;
  const ids = Array.from({ length: 10_000 }, () => callIdAt(startedAtMs));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(id).toMatch(UUID_V7);
    expect(startOfCallId(id)).toBe(startedAtMs);
  }
});

test("ids sort by time", () => {
  const ids = [0, 1, 255, 256, 1_700_000_000_000, 1_700_000_000_001, 2 ** 41].map(callIdAt);
  expect(ids.toSorted()).toEqual(ids);
});

test("trace and span ids have the form of W3C's", () => {
  const id = callIdAt(1_790_000_000_123);
  expect(traceIdOf(id)).toMatch(/^[0-9a-f]{32}$/);
  expect(spanIdOf(id)).toMatch(/^[0-9a-f]{16}$/);
  expect(traceIdOf(id)).toBe(id.replaceAll("-", ""));
});

test("what is no id of a call has no start", () => {
  const id = callIdAt(1_790_000_000_123);
  for (const text of [
    "",
    "x",
    id.toUpperCase(),
    `${id} `,
    id.replace("-7", "-4"),
    "'; drop table ledger_records",
    "\0",
  ])
    expect(startOfCallId(text)).toBeUndefined();
});
