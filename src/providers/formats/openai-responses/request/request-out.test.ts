import { describe, expect, test } from "bun:test";
import type { ChatRequest, Message } from "../../../contract.ts";
import { anthropicMessages } from "../../anthropic-messages/index.ts";
import { openAiChat } from "../../openai-chat/index.ts";
import { readResponsesRequest } from "./request-in.ts";
import { writeResponsesRequest } from "./request-out.ts";

const user: Message = { role: "user", parts: [{ type: "text", text: "Hello" }] };
const asked = (more: Partial<ChatRequest>): ChatRequest => ({
  model: "x",
  dialect: "anthropic-messages",
  messages: [user],
  stream: false,
  ...more,
});
const write = (more: Partial<ChatRequest>) => writeResponsesRequest(asked(more), { model: "gpt-5" });
const whats = (more: Partial<ChatRequest>) => write(more).dropped.map(({ what }) => what);

describe("another dialect's request", () => {
  test("of Anthropic's, with tools and their results", () => {
    const request = anthropicMessages.caller.readRequest({
      model: "x",
      max_tokens: 100,
      system: "Be brief.",
      stop_sequences: ["END"],
      tools: [{ name: "add", input_schema: { properties: {} } }],
      tool_choice: { type: "any", disable_parallel_tool_use: true },
      messages: [
        { role: "user", content: "Add." },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm.", signature: "sig" },
            { type: "text", text: "Yes." },
            { type: "tool_use", id: "toolu_1", name: "add", input: { a: 1 } },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "toolu_1", content: "1" },
            { type: "text", text: "Go on." },
          ],
        },
      ],
    });
    const { body, dropped } = writeResponsesRequest(request, { model: "gpt-5" });
    expect(body).toEqual({
      model: "gpt-5",
      stream: false,
      max_output_tokens: 100,
      instructions: "Be brief.",
      store: false,
      tool_choice: "required",
      parallel_tool_calls: false,
      tools: [{ type: "function", name: "add", parameters: { type: "object", properties: {} }, strict: false }],
      input: [
        { type: "message", role: "user", content: "Add." },
        { type: "message", role: "assistant", content: "Yes." },
        { type: "function_call", call_id: "toolu_1", name: "add", arguments: '{"a":1}' },
        { type: "function_call_output", call_id: "toolu_1", output: "1" },
        { type: "message", role: "user", content: "Go on." },
      ],
    });
    expect(dropped.map(({ what }) => what)).toEqual(["stop", "messages.2.parts.0"]);
  });

  test("of chat-completions', with what OpenAI says in both", () => {
    const request = openAiChat.caller.readRequest({
      model: "x",
      messages: [{ role: "user", content: "Hello" }],
      verbosity: "low",
      logprobs: true,
      top_logprobs: 2,
      store: true,
      metadata: { a: "b" },
      service_tier: "flex",
      reasoning_effort: "high",
      stream: true,
      seed: 1,
      stream_options: { include_usage: true },
      prediction: {},
    });
    const { body, dropped } = writeResponsesRequest(request, { model: "gpt-5" });
    expect(body).toEqual({
      model: "gpt-5",
      stream: true,
      store: true,
      metadata: { a: "b" },
      service_tier: "flex",
      top_logprobs: 2,
      text: { verbosity: "low" },
      reasoning: { effort: "high" },
      include: ["message.output_text.logprobs"],
      input: [{ type: "message", role: "user", content: "Hello" }],
    });
    expect(dropped.map(({ what }) => what)).toEqual(["seed", "prediction"]);
  });

  test("asks for sealed reasoning where it asks for reasoning, and thinks about as much", () => {
    expect(write({ reasoning: { budget_tokens: 5000 } }).body).toMatchObject({
      reasoning: { effort: "medium" },
      include: ["reasoning.encrypted_content"],
    });
    expect(write({ reasoning: { disabled: true } }).body).not.toContainAnyKeys(["reasoning", "include"]);
  });

  test("gives reasoning back to its maker only", () => {
    const reasoning = { type: "reasoning" as const, text: "Hm." };
    const parts: Message["parts"] = [
      { ...reasoning, signature: "sealed", sealed_by: "openai-responses" },
      { ...reasoning, signature: "sig" },
      { ...reasoning, redacted: "x", sealed_by: "gemini" },
      reasoning,
    ];
    const { body, dropped } = write({ messages: [user, { role: "assistant", parts }] });
    expect((body["input"] as unknown[]).slice(1)).toEqual([
      { type: "reasoning", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "sealed" },
    ]);
    expect(dropped.map(({ what }) => what)).toEqual([1, 2, 3].map((index) => `messages.1.parts.${index}`));
    const own = readResponsesRequest({
      model: "x",
      input: [{ type: "reasoning", summary: [], encrypted_content: "bn1.a..b" }],
    });
    const foreign = own.messages.map((message) => ({
      ...message,
      parts: [{ type: "reasoning" as const, text: "", signature: "b", sealed_by: "gemini" as const }],
    }));
    expect(writeResponsesRequest({ ...own, messages: foreign }, { model: "m" }).body["input"]).toBeUndefined();
  });

  test("puts instructions into the input where JSON is asked for: the word must stand there", () => {
    const system: Message = { role: "system", parts: [{ type: "text", text: "Answer in JSON." }] };
    const { body } = write({ messages: [system, user], response_format: { type: "json" } });
    expect(body).toMatchObject({
      text: { format: { type: "json_object" } },
      input: [{ role: "system" }, { role: "user" }],
    });
    expect(body["instructions"]).toBeUndefined();
  });

  test("gives instructions alone as input", () => {
    const system: Message = { role: "system", parts: [{ type: "text", text: "Tell a joke." }] };
    expect(write({ messages: [system] }).body["input"]).toEqual([
      { type: "message", role: "system", content: "Tell a joke." },
    ]);
  });

  test("shows files by their content, and none that is kept elsewhere", () => {
    const parts: Message["parts"] = [
      { type: "file", data: "AA", media_type: "application/pdf" },
      { type: "file", file_id: "file_1" },
      { type: "image", url: "", file_id: "file_2" },
      { type: "image", url: "data:image/png;base64,AA" },
      { type: "video", url: "https://x.example" },
      { type: "audio", data: "AA", format: "wav" },
      { type: "text", text: "" },
    ];
    const { body, dropped } = write({ messages: [{ role: "user", parts }] });
    expect(body["input"]).toEqual([
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_file", filename: "document", file_data: "data:application/pdf;base64,AA" },
          { type: "input_image", image_url: "data:image/png;base64,AA" },
        ],
      },
    ]);
    expect(dropped.map(({ what }) => what)).toEqual([1, 2, 4, 5].map((index) => `messages.0.parts.${index}`));
  });

  test("says all else that did not carry", () => {
    const said: Partial<ChatRequest> = {
      top_k: 1,
      stop: ["x"],
      seed: 1,
      presence_penalty: 1,
      frequency_penalty: 1,
      choices: 2,
      tools: [
        { name: "web_search", server: true, extra: {} },
        { name: "add", extra: { input_examples: [] } },
      ],
      service_tier: "turbo",
      extra: { container: "c" },
      messages: [
        { ...user, name: "Ann" },
        { role: "tool", tool_call_id: "a", is_error: true, parts: [], extra: { x: 1 } },
        { role: "assistant", parts: [{ type: "server_tool_call", id: "a", name: "x", input: {} }], tool_calls: [] },
        { role: "assistant", parts: [{ type: "text", text: "x", citations: [{}], extra: { y: 1 } }] },
        {
          role: "assistant",
          parts: [],
          tool_calls: [{ id: "a", name: "b", arguments: "", extra: { caller: {} } }],
        },
      ],
    };
    expect(whats(said)).toEqual([
      "top_k",
      "stop",
      "seed",
      "presence_penalty",
      "frequency_penalty",
      "choices",
      "service_tier",
      "container",
      "messages.0.name",
      "messages.1.x",
      "messages.1.is_error",
      "messages.2.parts.0",
      "messages.3.parts.0.citations",
      "messages.3.parts.0.y",
      "messages.4.tool_calls.0.caller",
      "tools.0",
      "tools.1.input_examples",
    ]);
  });
});
