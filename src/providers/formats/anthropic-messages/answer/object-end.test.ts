import { describe, expect, test } from "bun:test";
import { createObjectEnd } from "./object-end.ts";

describe("the end of an object is where JSON has it", () => {
  const objects = [{}, { a: { b: {} } }, { "}": "{", c: '"}' }, { a: "\\" }, { a: '\\"}' }, { a: [{ b: "\\\\" }] }];
  test.each(objects.map((each) => JSON.stringify(each)))("%s", (text) => {
    const whole = createObjectEnd();
    expect(whole.isReached(text)).toBe(true);
    const pieces = createObjectEnd();
    for (let length = 0; length < text.length; length += 1) expect(pieces.isReached(text.slice(0, length))).toBe(false);
    expect(pieces.isReached(text)).toBe(true);
  });
});
