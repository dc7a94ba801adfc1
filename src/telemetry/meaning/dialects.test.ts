import { describe, expect, test } from "bun:test";
import type { WireAttributes, WireEvent } from "../wire/wire-span.ts";
import { jsonIn, readAttributes } from "./meaning.fixture.ts";

const question = [{ role: "user", content: "Weather in Paris?" }];
const answer = [{ role: "assistant", content: "Rainy." }];
const inParts = '[{"role":"user","parts":[{"type":"text","content":"Weather in Paris?"}]}]';
const outParts = '[{"role":"assistant","parts":[{"type":"text","content":"Rainy."}],"finish_reason":"stop"}]';

describe("a chat in every dialect comes to the same call", () => {
  test.each<[string, WireAttributes]>([
    [
      "OpenTelemetry's first names",
      {
        "gen_ai.system": "OpenAI",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.usage.prompt_tokens": 100,
        "gen_ai.usage.completion_tokens": 30,
        "gen_ai.prompt.0.role": "user",
        "gen_ai.prompt.0.content": "Weather in Paris?",
        "gen_ai.completion.0.role": "assistant",
        "gen_ai.completion.0.content": "Rainy.",
        "gen_ai.completion.0.finish_reason": "stop",
      },
    ],
    [
      "OpenTelemetry's messages",
      {
        "gen_ai.provider.name": "openai",
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.response.finish_reasons": ["stop"],
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 30,
        "gen_ai.input.messages": inParts,
        "gen_ai.output.messages": outParts,
      },
    ],
    [
      "OpenInference",
      {
        "openinference.span.kind": "LLM",
        "llm.provider": "openai",
        "llm.model_name": "gpt-4o-2024-08-06",
        "llm.invocation_parameters": '{"model":"gpt-4o"}',
        "llm.token_count.prompt": 100,
        "llm.token_count.completion": 30,
        "llm.input_messages.0.message.role": "user",
        "llm.input_messages.0.message.content": "Weather in Paris?",
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": "Rainy.",
        "llm.finish_reason": "stop",
      },
    ],
    [
      "Traceloop's first names",
      {
        "llm.request.type": "chat",
        "gen_ai.system": "OpenAI",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.usage.prompt_tokens": 100,
        "gen_ai.usage.completion_tokens": 30,
        "llm.usage.total_tokens": 130,
        "gen_ai.prompt.0.role": "user",
        "gen_ai.prompt.0.content": '[{"type":"text","text":"Weather in Paris?"}]',
        "gen_ai.completion.0.role": "assistant",
        "gen_ai.completion.0.content": "Rainy.",
        "gen_ai.completion.0.finish_reason": "stop",
      },
    ],
    [
      "Vercel's AI SDK",
      {
        "ai.operationId": "ai.generateText.doGenerate",
        "ai.model.provider": "openai.chat",
        "ai.model.id": "gpt-4o",
        "ai.response.model": "gpt-4o-2024-08-06",
        "ai.response.finishReason": "stop",
        "ai.usage.inputTokens": 100,
        "ai.usage.outputTokens": 30,
        "ai.prompt.messages": '[{"role":"user","content":[{"type":"text","text":"Weather in Paris?"}]}]',
        "ai.response.text": "Rainy.",
      },
    ],
    [
      "Langfuse",
      {
        "langfuse.observation.type": "generation",
        "langfuse.observation.model.name": "gpt-4o",
        "gen_ai.response.model": "gpt-4o-2024-08-06",
        "gen_ai.system": "openai",
        "gen_ai.response.finish_reasons": '["stop"]',
        "langfuse.observation.usage_details": '{"input":100,"output":30}',
        "langfuse.observation.input": '[{"role":"user","content":"Weather in Paris?"}]',
        "langfuse.observation.output": '{"role":"assistant","content":"Rainy."}',
      },
    ],
  ])("%s", (_, attributes) => {
    const { record, request, response } = readAttributes(attributes);
    expect(record).toMatchObject({
      kind: "call",
      operation: "chat",
      vendor: "openai",
      model: "gpt-4o",
      answer_model: "gpt-4o-2024-08-06",
      finish_reason: "stop",
      tokens: { input: 100, output: 30, cache_read: 0, cache_write: 0, reasoning: 0 },
      cost: { usd_micros: 130, source: "computed", price_version: "test" },
    });
    expect(jsonIn(request)).toEqual(question);
    expect(jsonIn(response)).toMatchObject(answer);
  });
});

describe("what a span is", () => {
  test.each<[string, WireAttributes, string | null, string]>([
    ["agent", { "gen_ai.operation.name": "invoke_agent" }, "invoke_agent", "gen_ai"],
    ["run", { "gen_ai.operation.name": "invoke_workflow" }, "invoke_workflow", "gen_ai"],
    ["memory", { "gen_ai.operation.name": "search_memory" }, "search_memory", "gen_ai"],
    ["step", { "gen_ai.operation.name": "plan" }, "plan", "gen_ai"],
    ["tool", { "gen_ai.tool.name": "weather" }, "execute_tool", "gen_ai"],
    ["rerank", { "openinference.span.kind": "RERANKER" }, "rerank", "openinference"],
    ["prompt", { "openinference.span.kind": "PROMPT" }, null, "openinference"],
    ["score", { "openinference.span.kind": "EVALUATOR" }, null, "openinference"],
    ["step", { "openinference.span.kind": "chain" }, null, "openinference"],
    ["run", { "traceloop.span.kind": "workflow" }, "invoke_workflow", "traceloop"],
    ["step", { "traceloop.span.kind": "task" }, null, "traceloop"],
    ["agent", { "ai.operationId": "ai.streamText" }, "invoke_agent", "vercel_ai"],
    ["embedding", { "ai.operationId": "ai.embedMany.doEmbed" }, "embeddings", "vercel_ai"],
    ["guardrail", { "langfuse.observation.type": "guardrail" }, null, "langfuse"],
    ["call", { "langfuse.observation.type": "span", "openinference.span.kind": "LLM" }, "chat", "openinference"],
    ["span", { "langfuse.observation.type": "span" }, null, "langfuse"],
    ["tool", { "mcp.method.name": "tools/call", "gen_ai.tool.name": "weather" }, "execute_tool", "gen_ai"],
    ["span", { "mcp.method.name": "tools/list" }, null, "gen_ai"],
    ["retrieval", { "db.system": "qdrant", "db.operation": "query" }, "retrieval", "traceloop"],
    ["span", { "db.system": "postgresql", "db.operation": "query" }, null, "none"],
    ["span", { "gen_ai.operation.name": "__proto__" }, null, "none"],
    ["span", { "openinference.span.kind": "constructor" }, null, "none"],
  ])("%s of %j", (kind, attributes, operation, dialect) => {
    expect(readAttributes(attributes).record as object).toMatchObject({ kind, operation, dialect });
  });

  test("is a plain span where no dialect knows it, and its attributes mean what they meant", () => {
    const attributes = { model: "T-shirt", input: "cotton", "http.route": "/shirts", "db.query.text": "select 1" };
    const { record, request } = readAttributes(attributes);
    expect(record).toMatchObject({ kind: "span", dialect: "none", model: null, attributes });
    expect(request).toBeUndefined();
  });
});

describe("the first token", () => {
  const call = { "gen_ai.operation.name": "chat" };
  const firstOf = (attributes: WireAttributes, events: WireEvent[] = []) =>
    readAttributes({ ...call, ...attributes }, { events }).record.first_token_ms;

  test("is told after seconds, after milliseconds, at a time, or by an event", () => {
    expect(firstOf({ "gen_ai.response.time_to_first_chunk": 0.25 })).toBe(250);
    expect(firstOf({ "ai.response.msToFirstChunk": "250.5" })).toBe(250.5);
    const at = new Date(1_763_000_000_250).toISOString();
    expect(firstOf({ "langfuse.observation.completion_start_time": `"${at}"` })).toBe(249.75);
    expect(firstOf({}, [{ name: "First Token Stream Event", atMs: 1_763_000_000_300.25, attributes: {} }])).toBe(300);
  });

  test("is unknown where it would be before the span or long after it", () => {
    for (const seconds of [-1, 1000, "soon"])
      expect(firstOf({ "gen_ai.response.time_to_first_chunk": seconds })).toBeNull();
    expect(firstOf({}, [{ name: "ai.stream.firstChunk", atMs: Number.NaN, attributes: {} }])).toBeNull();
  });
});

test("the operation is the one that the span names, whoever said its kind", () => {
  const attributes = { "openinference.span.kind": "LLM", "gen_ai.operation.name": "text_completion" };
  expect(readAttributes(attributes).record).toMatchObject({ kind: "call", operation: "text_completion" });
});

describe("the vendor has one name", () => {
  test.each([
    ["gcp.vertex_ai", "vertex"],
    ["google.vertex.chat", "vertex"],
    ["google.generative-ai", "google"],
    ["aws.bedrock", "bedrock"],
    ["az.ai.openai", "azure-openai"],
    ["OpenAI", "openai"],
    ["openai.responses", "openai"],
    ["x_ai", "xai"],
    ["My-Own", "my-own"],
  ])("%s is %s", (said, vendor) => {
    expect(readAttributes({ "gen_ai.request.model": "m", "gen_ai.system": said }).record.vendor).toBe(vendor);
  });
});

describe("the root of what Vercel's AI SDK did", () => {
  test("is an agent, which repeats the usage of its calls and costs nothing itself", () => {
    const { record, request } = readAttributes({
      "ai.operationId": "ai.generateText",
      "ai.telemetry.functionId": "assistant",
      "ai.model.id": "gpt-4o",
      "ai.model.provider": "openai.chat",
      "ai.prompt": '{"system":"Be short.","messages":[{"role":"user","content":"Weather in Paris?"}]}',
      "ai.usage.inputTokens": 200,
      "ai.usage.outputTokens": 60,
      "ai.telemetry.metadata.sessionId": "s1",
      "ai.telemetry.metadata.userId": "u1",
      "ai.telemetry.metadata.tags": ["a", "b"],
      "ai.telemetry.metadata.intent": "weather",
    });
    expect(record).toMatchObject({
      kind: "agent",
      agent: { id: null, name: "assistant" },
      tokens: { input: 200, output: 60 },
      cost: null,
      session: "s1",
      who: { user: "u1", tags: ["a", "b"], key_id: "k1", team: "search" },
      intent: "weather",
    });
    expect(jsonIn(request)).toEqual([{ role: "system", content: "Be short." }, ...question]);
  });
});
