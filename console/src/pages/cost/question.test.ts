// What stands in an address is what the API is asked.
import { expect, test } from "bun:test";
import { stretchOf, whereOf } from "./question.ts";

const now = Date.UTC(2026, 0, 15, 12);

test("this month and the last are those of UTC, also over the turn of the year", () => {
  expect(stretchOf({}, now)).toEqual({ since_ms: Date.UTC(2026, 0, 1), until_ms: now });
  expect(stretchOf({ range: "last-month" }, now)).toEqual({
    since_ms: Date.UTC(2025, 11, 1),
    until_ms: Date.UTC(2026, 0, 1),
  });
  expect(stretchOf({ range: "24h" }, now).since_ms).toBe(now - 86_400_000);
});

test("having none is asked for by nothing", () => {
  expect(whereOf({ team: "(none)", model: "fast" })).toEqual({ team: "", model: "fast" });
});
