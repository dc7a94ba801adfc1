import { describe, expect, test } from "bun:test";
import type { ChatRequest, Extra, Message, Part } from "../../../contract.ts";
import { readCohereRequest } from "./request-in.ts";
import { writeCohereRequest } from "./request-out.ts";

const hi: Message = { role: "user", parts: [{ type: "text", text: "Hi" }] };
const asked = (more: Partial<ChatRequest>): ChatRequest => ({
  model: "m",
  dialect: "openai-chat",
  messages: [hi],
  stream: false,
  ...more,
});

function write(more: Partial<ChatRequest>) {
  const { body, dropped } = writeCohereRequest(asked(more), "command-a");
  return { body: JSON.parse(JSON.stringify(body)) as Extra, dropped: dropped.map(({ what }) => what) };
}

const messageOf = (message: Message) => {
  const { body, dropped } = write({ messages: [message] });
  return { message: (body["messages"] as Extra[])[0], dropped };
};
const contentOf = (part: Part, role: Message["role"] = "user") => {
  const { message, dropped } = messageOf({ role, parts: [part] });
  return { content: message?.["content"], dropped };
};

describe("another dialect's request", () => {
  test("says all that Cohere has words for", () => {
    const { body, dropped } = write({
      max_output_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      top_k: 3,
      stop: ["a"],
      seed: 1,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      logprobs: { top: 0 },
      response_format: { type: "json_schema", name: "n", schema: { type: "object" }, strict: true },
      reasoning: { budget_tokens: 700 },
      service_tier: "auto",
      choices: 1,
      extra: { stream_options: { include_usage: true } },
    });
    expect(dropped).toEqual([]);
    expect(body).toEqual({
      model: "command-a",
      messages: [{ role: "user", content: "Hi" }],
      stream: false,
      max_tokens: 9,
      temperature: 0.5,
      p: 0.9,
      k: 3,
      stop_sequences: ["a"],
      seed: 1,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      logprobs: true,
      response_format: { type: "json_object", json_schema: { type: "object" } },
      thinking: { type: "enabled", token_budget: 700 },
    });
  });

  test("is told what does not carry", () => {
    const { body, dropped } = write({
      choices: 2,
      parallel_tool_calls: false,
      logprobs: { top: 5 },
      service_tier: "flex",
      metadata: { a: "b" },
      user: "u",
      stop: ["1", "2", "3", "4", "5", "6"],
      extra: { store: true },
    });
    expect(dropped.toSorted()).toEqual(
      [
        "choices",
        "logprobs.top",
        "metadata",
        "parallel_tool_calls",
        "service_tier",
        "stop",
        "store",
        "user",
      ].toSorted(),
    );
    expect(body["stop_sequences"]).toEqual(["1", "2", "3", "4", "5"]);
    expect(body["store"]).toBeUndefined();
  });

  test("is held within Cohere's bounds, and told so", () => {
    const { body, dropped } = write({
      temperature: 1.5,
      top_p: 1,
      top_k: 1000,
      presence_penalty: -1,
      frequency_penalty: 2,
    });
    expect(body).toMatchObject({ temperature: 1, p: 0.99, k: 500, presence_penalty: 0, frequency_penalty: 1 });
    expect(dropped).toEqual(["temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty"]);
  });

  test.each([
    [{ effort: "low" }, { type: "enabled", token_budget: 2048 }, []],
    [{ effort: "high" }, { type: "enabled" }, []],
    [{ budget_tokens: -1 }, { type: "enabled" }, []],
    [{ effort: "none" }, { type: "disabled" }, []],
    [{ budget_tokens: 0 }, { type: "disabled" }, []],
    [{ effort: "low", summary: "none" }, { type: "enabled", token_budget: 2048 }, ["reasoning.summary"]],
    [{ summary: "auto" }, undefined, []],
  ])("that would think %j is said so", (reasoning, thinking, dropped) => {
    const written = write({ reasoning });
    expect([written.body["thinking"], written.dropped]).toEqual([thinking, dropped]);
  });
});

describe("tools of another dialect", () => {
  const tools = [{ name: "f", parameters: { type: "object", properties: {} } }, { name: "g" }];
  const names = (body: Extra) =>
    (body["tools"] as { function: Extra }[] | undefined)?.map((each) => each.function["name"]);

  test("are functions with a schema", () => {
    const { body, dropped } = write({ tools, tool_choice: "auto" });
    expect(body["tools"]).toEqual([
      { type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } },
      { type: "function", function: { name: "g", parameters: { type: "object", properties: {} } } },
    ]);
    expect([body["tool_choice"], body["strict_tools"], dropped]).toEqual([undefined, undefined, []]);
  });

  test("of which one is named leave that alone to choose", () => {
    const { body } = write({ tools, tool_choice: { name: "g" } });
    expect([names(body), body["tool_choice"]]).toEqual([["g"], "REQUIRED"]);
  });

  test("that are not there cannot be required", () => {
    expect(write({ tool_choice: "required" })).toMatchObject({ dropped: ["tool_choice"] });
    const { body, dropped } = write({ tools, tool_choice: { name: "h" } });
    expect([names(body), body["tool_choice"], dropped]).toEqual([["f", "g"], undefined, ["tool_choice"]]);
  });

  test("are strict all of them or none", () => {
    expect(write({ tools: tools.map((tool) => ({ ...tool, strict: true })) }).body["strict_tools"]).toBe(true);
    const { body, dropped } = write({ tools: [{ name: "f", strict: true }, { name: "g" }] });
    expect([body["strict_tools"], dropped]).toEqual([undefined, ["tools.0.strict"]]);
  });

  test("that run at another vendor are dropped", () => {
    const { body, dropped } = write({ tools: [{ name: "web_search", server: true, extra: { type: "web_search" } }] });
    expect([body["tools"], dropped]).toEqual([undefined, ["tools.0"]]);
  });
});

describe("messages of another dialect", () => {
  test("have their plan before their calls", () => {
    const message: Message = {
      role: "assistant",
      parts: [
        { type: "reasoning", text: "Hm." },
        { type: "text", text: "I will look." },
      ],
      tool_calls: [{ id: "1", name: "f", arguments: "" }],
    };
    expect(messageOf(message)).toEqual({
      message: {
        role: "assistant",
        tool_plan: "I will look.",
        content: [{ type: "thinking", thinking: "Hm." }],
        tool_calls: [{ id: "1", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      dropped: [],
    });
  });

  test("tell of failed tools by their words alone", () => {
    const result: Message = { role: "tool", tool_call_id: "1", is_error: true, parts: [{ type: "text", text: "no" }] };
    expect(messageOf(result)).toEqual({
      message: { role: "tool", tool_call_id: "1", content: "no" },
      dropped: ["messages.0.is_error"],
    });
  });

  test("by developers are the system's; those that say nothing any more are left out", () => {
    const { body, dropped } = write({
      messages: [
        { role: "developer", parts: [{ type: "text", text: "Be brief." }], name: "n", extra: { x: 1 } },
        { role: "user", parts: [{ type: "audio", data: "", format: "wav" }] },
        { role: "assistant", parts: [] },
        hi,
      ],
    });
    expect(body["messages"]).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ]);
    expect(dropped).toEqual(["messages.0.name", "messages.0.x", "messages.1.parts.0"]);
  });

  test.each([
    [
      { type: "image", url: "https://x.example", detail: "low" },
      [{ type: "image_url", image_url: { url: "https://x.example", detail: "low" } }],
      [],
    ],
    [{ type: "image", url: "", file_id: "f" }, undefined, ["messages.0.parts.0"]],
    [{ type: "file", data: "data:text/plain;base64,SGk=", filename: "a.txt" }, "a.txt\n\nHi", []],
    [{ type: "file", data: "data:text/plain,H%C3%AF" }, "Hï", []],
    [{ type: "file", data: "SGk=", media_type: "text/csv" }, "Hi", []],
    [
      { type: "file", data: "data:image/png;base64,AA" },
      [{ type: "image_url", image_url: { url: "data:image/png;base64,AA" } }],
      [],
    ],
    [{ type: "file", data: "data:application/pdf;base64,AA" }, undefined, ["messages.0.parts.0"]],
    [{ type: "file", file_id: "f" }, undefined, ["messages.0.parts.0"]],
    [{ type: "video", url: "https://x.example" }, undefined, ["messages.0.parts.0"]],
    [{ type: "refusal", text: "No." }, "No.", []],
    [
      { type: "text", text: "Hi", extra: { x: 1 }, citations: [{ url: "u" }] },
      "Hi",
      ["messages.0.parts.0.citations", "messages.0.parts.0.x"],
    ],
    [{ type: "other", extra: { type: "x" } }, undefined, ["messages.0.parts.0"]],
    [{ type: "server_tool_call", id: "1", name: "s", input: {} }, undefined, ["messages.0.parts.0"]],
  ] as [Part, unknown, string[]][])("carry what can be carried of %j", (part, content, dropped) => {
    expect(contentOf(part)).toEqual({ content, dropped });
  });

  test.each([
    [{ type: "reasoning", text: "Hm.", signature: "s" }, [{ type: "thinking", thinking: "Hm." }], [".signature"]],
    [{ type: "reasoning", text: "Hm.", redacted: "r" }, [{ type: "thinking", thinking: "Hm." }], [".redacted"]],
    [{ type: "reasoning", text: "", redacted: "r", sealed_by: "openai-responses" }, undefined, [""]],
    [{ type: "reasoning", text: "", signature: "s" }, undefined, [".signature"]],
  ] as [Part, unknown, string[]][])("give thinking without its seal: %j", (part, content, dropped) => {
    const wanted = dropped.map((each) => `messages.0.parts.0${each}`);
    expect(contentOf(part, "assistant")).toEqual({ content, dropped: wanted });
  });

  test("show pictures by the user alone", () => {
    expect(contentOf({ type: "image", url: "https://x.example" }, "tool")).toEqual({
      content: "",
      dropped: ["messages.0.parts.0"],
    });
  });
});

describe("a request of this dialect whose texts were changed on the way", () => {
  test("has the changed texts, in documents too", () => {
    const read = readCohereRequest({
      model: "m",
      messages: [
        {
          role: "tool",
          tool_call_id: "1",
          content: [{ type: "document", document: { id: "d", data: { a: "secret" } } }],
        },
        { role: "user", content: "secret" },
      ],
      documents: ["secret", { id: "e", data: { a: "secret" } }, "plain"],
    });
    for (const { parts } of read.messages)
      for (const part of parts) if (part.type === "text") part.text = part.text.replace("secret", "***");
    expect(writeCohereRequest(read, "m").body).toMatchObject({
      messages: [
        { content: [{ type: "document", document: { id: "d", data: { text: "a: ***" } } }] },
        { role: "user", content: "***" },
      ],
      documents: ["***", { id: "e", data: { text: "a: ***" } }, "plain"],
    });
  });
});
