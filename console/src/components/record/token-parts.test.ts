import { expect, test } from "bun:test";
import { tokenParts } from "./token-parts.ts";

test("counts no token twice", () => {
  const parts = tokenParts({ input: 100, cache_read: 60, cache_write: 10, output: 50, reasoning: 20 });
  expect(parts.map(({ count }) => count)).toEqual([30, 60, 10, 30, 20]);
});

test("has no part below nothing", () => {
  const parts = tokenParts({ input: 5, cache_read: 60, cache_write: 0, output: 0, reasoning: 7 });
  expect(parts.map(({ count }) => count)).toEqual([0, 60, 0, 0, 7]);
});
