// Tracing SDKs that people use, as their makers publish them, each in a program of its own that asks the gateway's simulator
// and sends its traces to the same address: what arrives is a tree whose records say what happened.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { type ClientRun, runClient, type SentRecord } from "../../support/tracing-clients/run-client.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.close());

interface OpenAiUsage {
  prompt_tokens: number;
  completion_tokens: number;
}

function run<Heard>(client: string[], service: string, count: number): Promise<ClientRun<Heard>> {
  return runClient<Heard>(client, { app, service, count });
}

/** The simulator's prices: 0.15 and 0.60 dollars a million tokens. */
function costOf({ prompt_tokens, completion_tokens }: OpenAiUsage): number {
  return Math.round(prompt_tokens * 0.15 + completion_tokens * 0.6);
}

function named(records: readonly SentRecord[], name: string): SentRecord[] {
  return records.filter(({ record }) => record.name === name);
}

function kindsOf(records: readonly SentRecord[]): string[] {
  return records.map(({ record }) => record.kind).sort();
}

const weatherCall = { type: "function", function: { name: "get_weather", arguments: '{"city":"Paris"}' } };

describe("OpenInference's instrumentation of the OpenAI SDK", () => {
  interface Heard {
    usage: OpenAiUsage;
    id: string;
    text: string;
  }

  test("sends its chat, stream and embedding below the program's own span", async () => {
    const { heard, records } = await run<Heard>(["openinference"], "openinference-app", 4);
    expect(kindsOf(records)).toEqual(["call", "call", "embedding", "step"]);
    const [chat, stream] = named(records, "OpenAI Chat Completions");
    expect(chat?.under).toEqual(["answer"]);
    expect(chat?.record).toMatchObject({
      dialect: "openinference",
      vendor: "openai",
      model: "sim/sim-instant",
      answer_model: "sim-instant",
      response_id: heard.id,
      finish_reason: "tool_calls",
      tokens: { input: heard.usage.prompt_tokens, output: heard.usage.completion_tokens },
      cost: { usd_micros: costOf(heard.usage), source: "computed", price_version: "sim" },
      session: "session-1",
      who: { user: "ann", tags: ["one", "two"], key_name: "first admin key" },
      intent: "weather",
      service: { name: "openinference-app", environment: "test" },
      outcome: "ok",
    });
    expect(chat?.request).toEqual([
      { role: "system", content: "Be short." },
      { role: "user", content: "Weather in Paris?" },
    ]);
    expect(chat?.response).toMatchObject([{ role: "assistant", tool_calls: [weatherCall] }]);
    // This library does not say what streams used.
    expect(stream?.record).toMatchObject({ stream: true, tokens: null, cost: null, finish_reason: "stop" });
    expect(stream?.response).toEqual([{ role: "assistant", content: heard.text }]);
    const [embedding] = named(records, "OpenAI Embeddings");
    expect(embedding?.record).toMatchObject({ kind: "embedding", model: "sim/sim-embedding" });
    expect(embedding?.request).toBe("Weather in Paris");
    expect(embedding?.record.cut).toEqual(["attributes.embedding.embeddings.0.embedding.vector"]);
  });
});

describe("Traceloop's SDK", () => {
  test("sends its workflow, task, tool and chat as a tree", async () => {
    const { heard, records } = await run<{ usage: OpenAiUsage; id: string; text: string }>(
      ["traceloop"],
      "traceloop-app",
      4,
    );
    expect(kindsOf(records)).toEqual(["call", "run", "step", "tool"]);
    const [chat] = named(records, "chat sim/sim-instant");
    expect(chat?.under).toEqual(["ask.task", "answer.workflow"]);
    expect(chat?.record).toMatchObject({
      dialect: "gen_ai",
      model: "sim/sim-instant",
      response_id: heard.id,
      finish_reason: "stop",
      tokens: { input: heard.usage.prompt_tokens, output: heard.usage.completion_tokens },
      cost: { usd_micros: costOf(heard.usage) },
      session: "session-1",
      who: { user: "ann" },
      intent: "weather",
    });
    expect(chat?.request).toEqual([{ role: "user", content: "Weather in Paris? The sky says rain." }]);
    expect(chat?.response).toMatchObject([{ role: "assistant", content: heard.text }]);
    const [tool] = named(records, "get_weather.tool");
    expect(tool).toMatchObject({ record: { tool: { name: "get_weather" } }, response: '"rain"' });
    expect(tool?.request).toMatchObject({ kwargs: { city: "Paris" } });
  });
});

describe("Vercel's AI SDK", () => {
  interface Usage {
    inputTokens: number;
    outputTokens: number;
  }
  interface Heard {
    steps: Usage[];
    usage: Usage;
    text: string;
  }

  function checkAgent(heard: Heard, agent: SentRecord | undefined): void {
    expect(agent?.record).toMatchObject({
      kind: "agent",
      agent: { name: "assistant" },
      tokens: { input: heard.usage.inputTokens, output: heard.usage.outputTokens },
      cost: null,
    });
    expect(agent?.request).toEqual([
      { role: "system", content: "Be short." },
      { role: "user", content: "Weather in Paris?" },
    ]);
  }

  /** Each call says what it took; the agent above says it once more, and has no cost. */
  function checkCalls(heard: Heard, calls: SentRecord[]): void {
    const wanted = heard.steps.map(({ inputTokens, outputTokens }) => ({ input: inputTokens, output: outputTokens }));
    const found = calls.map(({ record }) => ({ input: record.tokens?.input ?? 0, output: record.tokens?.output ?? 0 }));
    for (const usage of wanted) expect(found).toContainEqual(usage);
    for (const { record } of calls)
      expect(record).toMatchObject({ vendor: "openai", model: "sim/sim-instant", cost: { source: "computed" } });
    expect(calls.find(({ record }) => record.finish_reason === "tool_calls")?.response).toMatchObject([
      { role: "assistant", tool_calls: [{ function: { name: "weather", arguments: '{"city":"Paris"}' } }] },
    ]);
  }

  test("sends agents, their steps, calls and tools", async () => {
    const { heard, records } = await run<Heard>(["vercel-ai"], "vercel-app", 11);
    expect(kindsOf(records)).toEqual([
      "agent",
      "agent",
      "call",
      "call",
      "call",
      "embedding",
      "embedding",
      "step",
      "step",
      "step",
      "tool",
    ]);
    checkAgent(
      heard,
      named(records, "invoke_agent sim/sim-instant").find(
        ({ record }) => record.tokens?.input === heard.usage.inputTokens,
      ),
    );
    const calls = named(records, "chat sim/sim-instant");
    checkCalls(heard, calls);
    expect(calls.map(({ under }) => under.at(-1))).toEqual(
      Array.from({ length: 3 }, () => "invoke_agent sim/sim-instant"),
    );
    const [tool] = named(records, "execute_tool weather");
    expect(tool).toMatchObject({
      request: { city: "Paris" },
      response: { sky: "rain" },
      record: { tool: { name: "weather" } },
    });
  });

  test("has its usage counted once, though its agents repeat it", async () => {
    const { heard, records } = await run<Heard>(["vercel-ai", "again"], "vercel-again-app", 11);
    const agent = records.find(({ record }) => record.tokens?.input === heard.usage.inputTokens);
    const { totals } = await app.client.traces.get({ id: agent?.record.trace_id ?? "" });
    const calls = records.filter(({ record }) => record.trace_id === agent?.record.trace_id && record.kind === "call");
    expect(totals).toMatchObject({
      calls: 2,
      tokens: { input: heard.usage.inputTokens, output: heard.usage.outputTokens },
      cost_usd_micros: calls.reduce((sum, { record }) => sum + (record.cost?.usd_micros ?? 0), 0),
    });
  });

  test("sends the same by the names it had before version 7", async () => {
    const { heard, records } = await run<Heard>(["vercel-ai", "legacy"], "vercel-legacy-app", 8);
    expect(kindsOf(records)).toEqual(["agent", "agent", "call", "call", "call", "embedding", "step", "tool"]);
    expect(records.every(({ record }) => record.dialect === "vercel_ai")).toBe(true);
    checkAgent(heard, named(records, "ai.generateText")[0]);
    checkCalls(
      heard,
      records.filter(({ record }) => record.kind === "call"),
    );
    const [stream] = named(records, "ai.streamText.doStream");
    expect(stream?.response).toMatchObject([{ role: "assistant", content: heard.text }]);
    expect(stream?.record.first_token_ms).toBeGreaterThanOrEqual(0);
  });
});

describe("Langfuse's SDK", () => {
  test("sends its observations with session, user, tags, usage, cost and prompt", async () => {
    const { records } = await run(["langfuse"], "langfuse-app", 5);
    expect(kindsOf(records)).toEqual(["call", "call", "retrieval", "span", "tool"]);
    for (const { record } of records)
      expect(record).toMatchObject({
        dialect: "langfuse",
        session: "session-1",
        who: { user: "ann", tags: ["one", "two"] },
        service: { environment: "test", release: "r1" },
        intent: "weather",
      });
    const [generation] = named(records, "ask");
    expect(generation?.under).toEqual(["answer"]);
    expect(generation).toMatchObject({
      record: {
        model: "gpt-4o-mini",
        prompt: { name: "weather", version: "3" },
        tokens: { input: 100, output: 30, cache_read: 40, reasoning: 10 },
        // 60 at 0.15, 40 at 0.075, 30 at 0.60 dollars a million.
        cost: { usd_micros: 30, source: "computed" },
      },
      request: [{ role: "user", content: "Weather in Paris?" }],
      response: [{ role: "assistant", content: "Rain." }],
    });
    expect(named(records, "ask again")[0]?.record.cost).toEqual({
      usd_micros: 3000,
      source: "reported",
      price_version: null,
    });
    expect(named(records, "get_weather")[0]?.record).toMatchObject({
      tool: { name: "get_weather" },
      outcome: "failed",
      error: { message: "no sky" },
    });
    expect(named(records, "search")[0]?.record.retrieval).toMatchObject({ query: "Paris" });
    expect(named(records, "answer")[0]?.record.quality).toBe(0.9);
  });
});

describe("OpenTelemetry's SDK, with its conventions' attributes", () => {
  test("sends a workflow whose call is priced with its cache beside the input", async () => {
    const { records } = await run(["plain-gen-ai"], "plain-app", 4);
    expect(kindsOf(records)).toEqual(["call", "run", "score", "tool"]);
    const [chat] = named(records, "chat claude-sonnet-4-5");
    expect(chat?.under).toEqual(["invoke_workflow answer"]);
    expect(chat?.record).toMatchObject({
      vendor: "anthropic",
      model: "claude-sonnet-4-5",
      answer_model: "claude-sonnet-4-5-20250929",
      tokens: { input: 1210, output: 100, cache_read: 1000, cache_write: 200 },
      // 10 at 3, 1000 at 0.30, 200 at 3.75, 100 at 15 dollars a million.
      cost: { usd_micros: 2580, source: "computed" },
      session: "session-1",
      finish_reason: "stop",
      intent: "weather",
      quality: 0.75,
      scope: { name: "my-agent", version: "1.0.0", schema_url: "https://opentelemetry.io/schemas/gen-ai/1.42.0" },
      span_kind: "client",
    });
    const [score] = named(records, "relevance");
    expect(score?.under).toEqual(["chat claude-sonnet-4-5", "invoke_workflow answer"]);
    expect(score?.record).toMatchObject({ score: { name: "relevance", value: 0.8 }, session: "session-1", cost: null });
    expect(named(records, "execute_tool get_weather")[0]?.record).toMatchObject({
      outcome: "failed",
      error: { code: "timeout", message: "The sky did not answer." },
    });
  });
});

describe("a coding agent that sends logs alone", () => {
  test("has its requests to models and its tools on record, one trace a prompt", async () => {
    const { records } = await run(["coding-agent"], "coding-agent-app", 3);
    expect(kindsOf(records)).toEqual(["call", "log", "tool"]);
    expect(new Set(records.map(({ record }) => record.trace_id)).size).toBe(1);
    expect(named(records, "claude_code.api_request")[0]?.record).toMatchObject({
      dialect: "claude_code",
      vendor: "anthropic",
      model: "claude-sonnet-4-5",
      tokens: { input: 1210, output: 100, cache_read: 1000, cache_write: 200 },
      cost: { usd_micros: 2580, source: "computed" },
      session: "session-1",
      who: { user: "ann@example.org" },
      duration_ms: 1500,
    });
    expect(named(records, "claude_code.tool_result")[0]?.record).toMatchObject({
      tool: { name: "Bash" },
      outcome: "failed",
      error: { message: "no such file" },
    });
  });
});
