import { describe, expect, test } from "bun:test";
import type { ChatRequest, Extra } from "../../../contract.ts";
import { writeConverseRequest } from "./request-out.ts";

const CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const NOVA = "us.amazon.nova-micro-v1:0";
const user = (text: string) => ({ role: "user" as const, parts: [{ type: "text" as const, text }] });

function write(request: Partial<ChatRequest>, model = CLAUDE) {
  const whole: ChatRequest = { model: "m", dialect: "openai-chat", stream: false, messages: [user("Hi")], ...request };
  const { body, dropped } = writeConverseRequest(whole, { model });
  return { body: JSON.parse(JSON.stringify(body)) as Extra, dropped: dropped.map(({ what }) => what) };
}

const fieldsOf = (request: Partial<ChatRequest>, model?: string) =>
  write(request, model).body["additionalModelRequestFields"];

describe("a request of another dialect", () => {
  test("says its parameters in Bedrock's words, and names what has none", () => {
    const request = {
      max_output_tokens: 50,
      temperature: 0.5,
      stop: ["END"],
      seed: 7,
      user: "u",
      logprobs: { top: 2 },
    };
    const { body, dropped } = write({ ...request, service_tier: "flex", metadata: { team: "a", odd: "ä" } });
    expect(body).toEqual({
      messages: [{ role: "user", content: [{ text: "Hi" }] }],
      inferenceConfig: { maxTokens: 50, temperature: 0.5, stopSequences: ["END"] },
      serviceTier: { type: "flex" },
      requestMetadata: { team: "a" },
    });
    expect(dropped.toSorted()).toEqual(["logprobs", "metadata.odd", "seed", "user"]);
  });

  test("has a schema for its answer where the model holds to one", () => {
    const format = { type: "json_schema" as const, name: "city", schema: { type: "object" } };
    expect(write({ response_format: format }).body["outputConfig"]).toEqual({
      textFormat: { type: "json_schema", structure: { jsonSchema: { schema: '{"type":"object"}', name: "city" } } },
    });
    expect(write({ response_format: format }, NOVA)).toMatchObject({ dropped: ["response_format"] });
    expect(write({ response_format: { type: "json" } }).dropped).toEqual(["response_format"]);
  });

  test("has turns by turns: results of tools are the user's, before anything else", () => {
    const call = { id: "call|1", name: "f", arguments: '{"a":1}' };
    const { body } = write({
      messages: [
        { role: "system", parts: [{ type: "text", text: "Be brief." }] },
        user("Go"),
        { role: "assistant", parts: [{ type: "text", text: " " }], tool_calls: [call] },
        user("Wait"),
        { role: "tool", tool_call_id: "call|1", is_error: true, parts: [{ type: "text", text: "no" }] },
      ],
    });
    expect(body).toEqual({
      system: [{ text: "Be brief." }],
      messages: [
        { role: "user", content: [{ text: "Go" }] },
        { role: "assistant", content: [{ toolUse: { toolUseId: "call_1", name: "f", input: { a: 1 } } }] },
        {
          role: "user",
          content: [
            { toolResult: { toolUseId: "call_1", content: [{ text: "no" }], status: "error" } },
            { text: "Wait" },
          ],
        },
      ],
      toolConfig: { tools: [{ toolSpec: { name: "f", inputSchema: { json: { type: "object" } } } }] },
    });
  });

  test("offers its tools, and no tools where none is to be called", () => {
    const tools = [
      { name: "f", parameters: { properties: {} } },
      { name: "search", server: true as const },
    ];
    expect(write({ tools, tool_choice: "required" })).toMatchObject({
      body: {
        toolConfig: {
          tools: [{ toolSpec: { name: "f", inputSchema: { json: { type: "object", properties: {} } } } }],
          toolChoice: { any: {} },
        },
      },
      dropped: ["tools.1"],
    });
    expect(write({ tools, tool_choice: "none" })).toEqual({ body: write({}).body, dropped: [] });
  });

  test("shows pictures and documents as bytes, and names what cannot be fetched", () => {
    const { body, dropped } = write({
      messages: [
        {
          role: "user",
          parts: [
            { type: "image", url: "data:image/png;base64,AA==" },
            { type: "image", url: "https://example.org/a.png" },
            { type: "image", url: "s3://bucket/a.jpeg" },
            { type: "file", filename: "a report.v2.pdf", data: "AA==" },
            { type: "file", filename: "a report.v2.pdf", data: "data:text/csv;base64,AA==" },
            { type: "file", file_id: "file-1" },
            { type: "video", url: "data:video/mp4;base64,AA==" },
            { type: "audio", data: "AA==", format: "wav" },
          ],
        },
      ],
    });
    const bytes = { source: { bytes: "AA==" } };
    expect((body["messages"] as Extra[])[0]?.["content"]).toEqual([
      { image: { format: "png", ...bytes } },
      { image: { format: "jpeg", source: { s3Location: { uri: "s3://bucket/a.jpeg" } } } },
      { document: { format: "pdf", name: "a report-v2", ...bytes } },
      { document: { format: "csv", name: "a report-v2 2", ...bytes } },
      { video: { format: "mp4", ...bytes } },
      { audio: { format: "wav", ...bytes } },
    ]);
    expect(dropped).toEqual(["messages.0.parts.1", "messages.0.parts.5"]);
  });

  test("marks what is to be kept, where the model keeps anything", () => {
    const cache = { ttl: "1h" as const };
    const messages = [{ role: "user" as const, parts: [{ type: "text" as const, text: "Long", cache }] }];
    const tools = [{ name: "f", cache: { ttl: "5m" as const } }];
    const point = { cachePoint: { type: "default", ttl: "1h" } };
    expect(write({ messages, tools }).body).toMatchObject({
      messages: [{ content: [{ text: "Long" }, point] }],
      toolConfig: { tools: [{ toolSpec: { name: "f" } }, { cachePoint: { type: "default" } }] },
    });
    expect(write({ messages }, "us.deepseek.r1-v1:0").dropped).toEqual(["messages.0.parts.0.cache"]);
  });

  test("gives back only what Bedrock's own models have sealed", () => {
    const sealed = { type: "reasoning" as const, text: "Hm.", signature: "s" };
    const parts = [sealed, { ...sealed, sealed_by: "bedrock-converse" as const }];
    const { body, dropped } = write({ messages: [user("Hi"), { role: "assistant", parts }] });
    expect((body["messages"] as Extra[])[1]).toEqual({
      role: "assistant",
      content: [{ reasoningContent: { reasoningText: { text: "Hm.", signature: "s" } } }],
    });
    expect(dropped).toEqual(["messages.1.parts.0"]);
  });
});

describe("how much to think is told", () => {
  const medium = { reasoning: { effort: "medium" } };

  test("to Claude by a budget, or by an effort since 4.6", () => {
    expect(fieldsOf(medium)).toEqual({ thinking: { type: "enabled", budget_tokens: 8192 } });
    expect(fieldsOf(medium, "us.anthropic.claude-sonnet-4-6")).toEqual({
      thinking: { type: "adaptive" },
      output_config: { effort: "medium" },
    });
    expect(fieldsOf({ reasoning: { disabled: true } })).toBeUndefined();
    expect(write({ ...medium, temperature: 0 }).dropped).toEqual(["temperature"]);
  });

  test("to others in their makers' words", () => {
    expect(fieldsOf(medium, "openai.gpt-oss-120b-1:0")).toEqual({ reasoning_effort: "medium" });
    expect(fieldsOf({ reasoning: { budget_tokens: 20_000 } }, "qwen.qwen3-32b-v1:0")).toEqual({
      reasoning_config: "high",
    });
    expect(fieldsOf(medium, "us.amazon.nova-2-lite-v1:0")).toEqual({
      reasoningConfig: { type: "enabled", maxReasoningEffort: "medium" },
    });
  });

  test("to nobody else, and that is said", () => {
    for (const model of [NOVA, "us.deepseek.r1-v1:0", "arn:aws:bedrock:us-east-1:1:application-inference-profile/x"])
      expect([model, ...write(medium, model).dropped]).toEqual([model, "reasoning"]);
  });

  test("and so is top_k", () => {
    expect(fieldsOf({ top_k: 5 })).toEqual({ top_k: 5 });
    expect(fieldsOf({ top_k: 5 }, NOVA)).toEqual({ inferenceConfig: { topK: 5 } });
    expect(write({ top_k: 5 }, "us.deepseek.r1-v1:0").dropped).toEqual(["top_k"]);
  });
});
