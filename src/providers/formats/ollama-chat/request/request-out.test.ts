import { describe, expect, test } from "bun:test";
import type { ChatRequest, Message, Part } from "../../../contract.ts";
import { writeOllamaRequest } from "./request-out.ts";

const user: Message = { role: "user", parts: [{ type: "text", text: "Hi" }] };
const tool = { name: "f", parameters: { type: "object", properties: {} } };

function write(more: Partial<ChatRequest>) {
  const request: ChatRequest = { model: "x", dialect: "openai-chat", messages: [user], stream: false, ...more };
  const { body, dropped } = writeOllamaRequest(request, "llama3.2");
  return { body: JSON.parse(JSON.stringify(body)) as Record<string, unknown>, told: dropped.map(({ what }) => what) };
}

const said = (parts: Part[], more: Partial<Message> = {}) => write({ messages: [{ ...user, parts, ...more }] });

describe("a request of another dialect", () => {
  test("is said in Ollama's words", () => {
    const { body, told } = write({
      max_output_tokens: 9,
      temperature: 0,
      top_k: 5,
      stop: ["a"],
      tools: [{ name: "f" }],
    });
    expect(body).toEqual({
      model: "llama3.2",
      messages: [{ role: "user", content: "Hi" }],
      stream: false,
      tools: [{ type: "function", function: tool }],
      options: { num_predict: 9, temperature: 0, top_k: 5, stop: ["a"] },
    });
    expect(told).toEqual([]);
  });

  test("is told what Ollama has no word for", () => {
    const { body, told } = write({
      user: "ann",
      metadata: { a: "b" },
      choices: 2,
      parallel_tool_calls: false,
      service_tier: "flex",
      extra: { logit_bias: {}, stream_options: {} },
    });
    expect(told).toEqual(["metadata", "user", "logit_bias", "choices", "parallel_tool_calls", "service_tier"]);
    expect(Object.keys(body)).toEqual(["model", "messages", "stream"]);
  });

  test.each([
    [{ effort: "minimal" }, "low", []],
    [{ effort: "medium" }, "medium", []],
    [{ effort: "xhigh" }, "max", []],
    [{ effort: "strong" }, true, ["reasoning.effort"]],
    [{ effort: "none" }, false, []],
    [{ disabled: true as const }, false, []],
    [{ budget_tokens: 4096 }, true, []],
    [{ budget_tokens: -1 }, true, []],
    [{ summary: "auto" }, undefined, []],
    [{ effort: "low", summary: "none" }, "low", ["reasoning.summary"]],
  ])("that reasons by %j says think: %p", (reasoning, think, told) => {
    const written = write({ reasoning });
    expect([written.body["think"], written.told]).toEqual([think, told]);
  });

  test.each([
    ["auto", ["f", "g"], []],
    ["none", undefined, []],
    ["required", ["f", "g"], ["tool_choice"]],
    [{ name: "g" }, ["g"], ["tool_choice"]],
    [{ name: "h" }, ["f", "g"], ["tool_choice"]],
  ] as const)("with tool choice %j is offered these", (choice, names, told) => {
    const written = write({ tools: [tool, { ...tool, name: "g" }], tool_choice: choice });
    const offered = written.body["tools"] as { function: { name: string } }[] | undefined;
    expect(offered?.map((each) => each.function.name)).toEqual(names as never);
    expect(written.told).toEqual([...told]);
  });

  test("is offered no tools of other vendors, and is told of strictness", () => {
    const { body, told } = write({
      tools: [
        { name: "web", server: true },
        { ...tool, strict: true },
      ],
    });
    expect(body["tools"]).toHaveLength(1);
    expect(told).toEqual(["tools.0", "tools.1.strict"]);
  });
});

describe("a message of another dialect", () => {
  test("is one text with pictures beside it", () => {
    const { body, told } = said([
      { type: "text", text: "One." },
      { type: "image", url: "data:image/png;base64,aGk=" },
      { type: "text", text: "Two." },
      { type: "file", data: "data:text/plain;base64,aGk=", filename: "a.txt" },
      { type: "file", data: "aGk=", media_type: "image/png" },
    ]);
    const content = "One.\n\nTwo.\n\na.txt\n\nhi";
    expect(body["messages"]).toEqual([{ role: "user", content, images: ["aGk=", "aGk="] }]);
    expect(told).toEqual([]);
  });

  test("loses what Ollama could not read, and is told", () => {
    const { body, told } = said([
      { type: "text", text: "Hi", citations: [{}] },
      { type: "image", url: "https://x.example/a.png", detail: "low" },
      { type: "image", url: "", file_id: "file_1" },
      { type: "audio", data: "aGk=", format: "wav" },
      { type: "file", data: "aGk=", media_type: "application/pdf" },
      { type: "server_tool_call", id: "1", name: "web_search", input: {} },
      { type: "other", extra: { type: "odd" } },
    ]);
    expect(body["messages"]).toEqual([{ role: "user", content: "Hi" }]);
    expect(told.map((what) => what.replace("messages.0.parts.", ""))).toEqual([
      "0.citations",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
    ]);
  });

  test("of a developer is the system's, and an empty one is left out", () => {
    const messages: Message[] = [{ ...user, role: "developer", name: "ann" }, { role: "assistant", parts: [] }, user];
    const { body, told } = write({ messages });
    expect(body["messages"]).toEqual([
      { role: "system", content: "Hi" },
      { role: "user", content: "Hi" },
    ]);
    expect(told).toEqual(["messages.0.name"]);
  });

  test("keeps thinking as text, and no seal on it", () => {
    const parts: Part[] = [
      { type: "reasoning", text: "Hm.", signature: "c2ln", sealed_by: "anthropic-messages" },
      { type: "reasoning", text: "", redacted: "cmVk", sealed_by: "anthropic-messages" },
      { type: "text", text: "Hi" },
      { type: "text", text: "!" },
    ];
    const { body, told } = said(parts, { role: "assistant" });
    expect(body["messages"]).toEqual([{ role: "assistant", content: "Hi!", thinking: "Hm." }]);
    expect(told).toEqual(["messages.0.parts.0.signature", "messages.0.parts.1"]);
  });

  test("calls tools with objects, and its results say the tool's name", () => {
    const calls = ["", '{"a":1}', "{oops"].map((text, index) => ({ id: `c${index}`, name: "f", arguments: text }));
    const result: Message = { role: "tool", tool_call_id: "c1", parts: [{ type: "text", text: "no" }], is_error: true };
    const { body, told } = write({ messages: [user, { role: "assistant", parts: [], tool_calls: calls }, result] });
    const given = [{}, { a: 1 }, { arguments: "{oops" }];
    expect(body["messages"]).toEqual([
      { role: "user", content: "Hi" },
      {
        role: "assistant",
        content: "",
        tool_calls: given.map((each, index) => ({ id: `c${index}`, function: { name: "f", arguments: each } })),
      },
      { role: "tool", content: "no", tool_name: "f", tool_call_id: "c1" },
    ]);
    expect(told).toEqual(["messages.1.tool_calls.2.arguments", "messages.2.is_error"]);
  });
});
