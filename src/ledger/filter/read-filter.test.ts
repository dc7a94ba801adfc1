import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { isAppError } from "../../kernel/index.ts";
import { filterFieldNames, filterFields, filterOperators } from "./contract.ts";
import type { FilterBounds } from "./filter.ts";
import { filters } from "./filter.fixture.ts";
import { readFilter } from "./read-filter.ts";
import { writeFilter } from "./write-filter.ts";

const bounds: FilterBounds = { length_max: 2000, depth_max: 20, terms_max: 50 };
const read = (source: string) => readFilter(source, bounds);

function refusal(source: string): string {
  try {
    read(source);
  } catch (error) {
    if (isAppError(error)) return `${error.code} ${error.message} ${error.fix}`;
    throw error;
  }
  return "";
}

/** Both are read to the same. */
function expectSame(source: string, other: string): void {
  expect(writeFilter(read(source))).toBe(writeFilter(read(other)));
}

describe("a filter is read as it is meant", () => {
  test("with the example of the design", () => {
    expect(read('model:gpt-4o* AND cost:>0.01 AND NOT outcome:ok "some text"')).toEqual({
      type: "all",
      parts: [
        {
          type: "field",
          field: "model",
          path: undefined,
          test: { is: "like", pattern: { text: "gpt-4o*", wildcards: [6] } },
        },
        {
          type: "field",
          field: "cost",
          path: undefined,
          test: { is: "between", from: { value: 10_000, isIncluded: false } },
        },
        { type: "not", part: { type: "field", field: "outcome", path: undefined, test: { is: "equal", to: "ok" } } },
        { type: "text", words: "some text", isPrefix: false },
      ],
    });
  });

  test("with AND before OR, and a blank as AND", () => {
    expectSame("a OR b c", "a OR (b AND c)");
    expectSame("a b OR c", "(a AND b) OR c");
    expectSame("a || b && !c", "a OR (b AND NOT c)");
    expectSame("-kind:call x", "(NOT kind:call) AND x");
  });

  test("with lists, in which a comma is OR", () => {
    expectSame("model:(gpt-4o, o3 OR o4)", "model:gpt-4o OR model:o3 OR model:o4");
    expectSame("tag:(a AND NOT b*)", "tag:a AND NOT tag:b*");
    expectSame("cost:(<0.1, >5)", "cost:<0.1 OR cost:>5");
  });

  test("with names that have slashes, colons, dots and digits", () => {
    for (const text of ["openai/gpt-4o", "gpt-4o:free", "4.10", "00123", "ann@example.com", "é", "a,b", "-1"])
      expect(read(`model:${text}`)).toMatchObject({ test: { is: "equal", to: text } });
    expect(read(String.raw`name:"what? \"this\"\\"`)).toMatchObject({
      test: { is: "equal", to: String.raw`what? "this"\ `.trim() },
    });
  });

  test("with units where a field has them", () => {
    expect(read("duration:>2s")).toMatchObject({ test: { from: { value: 2000, isIncluded: false } } });
    expect(read("duration:{300ms TO *]")).toMatchObject({ test: { from: { value: 300, isIncluded: false } } });
    expect(read("first_token:<=1.5m")).toMatchObject({ test: { to: { value: 90_000, isIncluded: true } } });
    expect(read("cost:0.07")).toMatchObject({ test: { from: { value: 70_000 }, to: { value: 70_000 } } });
  });

  test("with ids in either way of writing", () => {
    const to = "0af76519-16cd-43dd-8448-eb211c80319c";
    expect(read("trace:0AF7651916cd43dd8448eb211c80319c")).toMatchObject({ test: { is: "equal", to } });
    expect(read(`trace:${to}`)).toMatchObject({ test: { is: "equal", to } });
  });

  test("and nothing is everything", () => {
    expect(read(" \n ")).toEqual({ type: "all", parts: [] });
  });

  test("in each example of the reference", () => {
    for (const { example } of [...Object.values(filterFields), ...filterOperators]) expect(refusal(example)).toBe("");
  });
});

describe("a filter that cannot be read", () => {
  test("says where and why", () => {
    expect(refusal("kind:call AND OR")).toContain("character 15 (OR): write OR in capitals between two terms");
    expect(refusal("kind:call and own:true")).toContain("character 11 (and own:true): write AND in capitals");
    expect(refusal("(kind:call")).toContain("character 1 ((kind:call): this bracket is not closed");
    expect(refusal("kind:call)")).toContain("character 10 ()): this closes what was not opened");
    expect(refusal('"endless')).toContain("this quotation has no end");
    expect(refusal("kind: call")).toContain("character 6 ( call): a value is missing here");
    expect(refusal("cost:[1 5]")).toContain("a range says TO between its ends");
    expect(refusal("cost:cheap")).toContain("character 6 (cheap): it is a number");
    expect(refusal("duration:>2 parsecs AND")).toContain("a value is missing at its end");
    expect(refusal("model:>5")).toContain("this field is text");
    expect(refusal("own:maybe")).toContain("it is true or false");
    expect(refusal("trace:abc")).toContain("it is a UUID, or 32 hex digits");
    expect(refusal("model:(a b)")).toContain("say OR or AND between the values of a list");
    expect(refusal("*")).toContain("no letter or digit");
    expect(refusal("model:a*b*c*d*e*f*")).toContain("at most 5 wildcards");
  });

  test("names the nearest field, and all of them", () => {
    expect(refusal("modle:x")).toMatch(
      /unknown_filter_field .*"modle" at character 1.*Did you mean model\?.*kind, own/,
    );
    expect(refusal("http://x")).toContain("Text with a colon in it needs quotes");
    expect(refusal("attribute:5")).toContain("Did you mean attribute.…?");
    for (const name of filterFieldNames) expect(refusal("no_such_field:1")).toContain(name);
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty.x"])
      expect(refusal(`${name}:1`)).toContain("ledger.unknown_filter_field");
  });

  test("is bounded in length, depth and number of terms", () => {
    expect(refusal("a".repeat(2001))).toContain("at most 2000 are read");
    expect(refusal(`${"(".repeat(21)}a${")".repeat(21)}`)).toContain("at most 20 brackets");
    expect(refusal(`${"NOT ".repeat(21)}a`)).toContain("at most 20 brackets");
    expect(refusal(`model:${"(".repeat(500)}a`)).toContain("at most 20 brackets");
    expect(refusal("a ".repeat(51))).toContain("more than 50 terms");
    expect(refusal(`model:(${"a, ".repeat(50)}a)`)).toContain("more than 50 terms");
    expect(refusal(`${"(".repeat(20)}a${")".repeat(20)}`)).toBe("");
  });

  test("is refused whatever it is, and never with anything but an error of ours", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (source) => void refusal(source)),
      { numRuns: 2000 },
    );
    const pieces = fc.constantFrom(
      "(",
      ")",
      "model:",
      "cost:",
      "tag:",
      "[",
      "{",
      " TO ",
      "]",
      "*",
      '"',
      "\\",
      " ",
      ",",
      "AND",
      " OR ",
      "NOT ",
      "-",
      ">",
      "=",
      "5",
      "\0",
      "\ud800",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => void refusal(parts.join(""))),
      { numRuns: 5000 },
    );
  });
});

test("what is written of a filter is read to the same filter", () => {
  fc.assert(
    fc.property(filters, (filter) => expect(read(writeFilter(filter))).toEqual(filter)),
    { numRuns: 2000 },
  );
});
