import { describe, expect, test } from "bun:test";
import type { Extra } from "../../../contract.ts";
import { openAiChat } from "../../openai-chat/index.ts";
import { readCountRequest, readMessagesRequest } from "./request-in.ts";
import { writeMessagesRequest } from "./request-out.ts";

const base = { model: "claude", max_tokens: 100, messages: [{ role: "user", content: "Hi" }] };
const user = (...content: unknown[]) => ({ ...base, messages: [{ role: "user", content }] });
const assistant = (...content: unknown[]) => ({
  ...base,
  messages: [...base.messages, { role: "assistant", content }],
});

/** Written again for a vendor of this dialect, as JSON. */
function again(body: unknown): Extra {
  const { body: written, dropped } = writeMessagesRequest(readMessagesRequest(body), { model: "claude" });
  expect(dropped).toEqual([]);
  return JSON.parse(JSON.stringify(written)) as Extra;
}

const mark = { cache_control: { type: "ephemeral" } };
const lasting = { cache_control: { type: "ephemeral", ttl: "1h" } };
const cited = [
  {
    type: "char_location",
    cited_text: "a",
    document_index: 0,
    document_title: null,
    start_char_index: 0,
    end_char_index: 1,
  },
  {
    type: "page_location",
    cited_text: "a",
    document_index: 0,
    document_title: "D",
    start_page_number: 1,
    end_page_number: 2,
  },
  {
    type: "content_block_location",
    cited_text: "a",
    document_index: 0,
    document_title: "D",
    start_block_index: 0,
    end_block_index: 1,
  },
  { type: "web_search_result_location", cited_text: "a", url: "https://x.example", title: "X", encrypted_index: "e" },
  {
    type: "search_result_location",
    cited_text: "a",
    source: "s",
    title: "S",
    search_result_index: 0,
    start_block_index: 0,
    end_block_index: 1,
  },
];
const piece = { type: "text", text: "green" };

/** Blocks that the recordings have none of, or not all of. */
const BLOCKS: Record<string, Extra> = {
  "text with a lasting cache mark": { type: "text", text: "a", ...lasting },
  "a cache mark of another kind": { type: "text", text: "a", cache_control: { type: "ephemeral", scope: "global" } },
  "an image as data": { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" }, ...mark },
  "an image as an address": { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
  "an image as a file": { type: "image", source: { type: "file", file_id: "f1" } },
  "an image with a source of another kind": { type: "image", source: { type: "dream", dream: 1 } },
  "a PDF as data": {
    type: "document",
    source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
    title: "T",
    context: "c",
    citations: { enabled: true },
    ...mark,
  },
  "a PDF as an address": { type: "document", source: { type: "url", url: "https://x.example/a.pdf" } },
  "a document as a file": { type: "document", source: { type: "file", file_id: "f1" } },
  "a document as text": { type: "document", source: { type: "text", media_type: "text/plain", data: "Grüße 🌊" } },
  "a document in pieces": { type: "document", source: { type: "content", content: [piece, piece] }, title: "T" },
  "a document in pieces that are pictures": {
    type: "document",
    source: { type: "content", content: [{ type: "image", source: {} }] },
  },
  "a search result": {
    type: "search_result",
    source: "s",
    title: "S",
    content: [piece, piece],
    citations: { enabled: true },
    ...mark,
  },
  "a container's file": { type: "container_upload", file_id: "f1" },
  "a tool's result without content": { type: "tool_result", tool_use_id: "t1", ...mark },
  "a tool's failure": { type: "tool_result", tool_use_id: "t1", content: [piece], is_error: true, ...lasting },
  "a tool's result in pictures": {
    type: "tool_result",
    tool_use_id: "t1",
    content: [piece, { type: "image", source: { type: "url", url: "https://x.example/a.png" } }],
  },
  "a tool's result that is a search result": {
    type: "tool_result",
    tool_use_id: "t1",
    content: [{ type: "search_result", source: "s", title: "S", content: [piece] }],
  },
  "a block that nobody knows yet": { type: "hologram", beam: [1, { a: null }] },
};

const SAID: Record<string, Extra[]> = {
  "cited text": [{ type: "text", text: "a", citations: cited }],
  "thinking, told and untold": [
    { type: "thinking", thinking: "hm", signature: "s" },
    { type: "thinking", thinking: "", signature: "t" },
    { type: "redacted_thinking", data: "x" },
    piece,
  ],
  "calls among texts": [
    piece,
    { type: "tool_use", id: "t1", name: "f", input: { a: 1 } },
    piece,
    { type: "tool_use", id: "t2", name: "g", input: {}, ...mark, caller: { type: "direct" } },
  ],
  "a search at the vendor": [
    { type: "server_tool_use", id: "s1", name: "web_search", input: { query: "x" } },
    {
      type: "web_search_tool_result",
      tool_use_id: "s1",
      content: [
        { type: "web_search_result", url: "https://x.example", title: "X", encrypted_content: "e", page_age: "1 day" },
      ],
      ...mark,
    },
    { type: "mcp_tool_use", id: "m1", name: "f", server_name: "s", input: {} },
    { type: "mcp_tool_result", tool_use_id: "m1", is_error: false, content: [piece] },
    {
      type: "web_search_tool_result",
      tool_use_id: "s2",
      content: { type: "web_search_tool_result_error", error_code: "unavailable" },
    },
  ],
};

describe("a block comes out again as it went in", () => {
  test.each(Object.entries(BLOCKS))("%s", (_, block) => {
    expect(again(user(block, piece))["messages"]).toEqual([{ role: "user", content: [block, piece] }]);
  });

  test.each(Object.entries(SAID))("%s", (_, blocks) => {
    expect((again(assistant(...blocks))["messages"] as Extra[])[1]).toEqual({ role: "assistant", content: blocks });
  });

  test("in the system prompt, marks and all", () => {
    const system = [{ ...piece, ...lasting }, piece];
    expect(again({ ...base, system })["system"]).toEqual(system);
    expect(again({ ...base, system: "" })).not.toHaveProperty("system");
  });
});

describe("a parameter comes out again as it went in", () => {
  const schema = { type: "object", properties: {} };
  const tools = [{ name: "f", input_schema: schema }];
  test.each<[string, Extra]>([
    [
      "tools",
      {
        tools: [
          { name: "f", description: "d", input_schema: schema, strict: true, ...lasting, eager_input_streaming: true },
        ],
      },
    ],
    [
      "tools at the vendor",
      {
        tools: [
          { type: "web_search_20250305", name: "web_search", max_uses: 3, ...mark },
          { type: "mcp_toolset", mcp_server_name: "x" },
        ],
      },
    ],
    ["any tool", { tools, tool_choice: { type: "any", disable_parallel_tool_use: true } }],
    ["a tool", { tools, tool_choice: { type: "tool", name: "f" } }],
    ["no tool", { tools, tool_choice: { type: "none" } }],
    ["a choice of another kind", { tools, tool_choice: { type: "dice", sides: 6 } }],
    ["thinking with a budget", { thinking: { type: "enabled", budget_tokens: 2000, display: "omitted" } }],
    [
      "thinking as it sees fit",
      { thinking: { type: "adaptive", display: "summarized" }, output_config: { effort: "max" } },
    ],
    ["no thinking", { thinking: { type: "disabled" }, output_config: { effort: "low" } }],
    ["thinking of another kind", { thinking: { type: "between_tools" }, output_config: { effort: "low" } }],
    ["an effort alone", { output_config: { effort: "medium", task_budget: { type: "tokens", total: 9 } } }],
    ["a schema", { output_config: { format: { type: "json_schema", schema } } }],
    ["a format of another kind", { output_config: { format: { type: "grammar", grammar: "g" } } }],
    ["sampling and stops", { temperature: 0.5, top_p: 0.9, top_k: 40, stop_sequences: ["a", " "] }],
    ["whose call it is", { metadata: { user_id: "u", team: "t" } }],
    ["the tier", { service_tier: "standard_only" }],
    [
      "all else",
      {
        container: "c",
        mcp_servers: [{ type: "url" }],
        context_management: { edits: [] },
        inference_geo: "eu",
        stream: true,
      },
    ],
  ])("%s", (_, parameters) => {
    const { messages: _messages, model: _model, max_tokens: _limit, ...written } = again({ ...base, ...parameters });
    expect(written).toEqual({ stream: false, ...parameters });
  });

  test("the format by the name that it had at first", () => {
    const format = { type: "json_schema", schema };
    expect(again({ ...base, output_format: format })["output_config"]).toEqual({ format });
  });

  test("no limit is needed where tokens are counted", () => {
    const { max_tokens: _, ...counted } = base;
    expect(readCountRequest(counted).max_output_tokens).toBeUndefined();
  });
});

describe("what others can do with a request", () => {
  const chat = (body: unknown) => openAiChat.vendor.writeRequest(readMessagesRequest(body), { model: "m" });

  test("is to read the text of documents and search results", () => {
    const { body } = chat(user(BLOCKS["a document as text"], BLOCKS["a search result"]));
    expect(JSON.stringify(body)).toContain("Grüße 🌊");
    expect(JSON.stringify(body)).toContain("green\\ngreen");
  });

  test("is to answer the results of tools, each by itself and in order", () => {
    const result = (id: string) => ({ type: "tool_result", tool_use_id: id, content: `of ${id}` });
    const { body, dropped } = chat(user(result("a"), result("b"), piece));
    expect(body["messages"]).toEqual([
      { role: "tool", tool_call_id: "a", content: "of a" },
      { role: "tool", tool_call_id: "b", content: "of b" },
      { role: "user", content: "green" },
    ]);
    expect(dropped).toEqual([]);
  });

  test("is to think about as hard", () => {
    const thinking = { type: "adaptive" };
    expect(chat({ ...base, thinking }).body["reasoning_effort"]).toBe("high");
    expect(chat({ ...base, thinking: { type: "enabled", budget_tokens: 5000 } }).body["reasoning_effort"]).toBe(
      "medium",
    );
    expect(chat({ ...base, output_config: { effort: "low" } }).body["reasoning_effort"]).toBe("low");
  });
});

describe("a request that does not hold", () => {
  const blocks = (...content: unknown[]) => user(...content);
  test.each<[string, unknown]>([
    ["JSON object", 5],
    ["model", { ...base, model: undefined }],
    ["model", { ...base, model: 5 }],
    ["max_tokens", { ...base, max_tokens: undefined }],
    ["max_tokens", { ...base, max_tokens: -1 }],
    ["max_tokens", { ...base, max_tokens: "9" }],
    ["messages", { ...base, messages: [] }],
    ["messages", { ...base, messages: "Hi" }],
    ["messages.0", { ...base, messages: ["Hi"] }],
    ["messages.0.role", { ...base, messages: [{ role: "pirate", content: "Arr" }] }],
    ["messages.0.content", { ...base, messages: [{ role: "user" }] }],
    ["messages.0.content", { ...base, messages: [{ role: "user", content: 5 }] }],
    ["messages.0.content.0", blocks("Hi")],
    ["messages.0.content.0.type", blocks({ text: "Hi" })],
    ["messages.0.content.0.text", blocks({ type: "text" })],
    ["messages.0.content.1.text", blocks(piece, { type: "text", text: 5 })],
    ["messages.0.content.0.source", blocks({ type: "image" })],
    ["messages.0.content.0.source", blocks({ type: "document", source: "x" })],
    ["messages.0.content.0.tool_use_id", blocks({ type: "tool_result" })],
    ["messages.0.content.0.is_error", blocks({ type: "tool_result", tool_use_id: "t", is_error: "no" })],
    [
      "messages.0.content.0.content.0.text",
      blocks({ type: "tool_result", tool_use_id: "t", content: [{ type: "text" }] }),
    ],
    ["messages.0.content.0.cache_control", blocks({ ...piece, cache_control: "yes" })],
    ["messages.1.content.0.name", assistant({ type: "tool_use", id: "t", input: {} })],
    ["messages.1.content.0.input", assistant({ type: "tool_use", id: "t", name: "f", input: "{}" })],
    ["system", { ...base, system: 5 }],
    ["system.0.text", { ...base, system: [{ type: "text" }] }],
    ["tools", { ...base, tools: {} }],
    ["tools.0.name", { ...base, tools: [{ input_schema: {} }] }],
    ["tools.0.input_schema", { ...base, tools: [{ name: "f" }] }],
    ["tool_choice", { ...base, tool_choice: "auto" }],
    ["tool_choice.type", { ...base, tool_choice: {} }],
    ["tool_choice.name", { ...base, tool_choice: { type: "tool" } }],
    ["tool_choice.disable_parallel_tool_use", { ...base, tool_choice: { type: "auto", disable_parallel_tool_use: 1 } }],
    ["thinking", { ...base, thinking: true }],
    ["thinking.type", { ...base, thinking: {} }],
    ["thinking.budget_tokens", { ...base, thinking: { type: "enabled" } }],
    ["output_config.effort", { ...base, output_config: { effort: 5 } }],
    ["output_config.format", { ...base, output_config: { format: "json" } }],
    ["output_config.format.schema", { ...base, output_config: { format: { type: "json_schema" } } }],
    ["stop_sequences", { ...base, stop_sequences: "a" }],
    ["stop_sequences", { ...base, stop_sequences: [5] }],
    ["temperature", { ...base, temperature: "hot" }],
    ["top_k", { ...base, top_k: 1.5 }],
    ["stream", { ...base, stream: "yes" }],
    ["metadata.user_id", { ...base, metadata: { user_id: 5 } }],
  ])("is refused, and told where: %s", (where, body) => {
    let error: unknown;
    try {
      readMessagesRequest(JSON.parse(JSON.stringify(body)));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "providers.bad_request", status: 400 });
    expect(String(error)).toContain(where);
  });
});
