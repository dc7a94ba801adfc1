import { describe, expect, test } from "bun:test";
import type { CallerRequest } from "../../../providers/index.ts";
import { answerCheckOf } from "./answer-check.ts";
import { validationSchema } from "./config.ts";
import { createJsonShape } from "./json-shape.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { leaveOutPatterns } from "./leave-out-patterns.ts";
import { readValidationWish } from "./read-wish.ts";

const schema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name"],
  additionalProperties: false,
};
const shape = createJsonShape(schema);

describe("a shape", () => {
  test.each([
    ["not json", "it is not JSON"],
    ["{}", 'the whole: Instance does not have required property "name"'],
    ['{"name":1}', 'name: Instance type "number" is invalid'],
    ['{"name":"a","more":1}', "additional properties"],
  ])("says of %p what is wrong", (text, problem) => expect(shape.problemIn(text)).toContain(problem));

  test("may be one of properties that are called as keywords are", () => {
    const odd = createJsonShape({
      properties: { type: { type: "integer" }, enum: { type: "string" } },
      required: ["type"],
    });
    expect(odd.problemIn('{"type":1,"enum":"x"}')).toBeUndefined();
    expect(odd.problemIn('{"type":"x"}')).toContain("type: Instance type");
    expect(odd.problemIn("{}")).toContain("required property");
  });

  test("has nothing to say of what holds", () => {
    expect(shape.problemIn('{"name":"Ada","age":36}')).toBeUndefined();
  });

  test("that cannot be followed is refused as such", () => {
    expect(() => createJsonShape({ $ref: "#" }).problemIn("1")).toThrow("refers to itself without end");
    const twice = (place: number) => [{ $ref: `#/$defs/${place}` }, { $ref: `#/$defs/${place}` }];
    const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [place, { anyOf: twice(place + 1) }]));
    const endless = { anyOf: twice(0), $defs: { ...$defs, 60: { const: 1 } } };
    expect(() => createJsonShape(endless).problemIn("2")).toThrow("takes too many steps");
    expect(() => createJsonShape({ $ref: "#/$defs/none" }).problemIn("1")).toThrow("Unresolved $ref");
    expect(validationSchema.safeParse({ schema: { $ref: "#/$defs/none" } }).success).toBe(false);
  });
});

describe("a caller's patterns", () => {
  const accepts = (from: object, value: unknown): boolean =>
    createJsonShape(leaveOutPatterns(from as Record<string, unknown>)).problemIn(JSON.stringify(value)) === undefined;

  test("are left out, and what they refused holds", () => {
    expect(accepts({ properties: { a: { type: "string", pattern: "^(a+)+$" } } }, { a: "b" })).toBe(true);
    expect(accepts({ properties: { a: { type: "string", pattern: "^(a+)+$" } } }, { a: 1 })).toBe(false);
  });

  test("never make the rest refuse what the whole accepted", () => {
    expect(accepts({ not: { pattern: "x" } }, "y")).toBe(true);
    expect(accepts({ oneOf: [{ pattern: "x" }, { pattern: "y" }] }, "x")).toBe(true);
    expect(accepts({ patternProperties: { "^a": {} }, additionalProperties: false }, { a: 1 })).toBe(true);
    const conditional = JSON.parse('{"if":{"pattern":"x"},"then":{"maxLength":1}}') as object;
    expect(accepts(conditional, "yy")).toBe(true);
  });

  test("are told from properties and values of that name, and a schema without them is the same one", () => {
    for (const same of [{ properties: { pattern: { type: "string" } } }, { enum: [{ pattern: "x" }] }, schema])
      expect(leaveOutPatterns(same)).toBe(same);
  });
});

const chat = (more: object = {}): CallerRequest => ({
  operation: "chat",
  dialect: "openai-chat",
  text: JSON.stringify({ model: "m", messages: [{ role: "user", content: "x" }], ...more }),
  model: "m",
  stream: false,
  includeUsage: false,
});
const asked = chat({ response_format: { type: "json_schema", json_schema: { name: "n", schema } } });

describe("the check of a call", () => {
  const config = validationSchema.parse({});

  test("is there where the route or the header says so, and the request says a schema", () => {
    expect(answerCheckOf({ config, header: null, request: asked })).toMatchObject({ repairsMax: 1, onInvalid: "fail" });
    expect(answerCheckOf({ config: undefined, header: "on", request: asked })).toBeDefined();
    expect(answerCheckOf({ config: undefined, header: undefined, request: asked })).toBeUndefined();
    expect(answerCheckOf({ config, header: "off", request: asked })).toBeUndefined();
    expect(answerCheckOf({ config, header: null, request: chat() })).toBeUndefined();
    expect(() => answerCheckOf({ config, header: "on", request: chat() })).toThrow("says no schema");
  });

  test("asks for JSON where the request asks for JSON and no more", () => {
    const check = answerCheckOf({ config, header: null, request: chat({ response_format: { type: "json_object" } }) });
    expect([check?.shape.problemIn("{}"), typeof check?.shape.problemIn("1")]).toEqual([undefined, "string"]);
  });

  test("refuses a schema that is nested deeper than it can be followed", () => {
    const deep = `${'{"items":'.repeat(50_000)}{}${"}".repeat(50_000)}`;
    const text = JSON.stringify({ response_format: { type: "json_schema", json_schema: { name: "n", schema: 0 } } });
    const request = { ...chat(), text: chat().text.replace(/\}$/, `,${text.slice(1).replace("0", deep)}`) };
    expect(() => answerCheckOf({ config, header: null, request })).toThrow("nested too deep");
  });

  test("says which patterns it does not run", () => {
    const patterned = { type: "object", properties: { a: { type: "string", pattern: "a" } } };
    const request = chat({ response_format: { type: "json_schema", json_schema: { name: "n", schema: patterned } } });
    expect(answerCheckOf({ config, header: null, request })?.dropped).toMatchObject([
      { what: "response_validation.pattern" },
    ]);
  });
});

test("the header is read, and what cannot be followed is refused", () => {
  expect(readValidationWish("on, repairs=2, on-invalid=pass")).toEqual({
    isOff: false,
    repairs_max: 2,
    on_invalid: "pass",
  });
  for (const bad of ["yes", "repairs=6", "repairs=", "on-invalid=maybe", "on=1", ""])
    expect(() => readValidationWish(bad)).toThrow("cannot be followed");
});

const answer = (content: string, finish_reason = "stop") => ({
  mediaType: "application/json",
  content: JSON.stringify({
    id: "i",
    object: "chat.completion",
    created: 1,
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
});
const judge = (content: string, finish?: string) => judgeAnswer(asked, answer(content, finish), shape);

describe("an answer", () => {
  test("that holds is as it came", () => expect(judge('{"name":"Ada"}').kind).toBe("valid"));

  test.each([
    ["in a fence", '```json\n{"name":"Ada"}\n```'],
    ["with words around it", 'Here it is: {"name":"Ada"} Anything else?'],
    ["with slips of the pen", "{name: 'Ada',}"],
  ])("%s is mended", (_, content) => {
    const judged = judge(content);
    const text = judged.kind === "mended" ? String(judged.content) : "";
    expect(JSON.parse(JSON.parse(text).choices[0].message.content)).toEqual({ name: "Ada" });
    expect(JSON.parse(text)).toMatchObject({ id: "i", usage: { total_tokens: 2 } });
  });

  test("that was cut off is not closed as if it were whole", () => {
    expect(judge('{"name":"Ada', "length")).toMatchObject({
      kind: "invalid",
      problem: expect.stringContaining("bound"),
    });
  });

  test("of which nothing can be made is invalid, with the reason", () => {
    expect(judge("I'd rather not say.")).toMatchObject({
      kind: "invalid",
      problem: expect.stringContaining("not JSON"),
    });
  });

  test("that calls a tool or refuses is no result yet", () => {
    const called = {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
    };
    const content = JSON.stringify({
      id: "i",
      model: "m",
      created: 1,
      choices: [{ index: 0, message: called, finish_reason: "tool_calls" }],
    });
    expect(judgeAnswer(asked, { mediaType: "application/json", content }, shape).kind).toBe("other");
  });
});
