import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { canonicalJson } from "./canonical-json.ts";

const NONE: ReadonlySet<string> = new Set();
const textOf = (text: string) => canonicalJson(text, NONE)?.text;

const json = fc.jsonValue({ maxDepth: 4 });
const objects = fc.dictionary(fc.string(), json);

/** The same value, its members in another order and white space between its words. */
function shuffled(value: unknown, random: () => number): string {
  const blank = () => " \n\t\r".slice(0, Math.floor(random() * 5));
  if (Array.isArray(value))
    return `[${blank()}${value.map((item) => shuffled(item, random)).join(`${blank()},`)}${blank()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .map(([name, inner]) => ({ place: random(), text: `${JSON.stringify(name)}${blank()}:${shuffled(inner, random)}` }))
    .sort((a, b) => a.place - b.place);
  return `${blank()}{${blank()}${members.map(({ text }) => text).join(`${blank()},${blank()}`)}}`;
}

describe("a canonical text", () => {
  test("does not depend on the order of members or on white space", () => {
    fc.assert(
      fc.property(objects, fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (value, stream) => {
        const random = () => stream.next().value as number;
        expect(textOf(shuffled(value, random))).toBe(textOf(JSON.stringify(value)) ?? "");
      }),
    );
  });

  test("is JSON that says the same", () => {
    fc.assert(
      fc.property(objects, (value) => {
        expect(JSON.parse(textOf(JSON.stringify(value)) ?? "")).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("differs where the values differ", () => {
    fc.assert(
      fc.property(objects, objects, (one, other) => {
        fc.pre(!Bun.deepEquals(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)), true));
        expect(textOf(JSON.stringify(one))).not.toBe(textOf(JSON.stringify(other)));
      }),
    );
  });

  test("keeps what readers of JSON may take differently", () => {
    expect(textOf('{"a":1,"a":2}')).not.toBe(textOf('{"a":2}'));
    expect(textOf('{"a":9007199254740993}')).not.toBe(textOf('{"a":9007199254740992}'));
    expect(textOf('{"a":"\\ud800"}')).not.toBe(textOf('{"a":"\\ufffd"}'));
    expect(textOf('{"a":"x\\\\"}')).toBe('{"a":"x\\\\"}');
  });

  test("keeps the order of arrays", () => {
    expect(textOf('{"a":[1,2]}')).not.toBe(textOf('{"a":[2,1]}'));
  });

  test("leaves out names at the top, once, and nowhere else", () => {
    const leftOut = new Set(["user"]);
    expect(canonicalJson('{"user":"a","x":{"user":"b"}}', leftOut)?.text).toBe('{"x":{"user":"b"}}');
    expect(canonicalJson('{"user":"a","user":"b"}', leftOut)?.text).toBe('{"user":"b"}');
  });

  test("is not made of what is no JSON object, or goes too deep", () => {
    for (const text of ["", "[]", "1", '{"a"', '{"a":', '{"a":[1', '{"a":"b', '{"a" 1}', '{"a":1 "b":2}', "{a:1}"])
      expect(textOf(text)).toBeUndefined();
    expect(textOf(`{"a":${"[".repeat(300)}${"]".repeat(300)}}`)).toBeUndefined();
  });
});
