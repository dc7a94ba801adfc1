import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../../kernel/index.ts";
import type { Message } from "../../../contract.ts";
import { openAiChat } from "../../openai-chat/index.ts";
import { readResponsesRequest } from "./request-in.ts";
import { writeResponsesRequest } from "./request-out.ts";

const read = (more: object) => readResponsesRequest({ model: "gpt-5", ...more });
const messagesOf = (input: unknown): Message[] => read({ input }).messages;

/** The same input again, in its long form. */
function again(input: unknown): unknown {
  const { body, dropped } = writeResponsesRequest(read({ input }), { model: "gpt-5" });
  expect(dropped).toEqual([]);
  return body["input"];
}

const call = (id: string, more: object = {}) => ({
  type: "function_call",
  call_id: id,
  name: "add",
  arguments: "{}",
  ...more,
});

describe("the input of a Responses request", () => {
  test("may be a text, with instructions before it", () => {
    expect(read({ input: "Hello", instructions: "Be brief." }).messages).toEqual([
      { role: "system", parts: [{ type: "text", text: "Be brief." }] },
      { role: "user", parts: [{ type: "text", text: "Hello" }] },
    ]);
  });

  test("holds texts, pictures, files and sound", () => {
    const content = [
      { type: "input_text", text: "See:" },
      { type: "input_image", image_url: "https://x.example/a.png", detail: "low" },
      { type: "input_image", file_id: "file_1", detail: "auto" },
      { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,AA" },
      { type: "input_file", file_url: "https://x.example/a.pdf" },
      { type: "input_audio", input_audio: { data: "AA", format: "wav" } },
      { type: "computer_screenshot", file_id: "file_2" },
    ];
    expect(messagesOf([{ role: "user", content }])[0]?.parts).toEqual([
      { type: "text", text: "See:" },
      { type: "image", url: "https://x.example/a.png", detail: "low" },
      { type: "image", url: "", file_id: "file_1", detail: "auto" },
      { type: "file", filename: "a.pdf", data: "data:application/pdf;base64,AA" },
      { type: "file", url: "https://x.example/a.pdf" },
      { type: "audio", data: "AA", format: "wav" },
      { type: "other", extra: { type: "computer_screenshot", file_id: "file_2" } },
    ]);
    expect(again([{ type: "message", role: "user", content }])).toEqual([{ type: "message", role: "user", content }]);
  });

  test("tells the assistant's turn as one message, its calls together", () => {
    const input = [
      { role: "user", content: "Add." },
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "sealed" },
      {
        type: "message",
        id: "msg_1",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: "Yes." }],
      },
      call("call_1", { id: "fc_1", status: "completed" }),
      call("call_2"),
      { type: "function_call_output", call_id: "call_1", output: "1" },
      { type: "function_call_output", call_id: "call_2", output: [{ type: "input_text", text: "2" }] },
    ];
    expect(messagesOf(input).slice(1)).toEqual([
      {
        role: "assistant",
        parts: [
          { type: "reasoning", text: "Hm.", id: "rs_1", redacted: "sealed" },
          { type: "text", text: "Yes.", extra: { item: { id: "msg_1", status: "completed" } } },
        ],
        tool_calls: [
          { id: "call_1", name: "add", arguments: "{}", extra: { item: { id: "fc_1", status: "completed" } } },
          { id: "call_2", name: "add", arguments: "{}" },
        ],
      },
      { role: "tool", tool_call_id: "call_1", parts: [{ type: "text", text: "1" }] },
      { role: "tool", tool_call_id: "call_2", parts: [{ type: "text", text: "2" }] },
    ]);
    const { body } = openAiChat.vendor.writeRequest(read({ input }), { model: "m" });
    const roles = (body["messages"] as Message[]).map(({ role }) => role);
    expect(roles).toEqual(["user", "assistant", "tool", "tool"]);
  });

  test.each([
    ["items in an unusual order", [call("a"), { type: "reasoning", id: "rs_1", summary: [] }, call("b")]],
    [
      "two messages in a row",
      [
        { type: "message", role: "assistant", content: "One." },
        { type: "message", role: "assistant", content: "Two." },
      ],
    ],
    [
      "a phase and annotations",
      [
        {
          type: "message",
          id: "msg_1",
          role: "assistant",
          status: "completed",
          phase: "commentary",
          content: [
            {
              type: "output_text",
              text: "It is so.",
              annotations: [
                {
                  type: "url_citation",
                  url: "https://x.example",
                  title: "X",
                  start_index: 0,
                  end_index: 2,
                },
                { type: "file_citation", file_id: "file_1", filename: "a.txt", index: 3 },
                {
                  type: "container_file_citation",
                  container_id: "c",
                  file_id: "f",
                  filename: "b",
                  start_index: 1,
                  end_index: 2,
                },
              ],
            },
            { type: "refusal", refusal: "No." },
          ],
        },
      ],
    ],
    [
      "summaries in pieces, and reasoning as it was thought",
      [
        {
          type: "reasoning",
          id: "rs_1",
          summary: [
            { type: "summary_text", text: "A" },
            { type: "summary_text", text: "B" },
          ],
        },
        { type: "reasoning", id: "rs_2", summary: [], content: [{ type: "reasoning_text", text: "C" }] },
      ],
    ],
    [
      "tools that take text",
      [
        { type: "custom_tool_call", id: "ctc_1", call_id: "a", name: "run", input: "ls" },
        { type: "custom_tool_call_output", call_id: "a", output: "a.txt" },
      ],
    ],
    [
      "what ran at the vendor, and its own ways of asking",
      [
        { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "x" } },
        { type: "file_search_call", id: "fs_1", status: "completed", queries: ["x"], results: null },
        { type: "code_interpreter_call", id: "ci_1", code: "1", container_id: "c", outputs: [] },
        { type: "image_generation_call", id: "ig_1", status: "completed", result: "AAAA" },
        { type: "mcp_call", id: "mcp_1", name: "ask", arguments: "{}", server_label: "s", output: "x" },
        { type: "mcp_list_tools", id: "mcpl_1", server_label: "s", tools: [] },
        { type: "computer_call", id: "cu_1", call_id: "a", action: { type: "screenshot" }, status: "completed" },
        { type: "computer_call_output", call_id: "a", output: { type: "computer_screenshot", file_id: "f" } },
        { type: "mcp_approval_request", id: "mcpr_1", name: "ask", arguments: "{}", server_label: "s" },
        { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true },
        { type: "item_reference", id: "msg_1" },
        { type: "compaction", id: "cmp_1", encrypted_content: "sealed" },
        { type: "message", role: "assistant", content: [] },
      ],
    ],
  ])("comes back as it was: %s", (_, input) => {
    expect(again(input)).toEqual(input);
  });

  test("knows another vendor's sealed reasoning, and whether it is a signature", () => {
    const sealed = (encrypted: string) =>
      messagesOf([{ type: "reasoning", summary: [], encrypted_content: encrypted }])[0]?.parts;
    expect(sealed("bn1.gemini..sig")).toEqual([{ type: "reasoning", text: "", signature: "bn1.gemini..sig" }]);
    expect(sealed("bn1.anthropic-messages..data.redacted")).toEqual([
      { type: "reasoning", text: "", redacted: "bn1.anthropic-messages..data" },
    ]);
  });
});

describe("a Responses request", () => {
  test("is read with all its parameters, and what has no canonical word is kept", () => {
    const kept = {
      include: ["message.output_text.logprobs"],
      store: false,
      previous_response_id: "resp_1",
      background: true,
      truncation: "auto",
      max_tool_calls: 3,
      safety_identifier: "s",
      prompt_cache_key: "k",
      stream_options: { include_obfuscation: false },
    };
    const said = {
      ...kept,
      model: "gpt-5",
      stream: true,
      max_output_tokens: 20,
      temperature: 0.5,
      top_p: 0.9,
      user: "u",
      parallel_tool_calls: false,
      top_logprobs: 2,
      service_tier: "flex",
      metadata: { a: "b" },
      input: [{ type: "message", role: "user", content: "Hello" }],
      tools: [
        { type: "function", name: "add", description: "Adds.", parameters: { type: "object" }, strict: true },
        { type: "custom", name: "run", format: { type: "grammar", syntax: "lark", definition: "x" } },
        { type: "web_search", search_context_size: "low" },
      ],
      tool_choice: { type: "function", name: "add" },
      text: {
        format: { type: "json_schema", name: "n", schema: {}, strict: true, description: "d" },
        verbosity: "low",
      },
      reasoning: { effort: "low", summary: "auto", context: "auto" },
    };
    const request = readResponsesRequest(said);
    expect(request).toMatchObject({
      max_output_tokens: 20,
      tools: [
        { name: "add", parameters: { type: "object" }, strict: true },
        { name: "run", extra: { type: "custom" } },
        { name: "web_search", server: true },
      ],
      tool_choice: { name: "add" },
      response_format: { type: "json_schema", name: "n", strict: true },
      reasoning: { effort: "low", summary: "auto" },
      logprobs: { top: 2 },
      extra: { ...kept, text: { verbosity: "low" }, reasoning: { context: "auto" } },
    });
    expect(writeResponsesRequest(request, { model: "gpt-5" })).toEqual({ body: said, dropped: [] });
  });

  test.each([
    ["allowed tools", { type: "allowed_tools", mode: "auto", tools: [] }],
    ["a hosted tool", { type: "web_search" }],
    ["required", "required"],
  ])("keeps a choice of tools: %s", (_, choice) => {
    const request = read({ input: "x", tool_choice: choice, tools: [] });
    expect(writeResponsesRequest(request, { model: "m" }).body["tool_choice"]).toEqual(choice);
  });

  test("tells instructions from a system message where a stored conversation would keep the one only", () => {
    const input = [{ type: "message", role: "system", content: "Be brief." }];
    const { body } = writeResponsesRequest(read({ input, conversation: "conv_1" }), { model: "m" });
    expect(body).toMatchObject({ input, conversation: "conv_1" });
  });

  test.each([
    ["input", {}],
    ["input", { input: 5 }],
    ["input.0", { input: [5] }],
    ["input.0.type", { input: [{}] }],
    ["input.0.role", { input: [{ role: "bard", content: "x" }] }],
    ["input.0.content", { input: [{ role: "user" }] }],
    ["input.0.content.0.type", { input: [{ role: "user", content: [{ type: "video" }] }] }],
    ["input.0.content.0.text", { input: [{ role: "user", content: [{ type: "input_text" }] }] }],
    ["input.0.content.0.image_url", { input: [{ role: "user", content: [{ type: "input_image" }] }] }],
    ["input.0.call_id", { input: [{ type: "function_call", name: "a", arguments: "" }] }],
    ["input.0.output", { input: [{ type: "function_call_output", call_id: "a" }] }],
    ["tools.0.name", { input: "x", tools: [{ type: "function" }] }],
    ["tool_choice", { input: "x", tool_choice: 5 }],
    ["text.format.schema", { input: "x", text: { format: { type: "json_schema", name: "x" } } }],
    ["metadata.a", { input: "x", metadata: { a: 1 } }],
    ["model", { input: "x", model: "" }],
    ["max_output_tokens", { input: "x", max_output_tokens: 0 }],
  ])("is refused where `%s` does not hold", (param, more) => {
    const attempt = (): unknown => {
      try {
        return read(more);
      } catch (error) {
        return isAppError(error) && error.code === "providers.bad_request" ? error.params["param"] : error;
      }
    };
    expect(attempt()).toBe(param);
  });
});
