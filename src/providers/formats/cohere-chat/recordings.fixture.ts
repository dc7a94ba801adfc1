// Exchanges for the tests of this folder: the few that were recorded, which are no part of this project, and others made by hand
// after Cohere's documentation, for what nobody recorded: streams, tools, plans, citations, log probabilities.
import { readExchanges } from "../../../../test/support/cassettes.ts";
import type { Extra } from "../../contract.ts";

export const recordings = readExchanges("cohere", "/v2/chat");

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a place.",
    parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
  },
};
const CALL = {
  id: "get_weather_1",
  type: "function",
  function: { name: "get_weather", arguments: '{"place":"Oslo"}' },
};
const CITED = {
  start: 6,
  end: 10,
  text: "24°C",
  sources: [{ type: "tool", id: "get_weather_1:0", tool_output: { temperature: "24°C" } }],
  type: "TEXT_CONTENT",
};

export const requests: Extra[] = [
  {
    model: "command-a",
    stream: true,
    messages: [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "Is it warm?" },
          { type: "image_url", image_url: { url: "https://x.example/a.png", detail: "low" } },
        ],
      },
      { role: "assistant", tool_plan: "I will look.", tool_calls: [CALL] },
      {
        role: "tool",
        tool_call_id: "get_weather_1",
        content: [
          { type: "document", document: { id: "1", data: { temperature: "24°C" } } },
          { type: "text", text: "done" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Warm." },
          { type: "text", text: "It is 24°C." },
        ],
        citations: [CITED],
      },
      { role: "user", content: "And tomorrow?" },
    ],
    tools: [WEATHER],
    strict_tools: true,
    tool_choice: "REQUIRED",
    documents: ["Oslo is in Norway.", { id: "doc:1", data: { title: "Oslo", url: "https://x.example", year: 1048 } }],
    citation_options: { mode: "FAST" },
    response_format: { type: "json_object", json_schema: { type: "object", properties: {} } },
    safety_mode: "STRICT",
    max_tokens: 100,
    stop_sequences: ["END"],
    temperature: 0.3,
    seed: 7,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    k: 40,
    p: 0.9,
    logprobs: true,
    thinking: { type: "enabled", token_budget: 500 },
    priority: 3,
  },
  {
    model: "command-a",
    stream: false,
    messages: [
      { role: "assistant", tool_plan: "A plan alone." },
      {
        role: "assistant",
        tool_plan: "Plan.",
        content: "Said beside it.",
        tool_calls: [CALL],
        citations: [{ ...CITED, type: "PLAN" }],
      },
      {
        role: "assistant",
        content: [{ type: "thinking", thinking: "Hm." }],
        citations: [{ ...CITED, type: "THINKING_CONTENT" }],
      },
      { role: "tool", tool_call_id: "x", content: "{}", note: "kept" },
    ],
    documents: [{ data: { text: "no user here" } }],
    strict_tools: false,
    tool_choice: "NONE",
    thinking: { type: "disabled" },
    response_format: { type: "text" },
  },
  {
    model: "command-a",
    stream: false,
    messages: [{ role: "user", content: [{ type: "hologram", hologram: 1 }] }],
    tools: [
      { ...WEATHER, cached: true },
      { type: "function", function: { name: "f", parameters: {}, returns: "x" } },
    ],
    strict_tools: false,
    thinking: { type: "enabled" },
    response_format: { type: "json_object" },
  },
];

const USAGE = {
  billed_units: { input_tokens: 37, output_tokens: 28 },
  tokens: { input_tokens: 913, output_tokens: 83 },
  cached_tokens: 900,
};
const message = (type: string, index: number, part: Extra): Extra => ({ type, index, delta: { message: part } });
const BEGIN = {
  type: "message-start",
  id: "m1",
  delta: { message: { role: "assistant", content: [], tool_plan: "", tool_calls: [], citations: [] } },
};
const ending = (reason: string): Extra => ({ type: "message-end", delta: { finish_reason: reason, usage: USAGE } });
const opening = (index: number, type: "text" | "thinking"): Extra =>
  message("content-start", index, { content: { type, [type]: "" } });
const call = (index: number, name: string, pieces: string[]): Extra[] => [
  message("tool-call-start", index, {
    tool_calls: { id: `c${index}`, type: "function", function: { name, arguments: "" } },
  }),
  ...pieces.map((text) => message("tool-call-delta", index, { tool_calls: { function: { arguments: text } } })),
  { type: "tool-call-end", index },
];
const log = (text: string): Extra => ({ text, token_ids: [text.length], logprobs: [-0.5] });

/** By name: the events of a stream, after the examples of the documentation. */
export const streams: Record<string, Extra[]> = {
  "two calls after a plan": [
    BEGIN,
    ...["I", " will look", " at the 🌊."].map((text) => ({
      type: "tool-plan-delta",
      delta: { message: { tool_plan: text } },
    })),
    ...call(0, "get_weather", ['{\n    "', "place", '":', ' "Oslo"', "\n}"]),
    ...call(1, "get_weather", ['{"place":"São Paulo"}']),
    ending("TOOL_CALL"),
  ],
  "text with citations": [
    BEGIN,
    opening(0, "text"),
    ...["It is ", "24°C", "."].map((text) => message("content-delta", 0, { content: { text } })),
    message("citation-start", 0, { citations: CITED }),
    { type: "citation-end", index: 0 },
    message("citation-start", 1, {
      citations: {
        start: 0,
        end: 2,
        text: "It",
        sources: [{ type: "document", id: "d", document: { id: "d", title: "Oslo", url: "https://x.example" } }],
      },
    }),
    { type: "citation-end", index: 1 },
    { type: "content-end", index: 0 },
    ending("COMPLETE"),
  ],
  "thinking, then text": [
    BEGIN,
    opening(0, "thinking"),
    ...["Okay", ", so"].map((thinking) => message("content-delta", 0, { content: { thinking } })),
    { type: "content-end", index: 0 },
    opening(1, "text"),
    ...["Grüße", " 🌊!"].map((text) => message("content-delta", 1, { content: { text } })),
    { type: "content-end", index: 1 },
    ending("MAX_TOKENS"),
  ],
  "log probabilities": [
    BEGIN,
    opening(0, "text"),
    ...["Hi", " there"].map((text) => ({ ...message("content-delta", 0, { content: { text } }), logprobs: log(text) })),
    { type: "content-end", index: 0 },
    ending("STOP_SEQUENCE"),
  ],
  "words of Cohere's own": [
    BEGIN,
    opening(0, "text"),
    message("content-delta", 0, { content: { text: "Hi" } }),
    { type: "content-end", index: 0 },
    { ...ending("COMPLETE"), trace: "t1" },
  ],
};

export const sse = (events: readonly Extra[]): string =>
  `${events.map((event) => `event: ${String(event["type"])}\ndata: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`;

/** Whole answers, likewise. */
export const answers: Extra[] = [
  {
    id: "a1",
    finish_reason: "TOOL_CALL",
    message: { role: "assistant", tool_plan: "I will look.", tool_calls: [CALL, { ...CALL, id: "2", note: 1 }] },
    usage: USAGE,
  },
  {
    id: "a2",
    finish_reason: "COMPLETE",
    message: {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "Warm." },
        { type: "text", text: "It is 24°C." },
      ],
      citations: [CITED, { start: 0, end: 2, text: "Wa", sources: [], type: "THINKING_CONTENT" }],
      mood: "warm",
    },
    usage: { billed_units: { input_tokens: 5, output_tokens: 6, search_units: 1 } },
    logprobs: [log("It"), log(" is")],
    trace: "t1",
  },
];
