import { describe, expect, test } from "bun:test";
import type { WireAttributes, WireLog } from "../../wire/wire-span.ts";
import { contextOf, jsonIn, logWith, meaning } from "../meaning.fixture.ts";

const trace = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

function read(attributes: WireAttributes, more: Partial<WireLog> = {}) {
  return meaning.readLog(logWith(attributes, more), contextOf({ "service.name": "app" }));
}

describe("Claude Code's logs", () => {
  const session = { "session.id": "s1", "user.email": "ann@example.org", "prompt.id": "p1" };
  const request = {
    ...session,
    "event.name": "api_request",
    model: "claude-sonnet-4-5",
    input_tokens: "10",
    output_tokens: "200",
    cache_read_tokens: "9000",
    cache_creation_tokens: "500",
    cost_usd: "0.0123",
    duration_ms: "2500",
    request_id: "req_1",
  };

  test("say of each request to a model what it took and cost, the cache beside the input", () => {
    const { record } = read(request, { body: "claude_code.api_request" });
    expect(record).toMatchObject({
      kind: "call",
      dialect: "claude_code",
      name: "claude_code.api_request",
      operation: "chat",
      vendor: "anthropic",
      model: "claude-sonnet-4-5",
      tokens: { input: 9510, output: 200, cache_read: 9000, cache_write: 500 },
      cost: { usd_micros: 12_300, source: "reported" },
      session: "s1",
      who: { user: "ann@example.org", team: "search" },
      service: { name: "app" },
      started_at_ms: 1_762_999_999_500,
      duration_ms: 2500,
      outcome: "ok",
      response_id: "req_1",
    });
  });

  test("are priced by their tokens where they say no cost", () => {
    const { cost_usd: _, ...without } = request;
    expect(read(without, { body: "claude_code.api_request" }).record.cost).toMatchObject({
      usd_micros: 9710,
      source: "computed",
    });
  });

  test("of one prompt are one trace, and of another prompt another", () => {
    const one = read(request, { eventName: "claude_code.api_request", id: "1".repeat(16) }).record;
    const tool = read(
      {
        ...session,
        tool_name: "Bash",
        success: "false",
        error: "no such file",
        duration_ms: 12,
        tool_input: '{"command":"ls"}',
      },
      { eventName: "claude_code.tool_result", id: "2".repeat(16) },
    );
    const other = read({ ...request, "prompt.id": "p2" }, { eventName: "claude_code.api_request" }).record;
    expect(tool.record).toMatchObject({
      kind: "tool",
      tool: { name: "Bash", call_id: null },
      outcome: "failed",
      error: { message: "no such file" },
    });
    expect(jsonIn(tool.request)).toEqual({ command: "ls" });
    expect(tool.record.trace_id).toBe(one.trace_id);
    expect(tool.record.span_id).not.toBe(one.span_id);
    expect(other.trace_id).not.toBe(one.trace_id);
  });

  test("of a request that failed say why", () => {
    const attributes = {
      ...session,
      model: "claude-sonnet-4-5",
      error: "Overloaded",
      status_code: 529,
      duration_ms: 90,
    };
    expect(read(attributes, { eventName: "claude_code.api_error" }).record).toMatchObject({
      kind: "call",
      outcome: "failed",
      error: { code: "529", message: "Overloaded" },
      tokens: null,
    });
  });
});

describe("logs of other coding agents", () => {
  test("Codex: the end of a stream is the call, its other events are logs", () => {
    const attributes = {
      "event.name": "codex.sse_event",
      "conversation.id": "s1",
      model: "gpt-5-codex",
      input_token_count: 1000,
      output_token_count: 50,
      cached_token_count: 800,
      reasoning_token_count: 20,
    };
    expect(read({ ...attributes, "event.kind": "response.completed" }).record).toMatchObject({
      kind: "call",
      dialect: "codex",
      vendor: "openai",
      session: "s1",
      tokens: { input: 1000, output: 50, cache_read: 800, reasoning: 20 },
    });
    expect(read({ ...attributes, "event.kind": "response.output_item.done" }).record.kind).toBe("log");
  });

  test("Gemini CLI: thoughts are beside the output, as the total says", () => {
    const { record } = read({
      "event.name": "gemini_cli.api_response",
      "session.id": "s1",
      model: "gemini-2.5-pro",
      input_token_count: 100,
      output_token_count: 30,
      thoughts_token_count: 20,
      total_token_count: 150,
      duration_ms: 10,
    });
    expect(record).toMatchObject({ kind: "call", vendor: "google", tokens: { input: 100, output: 50, reasoning: 20 } });
  });
});

describe("OpenTelemetry's events", () => {
  test("a judgement is a score of the span that it was logged in", () => {
    const { record } = read(
      {
        "gen_ai.evaluation.name": "relevance",
        "gen_ai.evaluation.score.value": 0.8,
        "gen_ai.evaluation.score.label": "good",
        "gen_ai.evaluation.explanation": "On topic.",
      },
      { ...trace, eventName: "gen_ai.evaluation.result" },
    );
    expect(record).toMatchObject({
      kind: "score",
      trace_id: trace.traceId,
      parent_span_id: trace.spanId,
      score: { name: "relevance", value: 0.8, label: "good", explanation: "On topic." },
      attributes: {},
    });
  });

  test("the details of a call are the call where there is no span, and a log beside it where there is", () => {
    const attributes = {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 5,
      "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Hello" }] }],
    };
    const eventName = "gen_ai.client.inference.operation.details";
    const alone = read(attributes, { eventName });
    expect(alone.record).toMatchObject({ kind: "call", cost: { usd_micros: 15 } });
    const beside = read(attributes, { ...trace, eventName });
    expect(beside.record).toMatchObject({ kind: "log", cost: null, parent_span_id: trace.spanId });
    for (const { request } of [alone, beside]) expect(request?.content).toContain("Hello");
  });

  test("messages are logs with the message", () => {
    const asked = read({}, { ...trace, eventName: "gen_ai.user.message", body: { content: "Hello" } });
    expect(asked.record).toMatchObject({ kind: "log", dialect: "gen_ai", name: "gen_ai.user.message" });
    expect(jsonIn(asked.request)).toEqual([{ role: "user", content: "Hello" }]);
    const answered = read(
      {},
      { ...trace, eventName: "gen_ai.choice", body: { index: 0, finish_reason: "stop", message: { content: "Hi" } } },
    );
    expect(jsonIn(answered.response)).toEqual([{ role: "assistant", content: "Hi", finish_reason: "stop" }]);
  });
});

describe("a plain log", () => {
  test("is named after its first line, and is grave or not", () => {
    const { record, response } = read(
      { "http.route": "/" },
      { body: "Disk is full.\nAt /var.", severityNumber: 17, severityText: "ERR" },
    );
    expect(record).toMatchObject({
      kind: "log",
      dialect: "none",
      name: "Disk is full.",
      severity: "error",
      outcome: "failed",
      parent_span_id: null,
      duration_ms: 0,
      attributes: { "http.route": "/" },
    });
    expect(response?.content).toBe("Disk is full.\nAt /var.");
  });

  test("whose line is its name has no body beside it", () => {
    const { record, response } = read({}, { body: "Started.", severityNumber: 9 });
    expect(record).toMatchObject({ name: "Started.", severity: "info", outcome: "ok" });
    expect(response).toBeUndefined();
  });
});
