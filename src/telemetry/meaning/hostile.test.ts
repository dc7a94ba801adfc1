import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { spanRecordSchema } from "../../ledger/contract.ts";
import type { JsonValue, WireAttributes } from "../wire/wire-span.ts";
import { agentEvents, agentLogNames } from "./logs/agent-logs.ts";
import { contextOf, logWith, meaning, readAttributes, spanWith } from "./meaning.fixture.ts";
import { bags } from "./names/bags.ts";
import { fieldNames } from "./names/field-names.ts";
import { listPrefixes } from "./names/list-names.ts";

const kindNames = [
  "gen_ai.operation.name",
  "openinference.span.kind",
  "langfuse.observation.type",
  "ai.operationId",
  "mcp.method.name",
];
const knownNames = [...Object.values(fieldNames).flat(), ...Object.values(agentLogNames).flat(), ...bags, ...kindNames];
const paths = [
  "role",
  "content",
  "message.role",
  "message.tool_calls.0.tool_call.function.name",
  "document.score",
  "__proto__.a",
  "",
  "constructor",
  "0.0.0",
];
const listed = fc
  .tuple(
    fc.constantFrom(...Object.values(listPrefixes)),
    fc.constantFrom("0", "1", "99999999999", "-1", "x", ""),
    fc.constantFrom(...paths),
  )
  .map(([prefix, index, path]) => `${prefix}${index}.${path}`);
const name = fc.oneof(fc.constantFrom(...knownNames), listed, fc.string());

const words = [
  "chat",
  "LLM",
  "generation",
  "ai.toolCall",
  "RETRIEVER",
  "embeddings",
  "tools/call",
  "openai",
  "gpt-4o",
  "__proto__",
  "NaN",
  "-1",
];
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => value as JsonValue);
const message = fc.record(
  {
    role: fc.constantFrom<JsonValue>("user", "assistant", "tool", "system", 7, null),
    content: json,
    parts: fc.array(
      fc.record({
        type: fc.constantFrom("text", "tool_call", "tool_result", "blob"),
        content: json,
        name: json,
        id: json,
      }),
    ),
    tool_calls: json,
  },
  { requiredKeys: [] },
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(...words),
  json,
  json.map((one) => JSON.stringify(one)),
  fc.array(message).map((one) => one as JsonValue),
  fc.array(message).map((one) => JSON.stringify(one)),
  fc.double(),
  fc.string(),
);
const attributes = fc
  .array(fc.tuple(name, value), { maxLength: 25 })
  .map((entries) => Object.fromEntries(entries) as WireAttributes);
const events = fc.array(
  fc.record({
    name: fc.constantFrom("gen_ai.choice", "gen_ai.user.message", "exception", "db.query.result", "x"),
    atMs: fc.double(),
    attributes,
  }),
  { maxLength: 3 },
);

describe("attributes of any name, type and value", () => {
  test("of a span come to a record, and never throw", () => {
    fc.assert(
      fc.property(attributes, events, (given, happened) => {
        const { record, request, response } = meaning.readSpan(spanWith(given, { events: happened }), contextOf(given));
        expect(() => spanRecordSchema.omit({ events: true, attributes: true }).parse(record)).not.toThrow();
        for (const body of [request, response]) if (body?.media_type === "application/json") JSON.parse(body.content);
        JSON.stringify(record);
      }),
      { numRuns: 400 },
    );
  });

  test("of a log come to a record, and never throw", () => {
    const event = fc.constantFrom(
      ...Object.keys(agentEvents),
      "gen_ai.choice",
      "gen_ai.evaluation.result",
      "",
      "gen_ai.user.message",
    );
    fc.assert(
      fc.property(attributes, event, value, (given, eventName, body) => {
        const { record } = meaning.readLog(logWith(given, { eventName, body }), contextOf(given));
        expect(() => spanRecordSchema.omit({ events: true, attributes: true }).parse(record)).not.toThrow();
      }),
      { numRuns: 400 },
    );
  });

  test("are all there afterwards: as they were, or as a field or a body", () => {
    const unknown = fc.array(
      fc.tuple(
        fc.string({ minLength: 3 }).map((text) => `app.${text}`),
        json,
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(unknown, (entries) => {
        const given = { ...(Object.fromEntries(entries) as WireAttributes), "gen_ai.operation.name": "chat" };
        const { "gen_ai.operation.name": _, ...rest } = given;
        expect(readAttributes(given).record.attributes).toEqual(rest);
      }),
    );
  });
});

describe("content that is made to hurt", () => {
  const chat = { "gen_ai.operation.name": "chat" };

  test.each([100, 10_000, 200_000])("lists and maps %i deep are kept as they came", (depth) => {
    for (const [open, close] of [
      ["[", "]"],
      ['{"messages":', "}"],
      ['{"tool_call":', "}"],
      ['[{"role":"user","content":', "}]"],
    ] as const) {
      const text = `${open.repeat(depth)}1${close.repeat(depth)}`;
      const { request } = readAttributes({ ...chat, "gen_ai.input.messages": text });
      expect(request?.content.length).toBeGreaterThan(0);
    }
  });

  test("a million messages and documents are cut to their bounds", () => {
    const messages = `[${Array.from({ length: 100_000 }, () => '{"role":"user","content":"a"}').join(",")}]`;
    const { request } = readAttributes({ ...chat, "gen_ai.input.messages": messages });
    expect((JSON.parse(request?.content ?? "") as unknown[]).length).toBe(1000);
    const documents = JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id, score: 1 })));
    const { record } = readAttributes({
      "gen_ai.operation.name": "retrieval",
      "gen_ai.retrieval.documents": documents,
    });
    expect(record.retrieval?.documents.length).toBe(100);
  });

  test("an index of a hostile size makes no list of that size", () => {
    const { request } = readAttributes({
      ...chat,
      "gen_ai.prompt.99999.role": "user",
      "gen_ai.prompt.99999.content": "last",
    });
    expect(request?.content).toBe('[{"role":"user","content":"last"}]');
  });

  test("names that others are counted by are cut", () => {
    const { record } = readAttributes({
      ...chat,
      "session.id": "s".repeat(100_000),
      "tag.tags": Array.from({ length: 1000 }, (_, n) => `tag ${n}`),
    });
    expect(record.session?.length).toBe(500);
    expect(record.who.tags.length).toBe(20);
  });
});
