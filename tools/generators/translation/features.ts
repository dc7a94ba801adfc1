// What a chat request and an answer can say, one thing at a time: each with a way to look it up again after it went through a
// dialect. From these the table of docs/reference/translation.md is made, and round trips are tested.
import { collectAnswer } from "../../../src/providers/formats/collect-answer.ts";
import type { ChatEvent, ChatRequest, Message, Part } from "../../../src/providers/contract.ts";

export interface RequestFeature {
  name: string;
  /** Added to a plain request. */
  says: Partial<ChatRequest>;
  find(request: ChatRequest): unknown;
}

export interface AnswerFeature {
  name: string;
  /** Between the start and the end of an answer, in place of a plain text. */
  says: ChatEvent[];
  find(events: readonly ChatEvent[]): unknown;
}

const PNG = "data:image/png;base64,iVBORw0KGgo=";
const PDF = "JVBERi0xLjQK";
const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const weather = { name: "get_weather", description: "The weather in a city", parameters: schema };

const ask = (...parts: Part[]): Partial<ChatRequest> => ({ messages: [{ role: "user", parts }] });
const parts = ({ messages }: ChatRequest): Part[] => messages.flatMap((message) => message.parts);
const partOf = (type: Part["type"]) => (request: ChatRequest) => parts(request).find((part) => part.type === type);
const messageOf = (request: ChatRequest, role: Message["role"]) => request.messages.find((each) => each.role === role);
const calling: Message = {
  role: "assistant",
  parts: [],
  tool_calls: [{ id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' }],
};
const text = (said: string): Part => ({ type: "text", text: said });
const question: Message = { role: "user", parts: [text("What is the weather in Paris?")] };
const answerTo = (parts: Part[], more: Partial<Message> = {}): Message => ({
  role: "tool",
  tool_call_id: "call_1",
  parts,
  ...more,
});

/** The members that a feature is about, as far as they came back. */
const member =
  <K extends keyof ChatRequest>(key: K) =>
  (request: ChatRequest) =>
    request[key];

export const requestFeatures: readonly RequestFeature[] = [
  {
    name: "instructions",
    says: { messages: [{ role: "system", parts: [text("Be brief.")] }, question] },
    find: ({ messages }) =>
      messages
        .filter(({ role }) => role === "system" || role === "developer")
        .flatMap((message) => message.parts.map((part) => ("text" in part ? part.text : ""))),
  },
  {
    name: "picture, as data",
    says: ask(text("See:"), { type: "image", url: PNG }),
    find: (request) => partOf("image")(request),
  },
  {
    name: "picture, by address",
    says: ask(text("See:"), { type: "image", url: "https://example.org/a.png" }),
    find: (request) => partOf("image")(request),
  },
  {
    name: "PDF",
    says: ask(text("Read:"), { type: "file", filename: "a.pdf", data: PDF, media_type: "application/pdf" }),
    find: (request) => {
      const part = partOf("file")(request);
      return part?.type === "file" ? part.data?.replace(/^data:[^,]*,/, "") : undefined;
    },
  },
  {
    name: "sound",
    says: ask(text("Hear:"), { type: "audio", data: "UklGRg==", format: "wav" }),
    find: (request) => partOf("audio")(request),
  },
  {
    name: "video, by address",
    says: ask(text("Watch:"), { type: "video", url: "https://example.org/a.mp4", media_type: "video/mp4" }),
    find: (request) => partOf("video")(request) !== undefined,
  },
  {
    name: "tools",
    says: { messages: [question], tools: [weather] },
    find: ({ tools }) => tools?.map(({ name, description, parameters }) => ({ name, description, parameters })),
  },
  {
    name: "strict tools",
    says: { messages: [question], tools: [{ ...weather, strict: true }] },
    find: ({ tools }) => tools?.map(({ strict }) => strict),
  },
  {
    name: "tool choice: one must be called",
    says: { messages: [question], tools: [weather], tool_choice: "required" },
    find: member("tool_choice"),
  },
  {
    name: "tool choice: this one",
    says: { messages: [question], tools: [weather], tool_choice: { name: "get_weather" } },
    find: member("tool_choice"),
  },
  {
    name: "tool choice: none",
    says: { messages: [question], tools: [weather], tool_choice: "none" },
    find: member("tool_choice"),
  },
  {
    name: "no tool calls side by side",
    says: { messages: [question], tools: [weather], parallel_tool_calls: false },
    find: member("parallel_tool_calls"),
  },
  {
    name: "tool calls and results",
    says: { tools: [weather], messages: [question, calling, answerTo([text("22 degrees")])] },
    find: (request) => [
      messageOf(request, "assistant")?.tool_calls?.map(({ name, arguments: given }) => [
        name,
        given.replace(/\s/g, ""),
      ]),
      messageOf(request, "tool")?.parts.map((part) => ("text" in part ? part.text : "")),
    ],
  },
  {
    name: "failed tools",
    says: { tools: [weather], messages: [question, calling, answerTo([text("no network")], { is_error: true })] },
    find: (request) => messageOf(request, "tool")?.is_error,
  },
  {
    name: "pictures as results",
    says: { tools: [weather], messages: [question, calling, answerTo([{ type: "image", url: PNG }])] },
    find: (request) => partOf("image")(request),
  },
  {
    name: "plain reasoning given back",
    says: {
      messages: [question, { role: "assistant", parts: [{ type: "reasoning", text: "hm" }, text("22")] }, question],
    },
    find: (request) => partOf("reasoning")(request) !== undefined,
  },
  { name: "JSON", says: { response_format: { type: "json" } }, find: member("response_format") },
  {
    name: "JSON schema",
    says: { response_format: { type: "json_schema", name: "answer", schema } },
    find: ({ response_format: format }) => (format?.type === "json_schema" ? format.schema : undefined),
  },
  { name: "limit of the answer", says: { max_output_tokens: 300 }, find: member("max_output_tokens") },
  { name: "temperature", says: { temperature: 0.5 }, find: member("temperature") },
  { name: "`top_p`", says: { top_p: 0.9 }, find: member("top_p") },
  { name: "`top_k`", says: { top_k: 40 }, find: member("top_k") },
  { name: "stop sequences", says: { stop: ["END"] }, find: member("stop") },
  { name: "seed", says: { seed: 7 }, find: member("seed") },
  { name: "presence penalty", says: { presence_penalty: 0.5 }, find: member("presence_penalty") },
  { name: "frequency penalty", says: { frequency_penalty: 0.5 }, find: member("frequency_penalty") },
  { name: "several answers", says: { choices: 2 }, find: member("choices") },
  { name: "log probabilities", says: { logprobs: { top: 3 } }, find: member("logprobs") },
  {
    name: "effort of reasoning",
    says: { reasoning: { effort: "high" } },
    find: ({ reasoning }) => reasoning?.effort ?? reasoning?.budget_tokens,
  },
  {
    name: "budget of reasoning",
    says: { reasoning: { budget_tokens: 2048 }, max_output_tokens: 8000 },
    find: ({ reasoning }) => reasoning?.budget_tokens ?? reasoning?.effort,
  },
  {
    name: "no reasoning",
    says: { reasoning: { disabled: true } },
    find: ({ reasoning }) =>
      reasoning?.disabled === true || reasoning?.effort === "none" || reasoning?.budget_tokens === 0 || undefined,
  },
  {
    name: "prompt-cache marks",
    says: ask({ type: "text", text: "Long.", cache: { ttl: "5m" } }),
    find: (request) => parts(request).some((part) => "cache" in part && part.cache !== undefined),
  },
  { name: "service tier", says: { service_tier: "flex" }, find: member("service_tier") },
  { name: "metadata", says: { metadata: { order: "7" } }, find: member("metadata") },
  { name: "the caller's user", says: { user: "ann" }, find: member("user") },
];

const CHOICE = { choice: 0 } as const;
const collected = (events: readonly ChatEvent[]) => collectAnswer(events).choices.get(0);
const finishOf = (events: readonly ChatEvent[]) => collected(events)?.finish?.reason;
const usageOf = (events: readonly ChatEvent[]) => collectAnswer(events).usage;
const usage = { input: 30, output: 20, cache_read: 0, cache_write: 0, reasoning: 0 };
const call: ChatEvent[] = [
  { type: "tool_call_start", ...CHOICE, index: 0, id: "call_1", name: "get_weather" },
  { type: "tool_call_arguments", ...CHOICE, index: 0, text: '{"city":"Paris"}' },
];
const said: ChatEvent = { type: "text", ...CHOICE, text: "22 degrees." };

export const answerFeatures: readonly AnswerFeature[] = [
  { name: "text", says: [said], find: (events) => collected(events)?.text },
  {
    name: "tool calls",
    says: [...call, { type: "finish", ...CHOICE, reason: "tool_calls", raw_reason: "tool_calls" }],
    find: (events) => collected(events)?.tool_calls.map(({ name, arguments: given }) => [name, given]),
  },
  {
    name: "reasoning",
    says: [{ type: "reasoning", ...CHOICE, text: "Let me see." }, said],
    find: (events) => collected(events)?.reasoning,
  },
  {
    name: "seals on reasoning",
    says: [
      { type: "reasoning", ...CHOICE, text: "Let me see." },
      { type: "reasoning_signature", ...CHOICE, signature: "c2ln" },
      said,
    ],
    find: (events) =>
      collected(events)?.parts.some(
        (part) => part.type === "reasoning" && (part.signature ?? part.redacted) !== undefined,
      ),
  },
  {
    name: "refusals as such",
    says: [
      { type: "refusal", ...CHOICE, text: "I will not." },
      { type: "finish", ...CHOICE, reason: "stop", raw_reason: "stop" },
    ],
    find: (events) => collected(events)?.refusal,
  },
  {
    name: "citations",
    says: [
      said,
      { type: "citation", ...CHOICE, citation: { url: "https://example.org", title: "Weather", start: 0, end: 10 } },
    ],
    find: (events) =>
      collected(events)?.parts.some((part) => part.type === "text" && (part.citations?.length ?? 0) > 0),
  },
  {
    name: "end: too long",
    says: [said, { type: "finish", ...CHOICE, reason: "length", raw_reason: "length" }],
    find: finishOf,
  },
  {
    name: "end: filtered",
    says: [said, { type: "finish", ...CHOICE, reason: "content_filter", raw_reason: "content_filter" }],
    find: finishOf,
  },
  {
    name: "tokens of input and output",
    says: [said, { type: "usage", usage }],
    find: (events) => [usageOf(events)?.input, usageOf(events)?.output],
  },
  {
    name: "tokens read from a cache",
    says: [said, { type: "usage", usage: { ...usage, cache_read: 10 } }],
    find: (events) => [usageOf(events)?.input, usageOf(events)?.cache_read],
  },
  {
    name: "tokens of reasoning",
    says: [said, { type: "usage", usage: { ...usage, reasoning: 5 } }],
    find: (events) => [usageOf(events)?.output, usageOf(events)?.reasoning],
  },
];
