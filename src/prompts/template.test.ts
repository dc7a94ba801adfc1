import { describe, expect, test } from "bun:test";
import { array, assert, property, string, tuple } from "fast-check";
import { fillTemplate, parseTemplate } from "./template.ts";

const fill = (text: string, values: Record<string, string>) =>
  fillTemplate(parseTemplate(text), new Map(Object.entries(values)));

describe("a template", () => {
  test("is its text with each variable's value, spaces within the braces or not", () => {
    expect(fill("Dear {{name}}, {{ greeting }}! {{name}}.", { name: "Ada", greeting: "ahoy" })).toBe(
      "Dear Ada, ahoy! Ada.",
    );
  });

  test("escapes nothing, and reads no value as a template again", () => {
    expect(fill("{{a}}|{{b}}", { a: "<b>&'\" $& $1", b: "{{a}}" })).toBe("<b>&'\" $& $1|{{a}}");
  });

  test("leaves JSON and single braces as they are", () => {
    const text = '{"a":{"b":{}}} {x} }}';
    expect(fill(text, {})).toBe(text);
  });

  test.each(["{{#if}}", "{{> part}}", "{{{raw}}}", "{{a.b}}", "{{", "{{1st}}", "{{a b}}"])(
    "with %p is refused: there is no logic",
    (text) => expect(() => parseTemplate(`say ${text} now`)).toThrow("is no variable"),
  );

  test("holds any texts around any values, character by character", () => {
    const plain = string().map((text) => text.replaceAll("{", "("));
    assert(
      property(array(tuple(plain, string()), { maxLength: 5 }), plain, (pairs, end) => {
        const text = pairs.map(([before], place) => `${before}{{v${place}}}`).join("") + end;
        const values = Object.fromEntries(pairs.map(([, value], place) => [`v${place}`, value]));
        expect(fill(text, values)).toBe(pairs.map(([before, value]) => before + value).join("") + end);
      }),
    );
  });
});
