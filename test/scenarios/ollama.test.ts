// Ollama from both sides: programs of any SDK against a server that answers as its documentation says, and its own clients
// against any vendor. No recordings of it exist.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type OllamaVendor, startOllamaVendor } from "../support/vendors/ollama.ts";
import { sdkClients } from "../support/sdk-clients.ts";

let app: TestApp;
let ollama: OllamaVendor;

beforeAll(async () => {
  ollama = startOllamaVendor();
  app = await startTestApp({
    config: `
providers:
  vendors:
    ollama: { kind: ollama, base_url: "${ollama.origin}/v1", models: [qwen3] }
    native: { kind: ollama, base_url: "${ollama.origin}", dialects: [ollama-chat] }
  models: { ollama/qwen3: { context_tokens: 40960, capabilities: [tools, reasoning] } }
gateway: { attempts_max: 1 }
`,
  });
});
afterAll(async () => {
  await app?.close();
  await ollama?.close();
});

const NAMES = [
  "openai chat",
  "openai responses",
  "anthropic",
  "google genai",
  "aws bedrock",
  "cohere chat",
  "ai, openai chat",
  "ai, anthropic",
  "langchain, openai chat",
];

async function lastRecord() {
  const [call] = (await app.client.calls.list({ limit: 1 })).calls;
  return app.client.calls.get({ id: call?.id ?? "" });
}

const anthropic = () => new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0 });
const openai = () => new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
const question = [{ role: "user" as const, content: "How warm is it?" }];

describe.each(NAMES)("%s", (name) => {
  test("is answered by Ollama, and told which tools to call, whole and bit by bit", async () => {
    const wanted = { text: "I will look.", calls: [{ name: "get_weather", input: { city: "Paris" } }] };
    const client = sdkClients(app)[name];
    expect(await client?.ask("native/qwen3")).toEqual(wanted);
    expect(ollama.last()).toMatchObject({ path: "/api/chat", body: { model: "qwen3", stream: false } });
    expect(await client?.stream("native/qwen3")).toEqual(wanted);
    expect(ollama.last()).toMatchObject({ path: "/api/chat", body: { model: "qwen3", stream: true } });
    const { outcome, tokens } = await lastRecord();
    expect([outcome, tokens.input, tokens.output]).toEqual(["ok", 169, 18]);
  });
});

describe("Anthropic's SDK", () => {
  const said = (content: Anthropic.ContentBlock[]) =>
    content.flatMap((block) =>
      block.type === "thinking" ? [block.thinking] : block.type === "text" ? [block.text] : [],
    );
  const asks = { model: "ollama/qwen3", max_tokens: 2000, top_k: 20, messages: question };
  const thinking = { type: "enabled" as const, budget_tokens: 1024 };

  test("hears what the model thought, then what it said", async () => {
    const answer = await anthropic().messages.create({ ...asks, thinking });
    expect(said(answer.content)).toEqual(["The user asks for the weather.", "It is 24 °C."]);
    expect(answer).toMatchObject({ stop_reason: "end_turn", usage: { input_tokens: 169, output_tokens: 18 } });
    expect(ollama.last().body).toMatchObject({ think: true, options: { num_predict: 2000, top_k: 20 } });
    const streamed = await anthropic()
      .messages.stream({ ...asks, thinking })
      .finalMessage();
    expect(said(streamed.content)).toEqual(said(answer.content));
  });

  test("gives a tool's result back to the call that it answers", async () => {
    const tools = [{ name: "get_weather", input_schema: { type: "object" as const } }];
    const first = await anthropic().messages.create({ ...asks, tools });
    const call = first.content.find((block) => block.type === "tool_use");
    const result = { type: "tool_result" as const, tool_use_id: call?.id ?? "", content: "24 °C" };
    const messages: Anthropic.MessageParam[] = [
      ...question,
      { role: "assistant", content: first.content },
      { role: "user", content: [result] },
    ];
    await anthropic().messages.create({ ...asks, messages, tools });
    expect(ollama.last().body.messages.slice(1)).toEqual([
      {
        role: "assistant",
        content: "I will look.",
        tool_calls: [{ function: { name: "get_weather", arguments: { city: "Paris" } } }],
      },
      { role: "tool", content: "24 °C", tool_name: "get_weather" },
    ]);
  });

  test.each([
    ["missing", 404, "not found"],
    ["plain", 400, "does not support thinking"],
  ])("is refused %s with Ollama's words", async (model, status, words) => {
    const work = anthropic().messages.create({ ...asks, model: `ollama/${model}`, thinking });
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown as { status: number; message: string },
    );
    expect(error?.status).toBe(status);
    expect(error?.message).toContain(words);
  });
});

describe("OpenAI's SDK", () => {
  test("is passed through to the compatible address", async () => {
    const answer = await openai().chat.completions.create({ model: "ollama/qwen3", messages: question });
    expect(answer.choices[0]?.message.content).toBe("said compatibly");
    expect(ollama.last().path).toBe("/v1/chat/completions");
  });

  test.each(["broken", "cut"])("is told that the answer of a model that is %s broke off", async (model) => {
    const stream = await openai().chat.completions.create({
      model: `native/${model}`,
      messages: question,
      stream: true,
    });
    let text = "";
    const read = async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    };
    expect(
      await read().then(
        () => "ended",
        () => "failed",
      ),
    ).toBe("failed");
    expect(text).toBe("It is 24 °C.");
    expect((await lastRecord()).outcome).toBe("truncated");
  });
});

describe("a client of Ollama's", () => {
  const post = (path: string, body: object, key = app.key) =>
    fetch(app.url + path, { method: "POST", body: JSON.stringify(body), headers: { authorization: `Bearer ${key}` } });
  const get = (path: string) => fetch(app.url + path, { headers: { authorization: `Bearer ${app.key}` } });
  const parsed = (text: string) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("is passed through to Ollama, and streamed to unless it says otherwise", async () => {
    const response = await post("/api/chat", { model: "ollama/qwen3", messages: question, keep_alive: "1h" });
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    const lines = parsed(await response.text());
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatchObject({ done: true, total_duration: 3_244_883_583 });
    expect(ollama.last()).toEqual({
      path: "/api/chat",
      body: { model: "qwen3", messages: question, keep_alive: "1h" },
    });
    const { dialect, stream, messages } = await lastRecord();
    expect([dialect, stream, messages.at(-1)?.text]).toEqual(["ollama-chat", true, "It is 24 °C."]);
  });

  test("is answered by other vendors", async () => {
    const asked = { model: "sim/sim-instant", messages: question };
    const whole = (await (await post("/api/chat", { ...asked, stream: false })).json()) as Record<string, unknown>;
    expect(whole).toMatchObject({ model: "sim-instant", done: true, done_reason: "stop" });
    expect(whole["prompt_eval_count"]).toBeGreaterThan(0);
    const lines = parsed(await (await post("/api/chat", asked)).text());
    const text = lines.map(({ message }) => (message as { content: string }).content).join("");
    expect(text).not.toBe("");
    expect(lines.at(-1)).toMatchObject({ done: true });
    expect((await lastRecord()).messages.at(-1)?.text).toBe(text);
  });

  test.each(["ollama/broken", "ollama/cut"])("is told by a last line that %s broke off", async (model) => {
    const lines = parsed(await (await post("/api/chat", { model, messages: question })).text());
    expect(Object.keys(lines.at(-1) ?? {})).toEqual(["error"]);
    expect((await lastRecord()).outcome).toBe("truncated");
  });

  test.each([
    ["a model that is not there", 404, () => post("/api/chat", { model: "nowhere/m", messages: question })],
    ["a wrong key", 401, () => post("/api/chat", { model: "sim/sim-instant", messages: question }, "bk_nobody")],
    ["what is no conversation", 400, () => post("/api/chat", { model: "sim/sim-instant", messages: "Hi" })],
    ["to show a model that is not there", 404, () => post("/api/show", { model: "nowhere/m" })],
    ["a list without a key", 401, () => fetch(`${app.url}/api/tags`)],
  ])("is refused %s in a sentence", async (_, status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/.{10}/) as unknown });
  });

  test("finds the models, what one can, and a version", async () => {
    const { models } = (await (await get("/api/tags")).json()) as { models: { name: string }[] };
    expect(models.map(({ name }) => name)).toContain("ollama/qwen3");
    const shown = await (await post("/api/show", { model: "ollama/qwen3" })).json();
    expect(shown).toMatchObject({
      model_info: { "ollama.context_length": 40_960 },
      capabilities: ["completion", "tools", "thinking"],
    });
    expect(await (await get("/api/version")).json()).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown,
    });
  });
});
