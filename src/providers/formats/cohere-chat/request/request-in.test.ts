import { describe, expect, test } from "bun:test";
import { isAppError } from "../../../../kernel/index.ts";
import { requests } from "../recordings.fixture.ts";
import { readCohereRequest } from "./request-in.ts";

const user = { role: "user", content: "Hi" };
const read = (more: object) => readCohereRequest({ model: "m", messages: [user], ...more });

describe("a request", () => {
  test("says in canonical words what Cohere's say", () => {
    const { messages, tools, ...said } = readCohereRequest(requests[0]);
    expect(said).toEqual({
      model: "command-a",
      dialect: "cohere-chat",
      stream: true,
      max_output_tokens: 100,
      temperature: 0.3,
      top_p: 0.9,
      top_k: 40,
      stop: ["END"],
      seed: 7,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      tool_choice: "required",
      response_format: { type: "json_schema", name: "answer", schema: { type: "object", properties: {} } },
      reasoning: { budget_tokens: 500 },
      logprobs: { top: 0 },
      extra: { citation_options: { mode: "FAST" }, safety_mode: "STRICT", priority: 3 },
    });
    expect(tools).toMatchObject([{ name: "get_weather", strict: true }]);
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "tool", "assistant", "user"]);
  });

  test("has its plan as text, its documents as text before what the user said last", () => {
    const { messages } = readCohereRequest(requests[0]);
    expect(messages[2]).toEqual({
      role: "assistant",
      parts: [{ type: "text", text: "I will look." }],
      tool_calls: [{ id: "get_weather_1", name: "get_weather", arguments: '{"place":"Oslo"}' }],
    });
    expect(messages[3]?.parts).toMatchObject([
      { type: "text", text: "temperature: 24°C" },
      { type: "text", text: "done" },
    ]);
    expect(messages[4]?.parts).toMatchObject([
      { type: "reasoning", text: "Warm." },
      { type: "text", text: "It is 24°C.", citations: [{ start: 6, end: 10 }] },
    ]);
    expect(messages[5]?.parts).toMatchObject([
      { type: "text", text: "Oslo is in Norway." },
      { type: "text", text: "title: Oslo\nurl: https://x.example\nyear: 1048" },
      { type: "text", text: "And tomorrow?" },
    ]);
  });

  test("takes a schema by its older name", () => {
    const format = { type: "json_object", schema: { type: "object" } };
    expect(read({ response_format: format }).response_format).toMatchObject({ schema: { type: "object" } });
  });

  test.each([
    [{ thinking: { type: "enabled" } }, { effort: "high" }],
    [{ thinking: { type: "enabled", token_budget: 9 } }, { budget_tokens: 9 }],
    [{ thinking: { type: "disabled" } }, { disabled: true }],
    [{}, undefined],
  ] as const)("thinks as it says: %j", (more, reasoning) => {
    expect(read(more).reasoning).toEqual(reasoning as typeof reasoning & undefined);
  });
});

describe("a request that is wrong is refused, and says where", () => {
  const message = (more: unknown) => ({ messages: [more] });
  test.each([
    [{ model: undefined }, "model"],
    [{ model: 5 }, "model"],
    [{ messages: [] }, "messages"],
    [{ messages: "Hi" }, "messages"],
    [message(5), "messages.0"],
    [message({ content: "Hi" }), "messages.0.role"],
    [message({ role: "narrator", content: "Hi" }), "messages.0.role"],
    [message({ role: "user" }), "messages.0.content"],
    [message({ role: "user", content: 5 }), "messages.0.content"],
    [message({ role: "user", content: [5] }), "messages.0.content.0"],
    [message({ role: "user", content: [{ text: "Hi" }] }), "messages.0.content.0.type"],
    [message({ role: "user", content: [{ type: "text" }] }), "messages.0.content.0.text"],
    [message({ role: "user", content: [{ type: "image_url" }] }), "messages.0.content.0.image_url"],
    [message({ role: "user", content: [{ type: "image_url", image_url: {} }] }), "messages.0.content.0.image_url.url"],
    [message({ role: "tool", content: "{}" }), "messages.0.tool_call_id"],
    [message({ role: "tool", tool_call_id: "x", content: [{ type: "document" }] }), "messages.0.content.0.document"],
    [message({ role: "assistant", tool_calls: [{ id: "x" }] }), "messages.0.tool_calls.0.function"],
    [message({ role: "assistant", tool_calls: [{ function: { name: "f" } }] }), "messages.0.tool_calls.0.id"],
    [message({ role: "assistant", citations: [5] }), "messages.0.citations.0"],
    [{ documents: [5] }, "documents.0"],
    [{ tools: [{ type: "function" }] }, "tools.0.function"],
    [{ tools: [{ function: {} }] }, "tools.0.function.name"],
    [{ tool_choice: "AUTO" }, "tool_choice"],
    [{ strict_tools: "yes" }, "strict_tools"],
    [{ thinking: {} }, "thinking.type"],
    [{ thinking: { type: "enabled", token_budget: 0 } }, "thinking.token_budget"],
    [{ response_format: {} }, "response_format.type"],
    [{ response_format: { type: "json_object", json_schema: "x" } }, "response_format.json_schema"],
    [{ stop_sequences: ["a", 5] }, "stop_sequences"],
    [{ k: 1.5 }, "k"],
    [{ p: "0.9" }, "p"],
    [{ stream: "yes" }, "stream"],
  ])("%j", (more, param) => {
    try {
      read(more);
    } catch (error) {
      if (!isAppError(error)) throw error;
      expect([error.code, error.params["param"]]).toEqual(["providers.bad_request", param]);
      expect(error.fix).not.toBe("");
      return;
    }
    throw new Error("it was not refused");
  });
});
