import { describe, expect, test } from "bun:test";
import { misfit } from "./fits-schema.ts";

const person = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1 },
    age: { type: ["integer", "null"], minimum: 0 },
    kind: { enum: ["a", "b"] },
    children: { type: "array", items: { $ref: "#" }, maxItems: 2 },
    pet: { anyOf: [{ $ref: "#/$defs/cat" }, { type: "null" }] },
  },
  required: ["name"],
  additionalProperties: false,
  $defs: { cat: { type: "object", properties: { lives: { const: 9 } }, required: ["lives"] } },
};

describe("a value", () => {
  test.each([
    [{ name: "Ada" }],
    [{ name: "Ada", age: null, kind: "b", pet: { lives: 9 } }],
    [{ name: "Ada", age: 3, children: [{ name: "B", children: [] }], pet: null }],
  ])("fits: %p", (value) => {
    expect(misfit(value, person)).toBeUndefined();
  });

  test.each<[unknown, string]>([
    [[], "$ is not object"],
    [{}, "$.name is missing"],
    [{ name: "" }, "$.name is too small or short"],
    [{ name: "Ada", age: 1.5 }, "$.age is not integer or null"],
    [{ name: "Ada", age: -1 }, "$.age is too small or short"],
    [{ name: "Ada", kind: "c" }, "$.kind is none of what it may be"],
    [{ name: "Ada", more: 1 }, "$.more must not be there"],
    [{ name: "Ada", children: [{}] }, "$.children[0].name is missing"],
    [{ name: "Ada", children: [1, 2, 3] }, "$.children is too large or long"],
    [{ name: "Ada", pet: { lives: 8 } }, "$.pet fits none of its choices"],
  ])("does not fit: %p, %p", (value, why) => {
    expect(misfit(value, person)).toBe(why);
  });

  test("is held against all, and against exactly one", () => {
    expect(misfit(3, { allOf: [{ minimum: 1 }, { maximum: 2 }] })).toBe("$ is too large or long");
    expect(misfit(3, { oneOf: [{ type: "number" }, { type: "integer" }] })).toBe("$ fits more than one of its choices");
    expect(misfit([1, "x"], { prefixItems: [{ type: "number" }], items: { type: "number" } })).toBe(
      "$[1] is not number",
    );
  });
});

describe("a schema that a caller made to take long", () => {
  test("is given up after so many steps", () => {
    const $defs: Record<string, unknown> = { d40: { type: "string" } };
    for (let level = 0; level < 40; level += 1) {
      const next = { $ref: `#/$defs/d${level + 1}` };
      $defs[`d${level}`] = { anyOf: [next, next] };
    }
    expect(misfit(1, { $ref: "#/$defs/d0", $defs })).toBeDefined();
  });

  test("and one that goes in a circle, or nowhere, says so", () => {
    expect(misfit(1, { $ref: "#" })).toBe("it takes too long to check");
    expect(misfit(1, { $ref: "#/none" })).toBe("#/none is not in the schema");
    expect(misfit(1, { $ref: "https://example.com/x" })).toContain("is not in the schema");
  });
});
