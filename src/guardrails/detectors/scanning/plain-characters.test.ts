import { expect, test } from "bun:test";
import { plainTextOf } from "./plain-characters.ts";

test("text without odd characters stays as it is", () => {
  expect(plainTextOf("Grüße — “ja”, 好")).toEqual({ text: "Grüße — “ja”, 好" });
});

test("every character of the plain text knows where it stood", () => {
  const given = "a\u200bb４2\u00a0c\u{1d400}d😀e\u00ad";
  const { text, origin } = plainTextOf(given);
  expect(text).toBe("ab42 cAd😀e");
  expect([...(origin ?? [])]).toEqual([0, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, given.length]);
});
