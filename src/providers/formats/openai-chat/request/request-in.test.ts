// Callers' requests that do not hold: what is said, where, and how to mend it.
import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../../kernel/index.ts";
import { checkChatBody, readChatRequest } from "./request-in.ts";
import { writeChatRequest } from "./request-out.ts";

const messages = [{ role: "user", content: "Hello" }];
const good = { model: "gpt-4o", messages };

function refusal(read: (body: unknown) => unknown, body: unknown): { param: unknown; message: string; fix: string } {
  try {
    read(body);
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect([error.code, error.status]).toEqual(["providers.bad_request", 400]);
    return { param: error.params["param"], message: error.message, fix: error.fix };
  }
  throw new Error(`nothing was refused: ${JSON.stringify(body)}`);
}

/** Bodies that both readings refuse, with the parameter that is named. */
const refusedByBoth: [string, unknown, string | null][] = [
  ["no object", "hello", null],
  ["a list", [good], null],
  ["null", null, null],
  ["no model", { messages }, "model"],
  ["an empty model", { model: "", messages }, "model"],
  ["a model that is a number", { model: 5, messages }, "model"],
  ["no messages", { model: "m" }, "messages"],
  ["empty messages", { model: "m", messages: [] }, "messages"],
  ["messages that are text", { model: "m", messages: "hi" }, "messages"],
  ["a message that is text", { model: "m", messages: ["hi"] }, "messages.0"],
  ["a message without a role", { model: "m", messages: [...messages, { content: "x" }] }, "messages.1.role"],
  ["stream as text", { ...good, stream: "yes" }, "stream"],
  ["tools as an object", { ...good, tools: {} }, "tools"],
  ["max_tokens as text", { ...good, max_tokens: "5" }, "max_tokens"],
  ["a fraction of a token", { ...good, max_completion_tokens: 1.5 }, "max_completion_tokens"],
  ["fewer tokens than one", { ...good, max_tokens: -1 }, "max_tokens"],
  ["no choices", { ...good, n: 0 }, "n"],
  ["two limits that differ", { ...good, max_tokens: 5, max_completion_tokens: 6 }, "max_tokens"],
];

/** Bodies that only the whole reading refuses; when bytes pass through, the vendor judges them. */
const refusedWhenRead: [string, unknown, string][] = [
  ["an unknown role", { model: "m", messages: [{ role: "robot", content: "x" }] }, "messages.0.role"],
  ["content that is a number", { model: "m", messages: [{ role: "user", content: 5 }] }, "messages.0.content"],
  ["a user without content", { model: "m", messages: [{ role: "user" }] }, "messages.0.content"],
  ["a part without a type", { model: "m", messages: [{ role: "user", content: [{}] }] }, "messages.0.content.0.type"],
  [
    "a text part without text",
    { model: "m", messages: [{ role: "user", content: [{ type: "text" }] }] },
    "messages.0.content.0.text",
  ],
  [
    "an image without a url",
    { model: "m", messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
    "messages.0.content.0.image_url.url",
  ],
  [
    "a tool message that answers no call",
    { model: "m", messages: [{ role: "tool", content: "x" }] },
    "messages.0.tool_call_id",
  ],
  [
    "a tool call without arguments",
    { model: "m", messages: [{ role: "assistant", tool_calls: [{ id: "1", function: { name: "f" } }] }] },
    "messages.0.tool_calls.0.function.arguments",
  ],
  ["a temperature as text", { ...good, temperature: "hot" }, "temperature"],
  ["stop as a number", { ...good, stop: 5 }, "stop"],
  ["a function without a name", { ...good, tools: [{ type: "function", function: {} }] }, "tools.0.function.name"],
  [
    "a schema without a name",
    { ...good, response_format: { type: "json_schema", json_schema: {} } },
    "response_format.json_schema.name",
  ],
];

describe("a request that does not hold", () => {
  test.each(refusedByBoth)("is refused by both readings: %s", (_, body, param) => {
    for (const read of [checkChatBody, readChatRequest]) {
      const { param: named, message, fix } = refusal(read, body);
      expect(named as string | null).toBe(param);
      if (param !== null) expect(message + fix).toContain(param);
      expect(fix).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.each(refusedWhenRead)("is refused when it is translated: %s", (_, body, param) => {
    expect(refusal(readChatRequest, body).param as string).toBe(param);
    expect(checkChatBody(body).model).toBeString();
  });

  test("says what was found in the wrong place", () => {
    const { message, fix } = refusal(readChatRequest, { model: "m", messages: [{ role: "user", content: 5 }] });
    expect(message).toBe("`messages.0.content` must be a string or an array of parts, but is the number 5.");
    expect(fix).toStartWith("Set `messages.0.content` to a string or an array of parts");
  });
});

describe("a request that holds", () => {
  test("null means left out, also for the quick check", () => {
    const body = { ...good, stream: null, stream_options: null, tools: null, max_tokens: null, n: null, stop: null };
    expect(checkChatBody(body)).toEqual({ model: "gpt-4o", stream: false, includeUsage: false });
    expect(readChatRequest(body)).toEqual({
      model: "gpt-4o",
      dialect: "openai-chat",
      messages: [{ role: "user", parts: [{ type: "text", text: "Hello" }] }],
      stream: false,
    });
  });

  test("keeps what it has no word for, and writes it again", () => {
    const body = {
      ...good,
      messages: [
        {
          role: "user",
          content: [
            { type: "video_url", video_url: { url: "https://example.org/v.mp4" } },
            { type: "text", text: "?", cache_control: { type: "ephemeral" } },
            { type: "image_url", image_url: { url: "https://example.org/i.png", detail: "low", tint: 1 }, size: 2 },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "custom", custom: { name: "sql", input: "select 1" } }],
        },
        { role: "tool", content: "1", tool_call_id: "c1" },
      ],
      stream: false,
      tools: [
        { type: "function", function: { name: "f", parameters: {}, strict: true, cost: 1 }, eager: true },
        { type: "web_search", depth: 2 },
      ],
      tool_choice: { type: "allowed_tools", tools: [] },
      response_format: { type: "grammar", grammar: "x" },
      logit_bias: { 50256: -100 },
      service_tier: "flex",
    };
    const request = readChatRequest(body);
    expect(request).toMatchObject({ extra: { logit_bias: { 50256: -100 } }, service_tier: "flex" });
    expect(writeChatRequest(request)).toEqual(body);
  });

  test("a refusal, reasoning and both kinds of tool choice come back the same", () => {
    const body = {
      ...good,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "assistant", content: "No.", reasoning_content: "Hm.", refusal: "I will not.", name: "b" },
      ],
      stream: false,
      tool_choice: { type: "function", function: { name: "f" } },
      response_format: { type: "json_object" },
      stop: ["\n"],
    };
    expect(writeChatRequest(readChatRequest(body))).toEqual(body);
    const [, spoken] = readChatRequest(body).messages;
    expect(spoken?.parts.map(({ type }) => type)).toEqual(["reasoning", "text", "refusal"]);
  });

  test("asks for usage only of vendors that can be asked, and keeps the caller's other stream options", () => {
    const request = readChatRequest({ ...good, stream: true, stream_options: { include_obfuscation: false } });
    expect(writeChatRequest(request)["stream_options"]).toEqual({ include_obfuscation: false, include_usage: true });
    const mistral = { stream_options: false, max_tokens_field: "max_tokens", reasoning_field: "thinking" } as const;
    expect(writeChatRequest(request, mistral)).not.toHaveProperty("stream_options");
    expect(writeChatRequest({ ...request, max_output_tokens: 9 }, mistral)["max_tokens"]).toBe(9);
  });
});
