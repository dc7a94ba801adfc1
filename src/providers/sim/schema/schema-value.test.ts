// The judge here is zod's own reading of JSON schema, which shares nothing with the generator.
import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { readPromptFacts } from "../answers/prompt-facts.ts";
import type { JsonSchema } from "./resolve-schema.ts";
import { createValueSource, valueForSchema } from "./schema-value.ts";
import { createSeeded } from "../answers/seeded.ts";

function valueFor(schema: JsonSchema, seed = 1, prompt = "Add 2 and 30 for Paris, please, in celsius"): unknown {
  const messages = [{ role: "user" as const, parts: [{ type: "text" as const, text: prompt }] }];
  const facts = readPromptFacts({ model: "sim-small", dialect: "openai-chat", messages, stream: false });
  return valueForSchema(schema, createValueSource(facts, createSeeded(seed)));
}

function expectValid(schema: JsonSchema): void {
  const judge = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  for (let seed = 1; seed <= 50; seed += 1) {
    const value = valueFor(schema, seed);
    const verdict = judge.safeParse(JSON.parse(JSON.stringify(value)));
    expect({ seed, value, error: verdict.error?.message }).toEqual({ seed, value, error: undefined });
  }
}

const written: Record<string, JsonSchema> = {
  "bounds on numbers": {
    type: "object",
    required: ["age", "share", "even", "tenth", "tiny", "negative"],
    additionalProperties: false,
    properties: {
      age: { type: "integer", minimum: 18, maximum: 21 },
      share: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
      even: { type: "integer", multipleOf: 2, exclusiveMinimum: 4, exclusiveMaximum: 8 },
      tenth: { type: "number", multipleOf: 0.1, minimum: 0.25, maximum: 0.35 },
      tiny: { type: "number", minimum: 0.0001, maximum: 0.0002 },
      negative: { type: "integer", maximum: -5 },
    },
  },
  "lengths of strings and arrays": {
    type: "object",
    required: ["code", "essay", "tags", "set", "none"],
    properties: {
      code: { type: "string", minLength: 3, maxLength: 3 },
      essay: { type: "string", minLength: 300 },
      tags: { type: "array", items: { type: "string" }, minItems: 4, maxItems: 5 },
      set: { type: "array", items: { enum: [1, 2, 3, 4] }, minItems: 4, uniqueItems: true },
      none: { type: "array", items: { type: "string" }, maxItems: 0 },
    },
  },
  "patterns without look-around": {
    type: "object",
    required: ["plate", "slug", "hex", "any", "name", "either"],
    properties: {
      plate: { type: "string", pattern: "^[A-Z]{2}-\\d{3,4}$" },
      slug: { type: "string", pattern: "^[a-z0-9]+(?:-[a-z0-9]+)*$", minLength: 8, maxLength: 40 },
      hex: { type: "string", pattern: "^#(?:[0-9a-fA-F]{3}){1,2}$" },
      any: { type: "string", pattern: "^v\\d+\\.\\d+(\\.x)?$" },
      name: { type: "string", pattern: "^[^\\s\\d][^0-9]*\\w$" },
      either: { type: "string", pattern: "^(?<kind>cat|dog|\\u0062ird)\\.(\\x61|[\\-z])$" },
    },
  },
  "references and recursion": {
    type: "object",
    required: ["tree", "list"],
    properties: { tree: { $ref: "#/$defs/tree" }, list: { $ref: "#/$defs/link" } },
    $defs: {
      tree: {
        type: "object",
        required: ["name", "children"],
        properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/tree" } } },
      },
      link: {
        type: "object",
        required: ["value", "next"],
        properties: { value: { type: "integer" }, next: { anyOf: [{ $ref: "#/$defs/link" }, { type: "null" }] } },
      },
    },
  },
  "allOf with tighter bounds": {
    allOf: [
      { type: "object", required: ["a"], properties: { a: { type: "integer", minimum: 5 } } },
      { type: "object", required: ["b"], properties: { a: { type: "integer", maximum: 6 }, b: { const: "fixed" } } },
    ],
  },
};

describe("a value for a schema validates", () => {
  for (const [name, schema] of Object.entries(written)) test(`with ${name}`, () => expectValid(schema));

  test("with all that zod itself writes as JSON schema", () => {
    const shape = z.object({
      email: z.email(),
      id: z.uuid(),
      at: z.iso.datetime(),
      day: z.iso.date(),
      time: z.iso.time(),
      lasts: z.iso.duration(),
      address: z.union([z.ipv4(), z.ipv6()]),
      link: z.url(),
      bytes: z.base64(),
      count: z.int().min(3),
      half: z.number().multipleOf(0.5),
      byName: z.record(z.string(), z.number()),
      byKey: z.record(z.enum(["x", "y"]), z.boolean()),
      pair: z.tuple([z.string(), z.number()]),
      maybe: z.string().nullable().optional(),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), radius: z.number().positive() }),
        z.object({ kind: z.literal("square"), side: z.number().min(1).max(2) }),
      ]),
      unit: z.enum(["kelvin", "celsius"]),
      nothing: z.null(),
    });
    const schema = z.toJSONSchema(shape) as JsonSchema;
    for (let seed = 1; seed <= 50; seed += 1) expect(() => shape.parse(valueFor(schema, seed))).not.toThrow();
  });
});

test("numbers, names and choices come from the prompt where they fit", () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      a: { type: "number" },
      b: { type: "integer", minimum: 10 },
      city: { type: "string" },
      unit: { enum: ["kelvin", "celsius"] },
    },
  };
  expect(valueFor(schema)).toEqual({ a: 2, b: 30, city: "Paris", unit: "celsius" });
});

describe("a schema that asks for too much ends soon", () => {
  const endless: Record<string, JsonSchema> = {
    "that requires itself": {
      type: "object",
      required: ["a", "b"],
      properties: { a: { $ref: "#" }, b: { $ref: "#" } },
    },
    "that is a choice of itself": { anyOf: [{ $ref: "#" }, { $ref: "#" }] },
    "that is all of itself": { allOf: [{ $ref: "#" }, { $ref: "#" }] },
    "with a billion items": {
      type: "array",
      items: { type: "array", items: { type: "string" }, minItems: 1e9 },
      minItems: 1e9,
    },
    "with a billion characters": { type: "string", minLength: 1e9 },
    "with a pattern of a billion": { type: "string", pattern: "(((a{999}){999}){999}){999}" },
  };
  for (const [name, schema] of Object.entries(endless))
    test(name, () => expect(JSON.stringify(valueFor(schema)).length).toBeLessThan(1_000_000));
});
