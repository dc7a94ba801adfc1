import { describe, expect, test } from "bun:test";
import type { ChatRequest, Extra, Message } from "../../../contract.ts";
import { openAiChat } from "../../openai-chat/index.ts";
import { type AnthropicQuirks, writeMessagesRequest } from "./request-out.ts";

const hello = { role: "user", content: "Hi" };

/** A chat-completions request as Anthropic gets it. */
function write(
  body: Extra,
  { model = "claude-sonnet-4-5", ...quirks }: Partial<AnthropicQuirks> & { model?: string } = {},
) {
  const request = openAiChat.caller.readRequest({ model: "x", messages: [hello], ...body });
  const written = writeMessagesRequest(request, { model, quirks });
  return { body: written.body, dropped: written.dropped.map(({ what }) => what) };
}

/** A request that came in some other dialect. */
function writeForeign(more: Partial<ChatRequest>, model = "claude-sonnet-4-5") {
  const messages: Message[] = [{ role: "user", parts: [{ type: "text", text: "Hi" }] }];
  const written = writeMessagesRequest({ model: "x", dialect: "gemini", messages, stream: false, ...more }, { model });
  return { body: written.body, dropped: written.dropped.map(({ what }) => what) };
}

const text = (said: string, more: object = {}) => ({ type: "text", text: said, ...more });
const turn = (role: string, ...content: unknown[]) => ({ role, content });
const call = (id: string, name: string, given: string) => ({
  id,
  type: "function",
  function: { name, arguments: given },
});

describe("a conversation from another dialect", () => {
  test("has its instructions at the front, wherever they stood", () => {
    const { body, dropped } = write({
      messages: [
        { role: "system", content: "A" },
        hello,
        { role: "developer", content: "B" },
        { role: "user", content: "there" },
      ],
    });
    expect(body).toMatchObject({ system: [text("A"), text("B")], messages: [turn("user", text("Hi"), text("there"))] });
    expect(dropped).toEqual([]);
  });

  test("of instructions alone is asked by the user", () => {
    const { body } = write({ messages: [{ role: "system", content: "Tell a joke." }] });
    expect(body["messages"]).toEqual([turn("user", text("Tell a joke."))]);
    expect(body).not.toHaveProperty("system");
  });

  test("gives the results of tools in the user's turn, before all else", () => {
    const { body, dropped } = write({
      messages: [
        hello,
        { role: "assistant", content: "Wait.", tool_calls: [call("a:1", "f", '{"x":1}'), call("b", "g", "")] },
        { role: "tool", tool_call_id: "a:1", content: "1" },
        { role: "user", content: "And?" },
        { role: "tool", tool_call_id: "b", content: "2" },
      ],
    });
    expect(body["messages"]).toEqual([
      turn("user", text("Hi")),
      turn(
        "assistant",
        text("Wait."),
        { type: "tool_use", id: "a_1", name: "f", input: { x: 1 } },
        { type: "tool_use", id: "b", name: "g", input: {} },
      ),
      turn(
        "user",
        { type: "tool_result", tool_use_id: "a_1", content: [text("1")] },
        { type: "tool_result", tool_use_id: "b", content: [text("2")] },
        text("And?"),
      ),
    ]);
    expect(dropped).toEqual([]);
  });

  test("keeps arguments that are no JSON as text, and says so", () => {
    const { body, dropped } = write({
      messages: [hello, { role: "assistant", content: null, tool_calls: [call("a", "f", "{oh")] }],
    });
    expect((body["messages"] as Extra[])[1]).toMatchObject({ content: [{ input: { arguments: "{oh" } }] });
    expect(dropped).toEqual(["messages.1.tool_calls.0.arguments"]);
  });

  test("leaves out empty texts, and turns that say nothing", () => {
    const { body } = write({
      messages: [hello, { role: "assistant", content: "" }, { role: "user", content: "Still there?" }],
    });
    expect(body["messages"]).toEqual([turn("user", text("Hi"), text("Still there?"))]);
  });

  test("gives pictures and files by address or content, and says what it cannot give", () => {
    const pdf = "data:application/pdf;base64,JVBERi0=";
    const { body, dropped } = write({
      messages: [
        {
          role: "user",
          name: "Ann",
          content: [
            { type: "image_url", image_url: { url: "https://x.example/a.png", detail: "high" } },
            { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
            { type: "file", file: { filename: "a.pdf", file_data: pdf } },
            { type: "file", file: { filename: "a.txt", file_data: "data:text/plain;base64,SGk=" } },
            { type: "file", file: { filename: "a.docx", file_data: "data:application/msword;base64,SGk=" } },
            { type: "file", file: { file_id: "f1" } },
            { type: "input_audio", input_audio: { data: "AA", format: "wav" } },
          ],
        },
      ],
    });
    expect((body["messages"] as Extra[])[0]?.["content"]).toEqual([
      { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
      { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
      { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" }, title: "a.pdf" },
      { type: "document", source: { type: "text", media_type: "text/plain", data: "Hi" }, title: "a.txt" },
    ]);
    expect(dropped).toEqual(
      ["name", "parts.0.detail", "parts.4", "parts.5", "parts.6"].map((path) => `messages.0.${path}`),
    );
  });

  test("gives no thinking that another vendor did or signed, and no tool that ran there", () => {
    const { body, dropped } = writeForeign({
      messages: [
        { role: "user", parts: [{ type: "text", text: "Hi", cache: { ttl: "1h" } }] },
        {
          role: "assistant",
          parts: [
            { type: "reasoning", text: "hm", signature: "theirs" },
            { type: "reasoning", text: "", redacted: "theirs" },
            { type: "server_tool_call", id: "1", name: "web_search", input: {} },
            { type: "server_tool_result", call_id: "1", name: "web_search", content: [] },
            { type: "text", text: "So.", citations: [{ url: "https://x.example" }], extra: { thought: 1 } },
          ],
        },
      ],
    });
    expect(body["messages"]).toEqual([
      turn("user", text("Hi", { cache_control: { type: "ephemeral", ttl: "1h" } })),
      turn("assistant", text("So.")),
    ]);
    expect(dropped).toEqual([
      ...[0, 1, 2, 3].map((index) => `messages.1.parts.${index}`),
      "messages.1.parts.4.citations",
      "messages.1.parts.4.thought",
    ]);
  });

  test("of our own gives no thinking that nobody signed", () => {
    const { dropped } = writeForeign({
      dialect: "anthropic-messages",
      messages: [{ role: "assistant", parts: [{ type: "reasoning", text: "hm" }] }],
    });
    expect(dropped).toEqual(["messages.0.parts.0"]);
  });
});

describe("tools from another dialect", () => {
  const tool = {
    type: "function",
    function: { name: "f", description: "d", parameters: { properties: {} }, strict: false },
  };

  test("are given with a schema of an object", () => {
    const { body, dropped } = write({
      tools: [tool, { type: "function", function: { name: "g" } }],
      tool_choice: "required",
      parallel_tool_calls: false,
    });
    expect(body).toMatchObject({
      tools: [
        { name: "f", description: "d", input_schema: { type: "object", properties: {} } },
        { name: "g", input_schema: { type: "object", properties: {} } },
      ],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
    });
    expect(dropped).toEqual([]);
  });

  test("that run at another vendor are left out, and so is a choice of nothing", () => {
    const { body, dropped } = write({ tools: [{ type: "web_search" }], tool_choice: "required" });
    expect(body).not.toHaveProperty("tools");
    expect(body).not.toHaveProperty("tool_choice");
    expect(dropped).toEqual(["tools.0", "tool_choice"]);
  });

  test.each([
    ["auto", { type: "auto" }],
    ["none", { type: "none" }],
    [
      { type: "function", function: { name: "f" } },
      { type: "tool", name: "f" },
    ],
  ])("are chosen as they were: %j", (choice, wanted) => {
    expect(write({ tools: [tool], tool_choice: choice }).body["tool_choice"]).toEqual(wanted);
  });
});

describe("parameters from another dialect", () => {
  test("that Anthropic has no word for are dropped, and said", () => {
    const { body, dropped } = write({
      n: 2,
      seed: 1,
      presence_penalty: 1,
      frequency_penalty: 1,
      logprobs: true,
      logit_bias: {},
      response_format: { type: "json_object" },
      stop: ["END", "\n"],
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(new Set(dropped)).toEqual(
      new Set([
        "choices",
        "seed",
        "presence_penalty",
        "frequency_penalty",
        "logprobs",
        "logit_bias",
        "response_format",
        "stop",
      ]),
    );
    expect(body).toEqual({
      model: "claude-sonnet-4-5",
      max_tokens: 4096,
      messages: [turn("user", text("Hi"))],
      stream: true,
      stop_sequences: ["END"],
    });
  });

  test("say how long the answer may be, whoever forgot it", () => {
    expect(write({ max_completion_tokens: 7 }).body["max_tokens"]).toBe(7);
    expect(write({}, { max_tokens_default: 99 }).body["max_tokens"]).toBe(99);
  });

  test("name the user, and the schema of the answer", () => {
    const schema = { type: "object", properties: {}, additionalProperties: false };
    const { body, dropped } = write({
      user: "u",
      response_format: { type: "json_schema", json_schema: { name: "n", schema, strict: true } },
    });
    expect(body).toMatchObject({
      metadata: { user_id: "u" },
      output_config: { format: { type: "json_schema", schema } },
    });
    expect(dropped).toEqual([]);
  });

  test("keep the temperature within Anthropic's bounds, alone", () => {
    expect(write({ temperature: 1.4 })).toMatchObject({ body: { temperature: 1 }, dropped: ["temperature"] });
    expect(write({ temperature: 0.5, top_p: 0.9 })).toMatchObject({ body: { temperature: 0.5 }, dropped: ["top_p"] });
    expect(write({ temperature: 0.5 }, { model: "claude-opus-4-8" })).toMatchObject({ dropped: ["temperature"] });
    expect(write({ temperature: 1 }, { model: "claude-opus-4-8" }).dropped).toEqual([]);
  });

  test.each([
    ["auto", "auto", []],
    ["default", "standard_only", []],
    ["flex", undefined, ["service_tier"]],
  ])("say the tier %s as %s", (tier, wanted, dropped) => {
    const written = writeForeign({ service_tier: tier });
    expect([written.body["service_tier"], written.dropped]).toEqual([wanted, dropped]);
  });
});

describe("how hard to think", () => {
  const enabled = (budget: number) => ({ type: "enabled", budget_tokens: budget });

  test.each([
    ["minimal", enabled(1024), 5120],
    ["low", enabled(2048), 6144],
    ["medium", enabled(8192), 12_288],
    ["high", enabled(16_384), 20_480],
    ["xhigh", enabled(32_768), 36_864],
    ["none", { type: "disabled" }, 4096],
  ])("%s is a budget for older models, with room for the answer", (effort, thinking, limit) => {
    expect(write({ reasoning_effort: effort }).body).toMatchObject({ thinking, max_tokens: limit });
  });

  test.each([
    ["claude-opus-4-6", "minimal", "low"],
    ["us.anthropic.claude-sonnet-4-6-v1:0", "xhigh", "max"],
    ["claude-opus-4-8", "xhigh", "xhigh"],
    ["claude-fable-5", "high", "high"],
  ])("is a word for %s: %s is %s", (model, effort, word) => {
    const { body } = write({ reasoning_effort: effort }, { model });
    expect(body).toMatchObject({ thinking: { type: "adaptive" }, output_config: { effort: word } });
  });

  test.each(["claude-opus-4-20250514", "claude-opus-4-1", "claude-3-7-sonnet-20250219", "claude-3-5-haiku", "kimi-k2"])(
    "is a budget for %s",
    (model) => {
      expect(write({ reasoning_effort: "low" }, { model }).body["thinking"]).toEqual(enabled(2048));
    },
  );

  test("is a word where the caller gave a number, and the other way round", () => {
    const numbered = (budget: number, model?: string) =>
      writeForeign({ reasoning: { budget_tokens: budget, summary: "auto" } }, model).body;
    expect(numbered(5000)["thinking"]).toEqual({ ...enabled(5000), display: "summarized" });
    expect(numbered(100)["thinking"]).toMatchObject(enabled(1024));
    expect(numbered(-1)["thinking"]).toMatchObject(enabled(8192));
    expect(numbered(5000, "claude-opus-5")).toMatchObject({
      thinking: { type: "adaptive" },
      output_config: { effort: "medium" },
    });
    expect(numbered(0, "claude-opus-5")).not.toHaveProperty("thinking");
  });

  test("leaves half of the limit to the answer, or is dropped where there is no room", () => {
    expect(write({ reasoning_effort: "high", max_completion_tokens: 4000 }).body).toMatchObject({
      thinking: enabled(2000),
      max_tokens: 4000,
    });
    expect(write({ reasoning_effort: "high", max_completion_tokens: 500 })).toMatchObject({
      body: { max_tokens: 500 },
      dropped: ["reasoning"],
    });
  });

  test("rules out a temperature, and gives way to a tool that must be called", () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    expect(write({ reasoning_effort: "low", temperature: 0, top_p: 0.5 }).dropped).toEqual(["temperature", "top_p"]);
    expect(write({ reasoning_effort: "low", tools, tool_choice: "required" })).toMatchObject({
      dropped: ["reasoning"],
    });
  });

  test("cannot be begun in the midst of a tool call, but by models that think as they see fit", () => {
    const messages = [
      hello,
      { role: "assistant", content: null, tool_calls: [call("a", "f", "{}")] },
      { role: "tool", tool_call_id: "a", content: "1" },
    ];
    const asked = { reasoning_effort: "low", messages };
    expect(write(asked)).toMatchObject({ dropped: ["reasoning"] });
    expect(write(asked, { model: "claude-opus-4-6" }).dropped).toEqual([]);
    expect(write({ ...asked, messages: [...messages, { role: "assistant", content: "So." }, hello] }).dropped).toEqual(
      [],
    );
  });
});
