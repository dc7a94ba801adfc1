import { describe, expect, test } from "bun:test";
import type { Extra } from "../../../contract.ts";
import { readConverseRequest } from "./request-in.ts";
import { writeConverseRequest } from "./request-out.ts";

const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const whole = (more: Extra) => ({ model: MODEL, messages: [{ role: "user", content: [{ text: "Hi" }] }], ...more });

function again(more: Extra): Extra {
  const { body, dropped } = writeConverseRequest(readConverseRequest(whole(more)), { model: MODEL });
  expect(dropped).toEqual([]);
  return JSON.parse(JSON.stringify(body)) as Extra;
}

const bytes = { source: { bytes: "AA==" } };
const citation = { title: "T", sourceContent: [{ text: "q" }], location: { web: { url: "https://x.example" } } };

describe("what Converse can say is said again", () => {
  test.each<[string, unknown[]]>([
    ["media", [{ image: { format: "webp", ...bytes } }, { video: { format: "three_gp", ...bytes } }]],
    ["sound", [{ audio: { format: "mp3", ...bytes } }]],
    ["documents with a word about them", [{ document: { format: "md", name: "a", context: "c", ...bytes } }]],
    ["documents as text", [{ document: { format: "txt", name: "a", source: { text: "words" } } }]],
    ["documents in pieces", [{ document: { format: "txt", name: "a", source: { content: [{ text: "words" }] } } }]],
    ["places in S3", [{ image: { format: "png", source: { s3Location: { uri: "s3://b/k", bucketOwner: "1" } } } }]],
    ["guarded text", [{ guardContent: { text: { text: "words", qualifiers: ["query"] } } }]],
    ["search results", [{ searchResult: { source: "s", title: "t", content: [{ text: "words" }] } }]],
    ["cache points", [{ text: "a" }, { cachePoint: { type: "default", ttl: "1h" } }, { text: "b" }]],
    ["two cache points", [{ text: "a" }, { cachePoint: { type: "default" } }, { cachePoint: { type: "default" } }]],
    ["what may come", [{ hologram: { depth: 3 } }, { text: "a", tone: "sad" }]],
    [
      "results of tools, with JSON and a cache point",
      [
        { toolResult: { toolUseId: "1", content: [{ json: { a: [1] } }, { text: "t" }], status: "success" } },
        { cachePoint: { type: "default" } },
        { text: "and?" },
      ],
    ],
  ])("%s, by a user", (_, content) => {
    expect(again({ messages: [{ role: "user", content }] })["messages"]).toEqual([{ role: "user", content }]);
  });

  test.each<[string, unknown[]]>([
    ["thinking", [{ reasoningContent: { reasoningText: { text: "Hm.", signature: "s" } } }, { text: "a" }]],
    ["thinking that nobody can read", [{ reasoningContent: { redactedContent: "AA==" } }]],
    ["citations", [{ citationsContent: { content: [{ text: "a" }, { text: "b" }], citations: [citation] } }]],
    ["calls amid words", [{ text: "a" }, { toolUse: { toolUseId: "1", name: "f", input: { x: 1 } } }, { text: "b" }]],
    [
      "calls at Bedrock",
      [
        { toolUse: { toolUseId: "1", name: "nova_grounding", input: {}, type: "server_tool_use" } },
        { toolResult: { toolUseId: "1", content: [{ json: {} }], status: "success", type: "nova_grounding_result" } },
      ],
    ],
  ])("%s, by the model", (_, content) => {
    const messages = [
      { role: "user", content: [{ text: "Hi" }] },
      { role: "assistant", content },
    ];
    expect(again({ messages })["messages"]).toEqual(messages);
  });

  test.each<[string, Extra]>([
    ["its config", { inferenceConfig: { maxTokens: 1, temperature: 0, topP: 1, stopSequences: ["a"], novel: 1 } }],
    [
      "a system prompt",
      { system: [{ text: "a" }, { cachePoint: { type: "default" } }, { guardContent: { image: {} } }] },
    ],
    ["a guardrail", { guardrailConfig: { guardrailIdentifier: "g", guardrailVersion: "1" } }],
    [
      "how fast, and for what price",
      { performanceConfig: { latency: "optimized" }, serviceTier: { type: "priority" } },
    ],
    ["words for the books", { requestMetadata: { a: "b" }, promptVariables: { x: { text: "y" } } }],
    ["odd fields for the model", { additionalModelRequestFields: { thinking: "hard", top_k: "all", x: null, y: 1 } }],
    ["a choice that may come", { toolConfig: { tools: [{ systemTool: { name: "s" } }], toolChoice: { some: {} } } }],
  ])("%s", (_, said) => {
    const { messages: __, ...body } = again(said);
    expect(body).toEqual(said);
  });
});

describe("a request is refused where", () => {
  test.each<[string, Extra, string]>([
    ["there are no messages", { messages: [] }, "messages"],
    ["a role is unknown", { messages: [{ role: "system", content: [] }] }, "messages.0.role"],
    ["content is no list", { messages: [{ role: "user", content: "Hi" }] }, "messages.0.content"],
    ["text is no text", { messages: [{ role: "user", content: [{ text: 5 }] }] }, "messages.0.content.0.text"],
    ["a block is empty", { messages: [{ role: "user", content: [{}] }] }, "messages.0.content.0.text"],
    [
      "a picture has no format",
      { messages: [{ role: "user", content: [{ image: bytes }] }] },
      "content.0.image.format",
    ],
    ["a tool has no name", { toolConfig: { tools: [{ toolSpec: {} }] } }, "toolConfig.tools.0.toolSpec.name"],
    ["a limit is no number", { inferenceConfig: { maxTokens: "9" } }, "inferenceConfig.maxTokens"],
    ["a stop is no text", { inferenceConfig: { stopSequences: [1] } }, "inferenceConfig.stopSequences"],
  ])("%s, and told where", (_, more, where) => {
    expect(() => readConverseRequest(whole(more))).toThrow(where);
  });
});
