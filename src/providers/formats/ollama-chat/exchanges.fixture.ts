// Exchanges for the tests of this folder. None was recorded: they are made by hand after Ollama's documentation of its API
// (`docs/api.md`, `docs/capabilities`) and the shapes in its source, for what the documentation shows only in part.
import type { Extra } from "../../contract.ts";

/** The beginning of a picture of each kind. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk";
const JPEG = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQE";

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the current weather for a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const call = (city: string, more: Extra = {}): Extra => ({
  ...more,
  function: { name: "get_weather", arguments: { city } },
});

export const requests: Extra[] = [
  {
    model: "llama3.2",
    stream: true,
    messages: [
      { role: "user", content: "Why is the sky blue?" },
      { role: "assistant", content: "Due to Rayleigh scattering." },
      { role: "user", content: "How is that different from Mie scattering?" },
    ],
  },
  {
    model: "llama3.2",
    stream: false,
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is the weather in Toronto and in Oslo?" },
      { role: "assistant", content: "", thinking: "I look twice.", tool_calls: [call("Toronto"), call("Oslo")] },
      { role: "tool", content: "11 degrees", tool_name: "get_weather" },
      { role: "tool", content: "4 degrees", tool_name: "get_weather" },
    ],
    tools: [WEATHER],
    keep_alive: "10m",
  },
  {
    model: "qwen3",
    stream: true,
    messages: [
      { role: "user", content: "And in Bergen?" },
      { role: "assistant", content: "A moment.", tool_calls: [call("Bergen", { id: "call_k2j4" })] },
      { role: "tool", content: "rain", tool_name: "get_weather", tool_call_id: "call_k2j4" },
    ],
    tools: [WEATHER],
    think: "high",
  },
  {
    model: "llava",
    stream: false,
    messages: [
      { role: "user", content: "What is in these pictures?", images: [PNG, JPEG] },
      { role: "assistant", content: "A pig." },
      { role: "user", content: "", images: [JPEG] },
    ],
    think: false,
    format: "json",
  },
  {
    model: "llama3.1",
    stream: false,
    messages: [{ role: "user", content: "Ollama is 22 years old. Answer in JSON." }],
    format: { type: "object", properties: { age: { type: "integer" } }, required: ["age"] },
    think: true,
    options: {
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      min_p: 0.05,
      seed: 101,
      num_predict: 100,
      num_ctx: 8192,
      stop: ["\n\n", "user:"],
      repeat_penalty: 1.1,
      presence_penalty: 0.5,
      frequency_penalty: 0.4,
    },
    keep_alive: 0,
    logprobs: true,
    top_logprobs: 2,
  },
  {
    model: "llama3.1",
    stream: true,
    messages: [{ role: "user", content: "On and on." }],
    options: { num_predict: -1 },
    truncate: false,
    shift: false,
    logprobs: false,
  },
];

const HEAD = { model: "llama3.2", created_at: "2025-07-07T20:32:53.844124Z" };
const TIMES = {
  total_duration: 3_244_883_583,
  load_duration: 2_969_184_542,
  prompt_eval_count: 169,
  prompt_eval_duration: 141_656_333,
  eval_count: 18,
  eval_duration: 133_293_625,
};
const END = { done_reason: "stop", done: true, ...TIMES };
const assistant = (content: string, more: Extra = {}): Extra => ({ role: "assistant", content, ...more });
const probable = (token: string, logprob: number): Extra => ({
  token,
  logprob,
  bytes: [...Buffer.from(token)],
  top_logprobs: [{ token, logprob, bytes: [...Buffer.from(token)] }],
});

export const answers: Extra[] = [
  { ...HEAD, message: assistant("Hello! How are you today?"), ...END },
  { ...HEAD, message: assistant("", { tool_calls: [call("Tokyo"), call("Oslo", { id: "call_x1" })] }), ...END },
  { ...HEAD, message: assistant("Warm.", { thinking: "24 °C is warm." }), ...END, done_reason: "length" },
  { ...HEAD, message: assistant("Hi!"), ...END, logprobs: [probable("Hi", -0.1), probable("!", -0.5)] },
  { ...HEAD, message: assistant("Here it is:", { images: [PNG] }), ...END, remote_model: "gpt-oss:120b" },
  { ...HEAD, message: assistant(""), done_reason: "load", done: true },
];

const line = (message: Extra, more: Extra = { done: false }): Extra => ({ ...HEAD, message, ...more });

export const streams: Record<string, Extra[]> = {
  text: [line(assistant("The")), line(assistant(" sky, 🌊 und Größe")), line(assistant(""), END)],
  thinking: [
    line(assistant("", { thinking: "Let me" })),
    line(assistant("", { thinking: " see." })),
    line(assistant("Blue.")),
    line(assistant(""), END),
  ],
  "tool calls": [
    line(assistant("I will look.")),
    line(assistant("", { tool_calls: [call("Tokyo", { id: "call_1" }), call("Oslo")] })),
    line(assistant(""), END),
  ],
  "log probabilities": [
    line(assistant("Hi"), { done: false, logprobs: [probable("Hi", -0.1)] }),
    line(assistant("!"), { done: false, logprobs: [probable("!", -0.5)] }),
    line(assistant(""), { ...END, done_reason: "length" }),
  ],
};

/** As they come over the wire. */
export function lines(stream: readonly Extra[]): string {
  return stream.map((each) => `${JSON.stringify(each)}\n`).join("");
}
