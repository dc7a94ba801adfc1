import { describe, expect, test } from "bun:test";
import type { WireAttributes, WireEvent } from "../../wire/wire-span.ts";
import { jsonIn, readAttributes } from "../meaning.fixture.ts";

const chat = { "gen_ai.operation.name": "chat" };
const weatherCall = {
  id: "c1",
  type: "function",
  function: { name: "weather", arguments: '{"city":"Paris"}' },
};

function requestOf(attributes: WireAttributes, events: WireEvent[] = []): unknown {
  return jsonIn(readAttributes({ ...chat, ...attributes }, { events }).request);
}

function responseOf(attributes: WireAttributes, events: WireEvent[] = []): unknown {
  return jsonIn(readAttributes({ ...chat, ...attributes }, { events }).response);
}

describe("messages are kept in one shape", () => {
  test.each<[string, unknown]>([
    [
      "OpenTelemetry",
      [{ role: "assistant", parts: [{ type: "tool_call", id: "c1", name: "weather", arguments: { city: "Paris" } }] }],
    ],
    ["OpenAI", [{ role: "assistant", content: null, tool_calls: [weatherCall] }]],
    [
      "Anthropic",
      [{ role: "assistant", content: [{ type: "tool_use", id: "c1", name: "weather", input: { city: "Paris" } }] }],
    ],
    [
      "Vercel",
      [
        {
          role: "assistant",
          content: [{ type: "tool-call", toolCallId: "c1", toolName: "weather", input: { city: "Paris" } }],
        },
      ],
    ],
    ["OpenAI's whole answer", { choices: [{ message: { role: "assistant", tool_calls: [weatherCall] } }] }],
  ])("a call of a tool, as %s writes it", (_, messages) => {
    expect(responseOf({ "gen_ai.output.messages": JSON.stringify(messages) })).toEqual([
      { role: "assistant", content: null, tool_calls: [weatherCall] },
    ]);
  });

  test.each<[string, unknown]>([
    ["OpenTelemetry", { role: "tool", parts: [{ type: "tool_call_response", id: "c1", response: { sky: "rain" } }] }],
    ["Anthropic", { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: { sky: "rain" } }] }],
    [
      "Vercel",
      {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: "c1",
            toolName: "weather",
            output: { type: "json", value: { sky: "rain" } },
          },
        ],
      },
    ],
  ])("what a tool gave, as %s writes it", (_, message) => {
    expect(requestOf({ "gen_ai.input.messages": JSON.stringify([message]) })).toEqual([
      { role: "tool", content: { sky: "rain" }, tool_call_id: "c1" },
    ]);
  });

  test("instructions come first, and other parts than text stay parts", () => {
    const image = { type: "image_url", image_url: { url: "https://example.org/cat.png" } };
    const request = requestOf({
      "gen_ai.system_instructions": '[{"type":"text","content":"Be short."}]',
      "gen_ai.input.messages": JSON.stringify([
        { role: "user", content: [{ type: "text", text: "What is it?" }, image] },
      ]),
    });
    expect(request).toEqual([
      { role: "system", content: "Be short." },
      { role: "user", content: [{ type: "text", text: "What is it?" }, image] },
    ]);
  });

  test("Google's contents, with its own word for the assistant", () => {
    const contents = [
      { role: "user", parts: [{ text: "Hello" }] },
      { role: "model", parts: [{ text: "Hi" }] },
    ];
    expect(requestOf({ "input.value": JSON.stringify({ contents }) })).toEqual([
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hi" },
    ]);
  });

  test("Google's answers, with a message for a content", () => {
    const answer = {
      content: { role: "model", parts: [{ text: "Hi" }, { functionCall: { name: "weather", args: {} } }] },
    };
    expect(responseOf({ "gcp.vertex.agent.llm_response": JSON.stringify(answer) })).toEqual([
      {
        role: "assistant",
        content: "Hi",
        tool_calls: [{ id: null, type: "function", function: { name: "weather", arguments: "{}" } }],
      },
    ]);
  });

  test("Pydantic's events, in one attribute", () => {
    const events = JSON.stringify([
      { "event.name": "gen_ai.user.message", role: "user", content: "Hello", "gen_ai.message.index": 0 },
      { "event.name": "gen_ai.choice", index: 0, message: { role: "assistant", content: "Hi" } },
    ]);
    expect(requestOf({ events })).toEqual([{ role: "user", content: "Hello" }]);
    expect(responseOf({ events })).toEqual([{ role: "assistant", content: "Hi" }]);
  });

  test("events of OpenTelemetry's second generation are messages", () => {
    const event = (name: string, attributes: WireAttributes): WireEvent => ({ name, atMs: 0, attributes });
    const events = [
      event("gen_ai.system.message", { content: "Be short." }),
      event("gen_ai.user.message", { content: "Hello" }),
      event("gen_ai.choice", { finish_reason: "stop", message: '{"role":"assistant","content":"Hi"}' }),
    ];
    expect(requestOf({}, events)).toEqual([
      { role: "system", content: "Be short." },
      { role: "user", content: "Hello" },
    ]);
    expect(responseOf({}, events)).toEqual([{ role: "assistant", content: "Hi", finish_reason: "stop" }]);
    expect(readAttributes(chat, { events }).record.finish_reason).toBe("stop");
  });
});

describe("content that is no messages", () => {
  test("is kept as it came, of a tool or a step", () => {
    const step = { "traceloop.span.kind": "task", "traceloop.entity.input": '{"args":[1],"kwargs":{}}' };
    expect(readAttributes({ ...step, "traceloop.entity.output": "done" })).toMatchObject({
      request: { media_type: "application/json", content: '{"args":[1],"kwargs":{}}' },
      response: { media_type: "text/plain", content: "done" },
    });
  });

  test("is a message of its side where the span asked a model", () => {
    expect(requestOf({ "gen_ai.prompt": "Hello" })).toEqual([{ role: "user", content: "Hello" }]);
    expect(responseOf({ "gen_ai.completion": "Hi" })).toEqual([{ role: "assistant", content: "Hi" }]);
  });
});

describe("content that is said twice", () => {
  test("is kept once, where it is the same in JSON", () => {
    const { record, request } = readAttributes({
      "openinference.span.kind": "LLM",
      "input.value": '{"messages":[{"role":"user","content":"Hello"}],"temperature":0}',
      "llm.input_messages.0.message.role": "user",
      "llm.input_messages.0.message.content": "Hello",
    });
    expect(jsonIn(request)).toEqual([{ role: "user", content: "Hello" }]);
    expect(Object.keys(record.attributes)).toEqual(["openinference.span.kind"]);
  });

  test("stays among the attributes where it is another text", () => {
    const { record } = readAttributes({
      ...chat,
      "input.value": "the user's own words",
      "gen_ai.input.messages": '[{"role":"user","content":"Hello"}]',
    });
    expect(record.attributes).toEqual({ "input.value": "the user's own words" });
  });

  test("is the program's own where Langfuse has it", () => {
    const { request } = readAttributes({
      "langfuse.observation.type": "generation",
      "langfuse.observation.input": '[{"role":"user","content":"of Langfuse"}]',
      "gen_ai.input.messages": '[{"role":"user","content":"of a library"}]',
      "gen_ai.prompt.0.role": "user",
      "gen_ai.prompt.0.content": "of an older library",
    });
    expect(jsonIn(request)).toEqual([{ role: "user", content: "of Langfuse" }]);
  });
});

describe("what was retrieved", () => {
  test("is on the record by id and score, and its texts are the response", () => {
    const { record, response } = readAttributes({
      "openinference.span.kind": "RETRIEVER",
      "input.value": "binnacle",
      "retrieval.documents.0.document.id": "d1",
      "retrieval.documents.0.document.score": 0.9,
      "retrieval.documents.0.document.content": "A binnacle holds the compass.",
      "retrieval.documents.1.document.id": "d2",
    });
    expect(record.retrieval).toEqual({
      query: "binnacle",
      documents: [
        { id: "d1", score: 0.9 },
        { id: "d2", score: null },
      ],
    });
    expect(jsonIn(response)).toEqual([
      { id: "d1", score: 0.9, content: "A binnacle holds the compass." },
      { id: "d2" },
    ]);
    expect(Object.keys(record.attributes)).toEqual(["openinference.span.kind"]);
  });

  test("is read from one attribute, from a reranker and from a vector database's events", () => {
    const documents = [{ id: "d1", score: 0.5 }];
    const inJson = readAttributes({
      "gen_ai.operation.name": "retrieval",
      "gen_ai.retrieval.query.text": "compass",
      "gen_ai.retrieval.documents": JSON.stringify(documents),
    });
    expect(inJson.record.retrieval).toEqual({ query: "compass", documents });
    const reranked = readAttributes({
      "openinference.span.kind": "RERANKER",
      "reranker.query": "compass",
      "reranker.input_documents.0.document.content": "one",
      "reranker.output_documents.0.document.id": "d1",
      "reranker.output_documents.0.document.score": 0.5,
    });
    expect(reranked.record.retrieval).toEqual({ query: "compass", documents });
    expect(jsonIn(reranked.request)).toEqual([{ content: "one" }]);
    const events = [
      { name: "db.query.result", atMs: 0, attributes: { "db.query.result.id": "d1", "db.query.result.score": 0.5 } },
    ];
    expect(
      readAttributes({ "db.system": "chroma", "db.operation": "query" }, { events }).record.retrieval?.documents,
    ).toEqual(documents);
  });
});
