// Other SDKs that people write their programs with, against the whole program: each through its own dialect to a vendor that
// speaks another.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { ChatAnthropic } from "@langchain/anthropic";
import { type AIMessage, HumanMessage } from "@langchain/core/messages";
import { tool as chainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embed, generateText, jsonSchema, Output, streamText, tool } from "ai";
import { CohereClient, CohereClientV2 } from "cohere-ai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { serveRerank } from "../support/vendors/rerank.ts";

let app: TestApp;
let reranker: ReturnType<typeof serveRerank>;

beforeAll(async () => {
  reranker = serveRerank();
  app = await startTestApp({
    config: `
providers:
  vendors:
    jina: { kind: jina, base_url: "${reranker.url}", api_key: "env:RERANK_KEY" }
    house: { kind: vllm, base_url: "${reranker.url}", api_key: "env:RERANK_KEY" }
    cohere: { kind: cohere, base_url: "${reranker.origin}", api_key: "env:RERANK_KEY" }
`,
    env: { RERANK_KEY: "k" },
  });
});
afterAll(async () => {
  await app?.close();
  await reranker?.close();
});

// What it has to say of models that it does not know is of no use here.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

const MODEL = "sim/sim-instant";
const question = "What is the weather in Paris?";
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;
const lastRecord = async () => {
  const [call] = (await app.client.calls.list({ limit: 1 })).calls;
  return app.client.calls.get({ id: call?.id ?? "" });
};

describe("Vercel's AI SDK", () => {
  const providers = () =>
    [
      ["openai-responses", createOpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key })(MODEL)],
      ["openai-chat", createOpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key }).chat(MODEL)],
      ["anthropic-messages", createAnthropic({ baseURL: `${app.url}/v1`, apiKey: app.key })(MODEL)],
      ["gemini", createGoogleGenerativeAI({ baseURL: `${app.url}/v1beta`, apiKey: app.key })(MODEL)],
    ] as const;
  const names = ["openai-responses", "openai-chat", "anthropic-messages", "gemini"] as const;
  const modelIn = (dialect: (typeof names)[number]) => {
    const found = providers().find(([name]) => name === dialect);
    if (!found) throw new Error("no such provider");
    return found[1];
  };

  test.each(names)("answers in %s", async (dialect) => {
    const { text, usage, finishReason } = await generateText({
      model: modelIn(dialect),
      prompt: "What is a binnacle?",
    });
    expect(text).toContain("simulator");
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(finishReason).toBe("stop");
    expect(await lastRecord()).toMatchObject({ dialect, outcome: "ok" });
  });

  test.each(names)("streams in %s", async (dialect) => {
    const stream = streamText({ model: modelIn(dialect), prompt: "Stream to me." });
    let heard = "";
    for await (const piece of stream.textStream) heard += piece;
    expect(heard).toContain("simulator");
    expect((await stream.usage).inputTokens).toBeGreaterThan(0);
    expect(await lastRecord()).toMatchObject({ dialect, outcome: "ok", stream: true });
  });

  test.each(names)("calls tools in %s, and hands their results back", async (dialect) => {
    const asked: unknown[] = [];
    const weather = tool({
      description: "The weather in a city",
      inputSchema: jsonSchema<{ city: string }>(parameters),
      execute: async (input) => {
        asked.push(input);
        return "22 degrees";
      },
    });
    const { steps, text } = await generateText({
      model: modelIn(dialect),
      tools: { get_weather: weather },
      prompt: question,
      stopWhen: ({ steps: done }) => done.length >= 2,
    });
    expect(asked).toEqual([{ city: "Paris" }]);
    expect(steps).toHaveLength(2);
    expect(text.length).toBeGreaterThan(0);
  });

  test.each(names)("fills a schema in %s", async (dialect) => {
    const schema = jsonSchema<{ city: string }>({ ...parameters, additionalProperties: false });
    const { output } = await generateText({
      model: modelIn(dialect),
      output: Output.object({ schema }),
      prompt: question,
    });
    expect(Object.keys(output)).toEqual(["city"]);
  });

  test("embeds a text", async () => {
    const openai = createOpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key });
    const { embedding } = await embed({ model: openai.embedding("sim/sim-embedding"), value: "ahoy" });
    expect(embedding).toHaveLength(256);
  });
});

describe("LangChain", () => {
  const weather = chainTool(async () => "22 degrees", {
    name: "get_weather",
    description: "The weather in a city",
    schema: parameters,
  });
  const models = () => ({
    "openai-chat": new ChatOpenAI({ model: MODEL, apiKey: app.key, configuration: { baseURL: `${app.url}/v1` } }),
    "openai-responses": new ChatOpenAI({
      model: MODEL,
      apiKey: app.key,
      configuration: { baseURL: `${app.url}/v1` },
      useResponsesApi: true,
    }),
    "anthropic-messages": new ChatAnthropic({ model: MODEL, apiKey: app.key, anthropicApiUrl: app.url }),
  });

  test.each(["openai-chat", "openai-responses", "anthropic-messages"] as const)("answers in %s", async (dialect) => {
    const answer: AIMessage = await models()[dialect].invoke("What is a binnacle?");
    expect(answer.text).toContain("simulator");
    expect(answer).toMatchObject({ usage_metadata: { output_tokens: expect.any(Number) } });
    expect(await lastRecord()).toMatchObject({ dialect, outcome: "ok" });
  });

  test.each(["openai-chat", "openai-responses", "anthropic-messages"] as const)("streams in %s", async (dialect) => {
    let heard = "";
    for await (const piece of await models()[dialect].stream("Stream to me.")) heard += piece.text;
    expect(heard).toContain("simulator");
  });

  test.each(["openai-chat", "openai-responses", "anthropic-messages"] as const)(
    "calls tools in %s",
    async (dialect) => {
      const model = models()[dialect].bindTools([weather]);
      const asked = new HumanMessage(question);
      const answer = await model.invoke([asked]);
      expect(answer.tool_calls?.[0]).toMatchObject({ name: "get_weather", args: { city: "Paris" } });
      const call = answer.tool_calls?.[0];
      if (!call) throw new Error("no call");
      const followed = await model.invoke([asked, answer, await weather.invoke({ ...call, type: "tool_call" })]);
      expect(followed.text.length).toBeGreaterThan(0);
    },
  );

  test("embeds a text", async () => {
    const embeddings = new OpenAIEmbeddings({
      model: "sim/sim-embedding",
      apiKey: app.key,
      configuration: { baseURL: `${app.url}/v1` },
    });
    expect(await embeddings.embedQuery("ahoy")).toHaveLength(256);
  });
});

describe("Cohere's SDK", () => {
  const second = () => new CohereClientV2({ token: app.key, environment: app.url });
  const documents = ["A cake.", "A ship's compass.", "A compass rose."];

  test.each(["jina/jina-reranker-v2", "house/bge-reranker", "cohere/rerank-v3.5"])("reranks with %s", async (model) => {
    const { results } = await second().rerank({ model, query: "compass", documents, topN: 2 });
    expect(results.map(({ index }) => index)).toEqual([1, 2]);
    expect(results[0]?.relevanceScore).toBeGreaterThan(results[1]?.relevanceScore ?? 1);
    expect(await lastRecord()).toMatchObject({ operation: "rerank", outcome: "ok", dialect: "cohere-chat" });
  });

  test("reranks in its first version, which gives the documents back", async () => {
    const first = new CohereClient({ token: app.key, environment: app.url });
    const { results } = await first.rerank({
      model: "jina/jina-reranker-v2",
      query: "compass",
      documents,
      returnDocuments: true,
    });
    expect(results[0]).toMatchObject({ index: 1, document: { text: "A ship's compass." } });
  });

  test("chats, whole and streamed", async () => {
    const messages = [{ role: "user" as const, content: "What is a binnacle?" }];
    const answer = await second().chat({ model: MODEL, messages });
    const [said] = answer.message.content ?? [];
    expect(said?.type === "text" ? said.text : "").toContain("simulator");
    let heard = "";
    for await (const event of await second().chatStream({ model: MODEL, messages }))
      if (event.type === "content-delta") heard += event.delta?.message?.content?.text ?? "";
    expect(heard).toContain("simulator");
    expect(await lastRecord()).toMatchObject({ dialect: "cohere-chat", outcome: "ok", stream: true });
  });

  test("embeds a text", async () => {
    const { embeddings } = await second().embed({
      model: "sim/sim-embedding",
      texts: ["ahoy", "avast"],
      inputType: "search_document",
      embeddingTypes: ["float"],
    });
    expect(embeddings.float?.map((vector) => vector.length)).toEqual([256, 256]);
  });

  test("is told of a model that does not rerank", async () => {
    const refused = await second()
      .rerank({ model: MODEL, query: "x", documents })
      .then(
        () => "",
        (error: unknown) => String(error),
      );
    expect(refused).toContain("does not offer rerank");
  });
});
