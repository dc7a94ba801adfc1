// Text from elsewhere never steers the terminal, whichever way it is printed.
import { describe, expect, test } from "bun:test";
import { cleanJson, cleanLine, cleanText } from "./clean-text.ts";

const ATTACKS = {
  "a colour": "\u001b[31mred",
  "a new title": "\u001b]0;owned\u0007",
  "a one-byte escape": "\u009b2J",
  "an overwritten line": "good\rbad!",
  "a rubbed-out letter": "ab\u0008c",
  "a reversed name": "a\u202egpj.exe",
  "a hidden line break": "a\u2028b",
  "a delete": "a\u007fb",
};
const STEERS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

describe("text from elsewhere", () => {
  for (const [name, text] of Object.entries(ATTACKS)) {
    test(`cannot carry ${name}`, () => {
      expect(cleanLine(text)).not.toMatch(STEERS);
      expect(cleanText(text)).not.toMatch(STEERS);
      expect(cleanJson({ [text]: text })).not.toMatch(STEERS);
    });
    test(`is the same again when JSON with ${name} is read back`, () => {
      expect(JSON.parse(cleanJson({ [text]: [text] }, 2))).toEqual({ [text]: [text] });
    });
  }

  test("keeps letters of every script, emoji and spaces", () => {
    const text = "  naïve 日本語 👩‍👩‍👧 é  ";
    expect(cleanLine(text)).toBe(text);
    expect(cleanText(text)).toBe(text);
    expect(cleanJson(text)).toBe(JSON.stringify(text));
  });

  test("becomes one line where one line is wanted, and keeps its lines elsewhere", () => {
    expect(cleanLine("a\r\n\tb")).toBe("a b");
    expect(cleanText("a\r\n\tb")).toBe("a\n\tb");
  });
});
