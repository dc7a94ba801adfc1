// Names with `*` in them.
import { expect, test } from "bun:test";
import { createNameMatch } from "./matches-name.ts";

test.each([
  ["a", "a", true],
  ["a", "ab", false],
  ["*", "", true],
  ["*", "anything", true],
  ["a*", "ab", true],
  ["*b", "ab", true],
  ["a*b", "ab", true],
  ["a*b", "a", false],
  ["ab*b", "ab", false],
  ["a*a*a", "aa", false],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "acb", false],
  ["*b*", "abc", true],
  ["", "", true],
  ["a.c", "abc", false],
])("%p fits %p: %p", (pattern, name, fits) => {
  expect(createNameMatch(pattern)(name)).toBe(fits);
});

test("a pattern of many stars comes to an end over a long name", () => {
  const matches = createNameMatch(`${"a*".repeat(1000)}b`);
  expect(matches("a".repeat(1_000_000))).toBe(false);
  expect(matches(`${"a".repeat(1_000_000)}b`)).toBe(true);
});
