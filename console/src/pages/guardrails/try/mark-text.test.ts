import { expect, test } from "bun:test";
import { markText } from "./mark-text.ts";

const found = (name: string, start: number, end: number) => ({ name, start, end });
const sketch = (text: string, findings: ReturnType<typeof found>[]) =>
  markText(text, findings).map((stretch) => [stretch.text, stretch.findings.map(({ name }) => name).join("+")]);

test("cuts a text where findings begin and end, and loses nothing of it", () => {
  expect(sketch("to ada@x.y now", [found("email", 3, 10)])).toEqual([
    ["to ", ""],
    ["ada@x.y", "email"],
    [" now", ""],
  ]);
  expect(sketch("plain", [])).toEqual([["plain", ""]]);
  expect(sketch("", [])).toEqual([]);
});

test("gives a stretch that several found all of them", () => {
  expect(sketch("abcdef", [found("a", 0, 4), found("b", 2, 6)])).toEqual([
    ["ab", "a"],
    ["cd", "a+b"],
    ["ef", "b"],
  ]);
});

test("keeps places beyond the text within it", () => {
  expect(sketch("abc", [found("whole", -5, 99)])).toEqual([["abc", "whole"]]);
});
