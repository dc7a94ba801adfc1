// The SDKs that people write their programs with, each asked the same question in its own way: what it heard, and which tools
// it was told to call.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import Anthropic from "@anthropic-ai/sdk";
import {
  BedrockRuntimeClient,
  type ContentBlock,
  ConverseCommand,
  ConverseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { GoogleGenAI } from "@google/genai";
import { ChatAnthropic } from "@langchain/anthropic";
import { ChatOpenAI } from "@langchain/openai";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { generateText, jsonSchema, type LanguageModel, streamText, tool, type ToolSet } from "ai";
import { CohereClientV2 } from "cohere-ai";
import OpenAI from "openai";

export interface Heard {
  text: string;
  calls: { name: string; input: unknown }[];
}

export interface SdkClient {
  ask(model: string): Promise<Heard>;
  stream(model: string): Promise<Heard>;
}

const question = "What is the weather in Paris?";
const schema = { type: "object", properties: { city: { type: "string" } } } as const;
const messages = [{ role: "user" as const, content: question }];
const definition = { name: "get_weather", description: "The weather in a city", parameters: schema };

export function sdkClients({ url, key }: { url: string; key: string }): Record<string, SdkClient> {
  const baseURL = `${url}/v1`;
  const openai = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
  const chain = { apiKey: key, configuration: { baseURL }, maxRetries: 0 };
  return {
    "openai chat": openAiChat(openai),
    "openai responses": openAiResponses(openai),
    anthropic: anthropicMessages(new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 })),
    "google genai": gemini(new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } })),
    "aws bedrock": bedrock({ url, key }),
    "cohere chat": cohere(new CohereClientV2({ token: key, environment: url })),
    "ai, openai chat": vercel((model) => createOpenAI({ baseURL, apiKey: key }).chat(model)),
    "ai, openai responses": vercel((model) => createOpenAI({ baseURL, apiKey: key })(model)),
    "ai, anthropic": vercel((model) => createAnthropic({ baseURL, apiKey: key })(model)),
    "ai, google": vercel((model) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey: key })(model)),
    "langchain, openai chat": langchain((model) => new ChatOpenAI({ ...chain, model })),
    "langchain, openai responses": langchain((model) => new ChatOpenAI({ ...chain, model, useResponsesApi: true })),
    "langchain, anthropic": langchain(
      (model) => new ChatAnthropic({ model, apiKey: key, anthropicApiUrl: url, maxRetries: 0 }),
    ),
  };
}

function openAiChat(openai: OpenAI): SdkClient {
  const request = { messages, tools: [{ type: "function" as const, function: definition }] };
  const heardIn = (message: OpenAI.ChatCompletionMessage): Heard => ({
    text: message.content ?? "",
    calls: (message.tool_calls ?? []).flatMap((call) =>
      call.type === "function" ? [{ name: call.function.name, input: inputIn(call.function.arguments) }] : [],
    ),
  });
  return {
    async ask(model) {
      const { choices } = await openai.chat.completions.create({ model, ...request });
      return choices[0] ? heardIn(choices[0].message) : { text: "", calls: [] };
    },
    stream: async (model) => heardIn(await openai.chat.completions.stream({ model, ...request }).finalMessage()),
  };
}

function openAiResponses(openai: OpenAI): SdkClient {
  const request = { input: question, tools: [{ type: "function" as const, strict: false, ...definition }] };
  const heardIn = ({ output_text: text, output }: OpenAI.Responses.Response): Heard => ({
    text,
    calls: output.flatMap((item) =>
      item.type === "function_call" ? [{ name: item.name, input: inputIn(item.arguments) }] : [],
    ),
  });
  return {
    ask: async (model) => heardIn(await openai.responses.create({ model, ...request })),
    stream: async (model) => heardIn(await openai.responses.stream({ model, ...request }).finalResponse()),
  };
}

function anthropicMessages(anthropic: Anthropic): SdkClient {
  const { name, description } = definition;
  const request = { messages, max_tokens: 500, tools: [{ name, description, input_schema: schema as never }] };
  const heardIn = ({ content }: Anthropic.Message): Heard => ({
    text: content.map((block) => (block.type === "text" ? block.text : "")).join(""),
    calls: content.flatMap((block) => (block.type === "tool_use" ? [{ name: block.name, input: block.input }] : [])),
  });
  return {
    ask: async (model) => heardIn(await anthropic.messages.create({ model, ...request })),
    stream: async (model) => heardIn(await anthropic.messages.stream({ model, ...request }).finalMessage()),
  };
}

function gemini(google: GoogleGenAI): SdkClient {
  const { name, description } = definition;
  const tools = [{ functionDeclarations: [{ name, description, parametersJsonSchema: schema }] }];
  const request = { contents: question, config: { tools } };
  type Said = Awaited<ReturnType<GoogleGenAI["models"]["generateContent"]>>;
  const heardIn = (said: Said[]): Heard => {
    const parts = said.flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? []);
    return {
      text: parts.map(({ text, thought }) => (thought ? "" : (text ?? ""))).join(""),
      calls: parts.flatMap(({ functionCall: call }) => (call ? [{ name: call.name ?? "", input: call.args }] : [])),
    };
  };
  return {
    ask: async (model) => heardIn([await google.models.generateContent({ model, ...request })]),
    async stream(model) {
      const said: Said[] = [];
      for await (const piece of await google.models.generateContentStream({ model, ...request })) said.push(piece);
      return heardIn(said);
    },
  };
}

function bedrock({ url, key }: { url: string; key: string }): SdkClient {
  const client = new BedrockRuntimeClient({
    region: "us-east-1",
    endpoint: url,
    token: { token: key },
    authSchemePreference: ["httpBearerAuth"],
    maxAttempts: 1,
    // By itself it speaks HTTP/2, whatever the address says.
    requestHandler: new NodeHttpHandler(),
  });
  const { name, description } = definition;
  const tools = [{ toolSpec: { name, description, inputSchema: { json: schema as never } } }];
  const request = { messages: [{ role: "user" as const, content: [{ text: question }] }], toolConfig: { tools } };
  const heardIn = (blocks: ContentBlock[]): Heard => ({
    text: blocks.map(({ text = "" }) => text).join(""),
    calls: blocks.flatMap(({ toolUse: call }) => (call ? [{ name: call.name ?? "", input: call.input }] : [])),
  });
  return {
    async ask(modelId) {
      const { output } = await client.send(new ConverseCommand({ modelId, ...request }));
      return heardIn(output?.message?.content ?? []);
    },
    async stream(modelId) {
      let text = "";
      const calls: { name: string; input: string }[] = [];
      const { stream = [] } = await client.send(new ConverseStreamCommand({ modelId, ...request }));
      for await (const { contentBlockStart, contentBlockDelta } of stream) {
        const begun = contentBlockStart?.start?.toolUse;
        if (begun) calls.push({ name: begun.name ?? "", input: "" });
        text += contentBlockDelta?.delta?.text ?? "";
        const last = calls.at(-1);
        if (last) last.input += contentBlockDelta?.delta?.toolUse?.input ?? "";
      }
      return { text, calls: calls.map((call) => ({ name: call.name, input: inputIn(call.input) })) };
    },
  };
}

function cohere(client: CohereClientV2): SdkClient {
  const request = { messages, tools: [{ type: "function" as const, function: definition as never }] };
  return {
    async ask(model) {
      const { message } = await client.chat({ model, ...request });
      return {
        text:
          (message.content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("") +
          (message.toolPlan ?? ""),
        calls: (message.toolCalls ?? []).map(({ function: called }) => ({
          name: called?.name ?? "",
          input: inputIn(called?.arguments ?? ""),
        })),
      };
    },
    async stream(model) {
      let text = "";
      const calls: { name: string; input: string }[] = [];
      for await (const event of await client.chatStream({ model, ...request })) {
        if (event.type === "content-delta") text += event.delta?.message?.content?.text ?? "";
        if (event.type === "tool-plan-delta") text += event.delta?.message?.toolPlan ?? "";
        if (event.type === "tool-call-start") {
          const called = event.delta?.message?.toolCalls?.function;
          calls.push({ name: called?.name ?? "", input: called?.arguments ?? "" });
        }
        const last = calls.at(-1);
        if (event.type === "tool-call-delta" && last)
          last.input += event.delta?.message?.toolCalls?.function?.arguments ?? "";
      }
      return { text, calls: calls.map(({ name, input }) => ({ name, input: inputIn(input) })) };
    },
  };
}

function vercel(modelOf: (model: string) => LanguageModel): SdkClient {
  const { name, description } = definition;
  const tools: ToolSet = { [name]: tool({ description, inputSchema: jsonSchema<{ city?: string }>(schema) }) };
  const request = { prompt: question, tools, maxRetries: 0 };
  return {
    async ask(model) {
      const { text, toolCalls } = await generateText({ model: modelOf(model), ...request });
      return { text, calls: toolCalls.map((call) => ({ name: call.toolName, input: call.input })) };
    },
    async stream(model) {
      const answer = streamText({ model: modelOf(model), ...request, onError: () => undefined });
      const toolCalls = await answer.toolCalls;
      return {
        text: await answer.text,
        calls: toolCalls.map((call) => ({ name: call.toolName, input: call.input })),
      };
    },
  };
}

function langchain(modelOf: (model: string) => ChatOpenAI | ChatAnthropic): SdkClient {
  const { name, description } = definition;
  const bound = (model: string) => {
    const chat = modelOf(model);
    return chat.bindTools([{ type: "function", function: { name, description, parameters: schema } }] as never);
  };
  return {
    async ask(model) {
      const { text, tool_calls: calls = [] } = await bound(model).invoke(question);
      return { text, calls: calls.map((call) => ({ name: call.name, input: call.args })) };
    },
    async stream(model) {
      const [first, ...rest] = await Array.fromAsync(await bound(model).stream(question));
      const whole = rest.reduce((sum, piece) => sum?.concat(piece), first);
      return {
        text: whole?.text ?? "",
        calls: (whole?.tool_calls ?? []).map((call) => ({ name: call.name, input: call.args })),
      };
    },
  };
}

function inputIn(text: string): unknown {
  return JSON.parse(text || "{}");
}
