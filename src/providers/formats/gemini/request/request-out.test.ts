import { describe, expect, test } from "bun:test";
import type { ChatRequest, Extra, Message } from "../../../contract.ts";
import { writeGeminiRequest } from "./request-out.ts";

const user: Message = { role: "user", parts: [{ type: "text", text: "Hello" }] };

function write(more: Partial<ChatRequest>, model = "gemini-2.5-flash") {
  const request: ChatRequest = { model: "x", dialect: "openai-chat", stream: true, messages: [user], ...more };
  const { body, dropped } = writeGeminiRequest(request, { model });
  return {
    body: body as { contents: Extra[]; generationConfig?: Extra } & Extra,
    dropped: dropped.map(({ what }) => what),
  };
}

const calls: Message = {
  role: "assistant",
  parts: [],
  tool_calls: [
    { id: "call_1", name: "f", arguments: '{"a":1}' },
    { id: "call_2", name: "g", arguments: "" },
  ],
};
const answer = (id: string, text: string): Message => ({
  role: "tool",
  tool_call_id: id,
  parts: [{ type: "text", text }],
});

describe("another dialect's request", () => {
  test("stands in Google's words, with neither model nor streaming", () => {
    const { body, dropped } = write({
      messages: [{ role: "system", parts: [{ type: "text", text: "Be brief." }] }, user],
      max_output_tokens: 100,
      temperature: 0.2,
      stop: ["END"],
      tools: [{ name: "f", description: "d", parameters: { type: "object", $defs: {} } }],
      tool_choice: "required",
    });
    expect(body as Extra).toEqual({
      systemInstruction: { parts: [{ text: "Be brief." }] },
      contents: [{ role: "user", parts: [{ text: "Hello" }] }],
      tools: [
        {
          functionDeclarations: [{ name: "f", description: "d", parametersJsonSchema: { type: "object", $defs: {} } }],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: "ANY" } },
      generationConfig: { maxOutputTokens: 100, temperature: 0.2, stopSequences: ["END"] },
    });
    expect(dropped).toEqual([]);
  });

  test("says what did not carry", () => {
    const { dropped } = write({
      metadata: { a: "b" },
      user: "me",
      parallel_tool_calls: false,
      seed: 2 ** 40,
      presence_penalty: 1,
      frequency_penalty: 0,
      stop: ["1", "2", "3", "4", "5", "6"],
      service_tier: "scale",
      extra: { logit_bias: {}, stream_options: {} },
    });
    expect(dropped.sort()).toEqual([
      "logit_bias",
      "metadata",
      "parallel_tool_calls",
      "presence_penalty",
      "seed",
      "service_tier",
      "stop",
      "user",
    ]);
  });

  test("gives instructions alone as the user's, since there is no answer to nobody", () => {
    const { body } = write({ messages: [{ role: "developer", parts: [{ type: "text", text: "Begin." }] }] });
    expect(body as Extra).toEqual({ contents: [{ role: "user", parts: [{ text: "Begin." }] }] });
  });

  test("gives JSON or tools to models that do not take both", () => {
    const both: Partial<ChatRequest> = { tools: [{ name: "f" }], response_format: { type: "json" } };
    expect(write(both).dropped).toEqual(["response_format"]);
    expect(write(both, "gemini-3-pro-preview").body.generationConfig).toEqual({ responseMimeType: "application/json" });
  });
});

describe("calls of functions", () => {
  test("and all their results stand in turns that follow one another, results first", () => {
    const { body } = write({ messages: [user, calls, answer("call_2", '{"b":2}'), user, answer("call_1", "fine")] });
    expect(body.contents.slice(1)).toEqual([
      {
        role: "model",
        parts: [
          { functionCall: { id: "call_1", name: "f", args: { a: 1 } } },
          { functionCall: { id: "call_2", name: "g", args: {} } },
        ],
      },
      {
        role: "user",
        parts: [
          { functionResponse: { id: "call_2", name: "g", response: { b: 2 } } },
          { functionResponse: { id: "call_1", name: "f", response: { output: "fine" } } },
          { text: "Hello" },
        ],
      },
    ]);
  });

  test("that another model made bear, for Gemini 3, the mark that Google has for them", () => {
    const { body } = write({ messages: [user, calls] }, "gemini-3-flash-preview");
    expect(body.contents[1]?.["parts"]).toMatchObject([
      { functionCall: { name: "f" }, thoughtSignature: "skip_thought_signature_validator" },
      { functionCall: { name: "g" } },
    ]);
    expect(JSON.stringify(write({ messages: [user, calls] }).body)).not.toContain("skip_thought");
  });

  test("get back the seal that Gemini put on them", () => {
    const sealed: Message = {
      ...calls,
      parts: [{ type: "reasoning", text: "hm", signature: "QUJD", sealed_by: "gemini" }],
    };
    const { body, dropped } = write({ messages: [user, sealed], dialect: "anthropic-messages" }, "gemini-3-pro");
    expect(body.contents[1]?.["parts"]).toMatchObject([
      { text: "hm", thought: true },
      { functionCall: { name: "f" }, thoughtSignature: "QUJD" },
      { functionCall: { name: "g" } },
    ]);
    expect(dropped).toEqual([]);
  });

  test("never get another vendor's seal, whoever calls", () => {
    const parts: Message["parts"] = [
      { type: "reasoning", text: "hm", signature: "SIG", sealed_by: "anthropic-messages" },
    ];
    for (const dialect of ["gemini", "anthropic-messages"] as const) {
      const { body, dropped } = write({ dialect, messages: [user, { ...calls, parts }] }, "gemini-3-pro");
      expect(JSON.stringify(body)).not.toContain("SIG");
      expect(JSON.stringify(body)).toContain("skip_thought_signature_validator");
      expect(dropped).toEqual(["messages.1.parts.0"]);
    }
  });

  test("that failed say so, and arguments that are no object go as text", () => {
    const broken: Message = { role: "assistant", parts: [], tool_calls: [{ id: "c", name: "f", arguments: "{bro" }] };
    const { body, dropped } = write({ messages: [user, broken, { ...answer("c", "no"), is_error: true }] });
    expect(body.contents.slice(1)).toMatchObject([
      { parts: [{ functionCall: { args: { arguments: "{bro" } } }] },
      { parts: [{ functionResponse: { response: { error: "no" } } }] },
    ]);
    expect(dropped).toEqual(["messages.1.tool_calls.0.arguments"]);
  });

  test("may give pictures: within the result where the model takes them, else beside it", () => {
    const picture: Message = {
      role: "tool",
      tool_call_id: "call_1",
      parts: [{ type: "image", url: "data:image/png;base64,AAAA" }],
    };
    const inlineData = { mimeType: "image/png", data: "AAAA" };
    const [older, newer] = ["gemini-2.5-pro", "gemini-3-pro"].map(
      (model) => write({ messages: [user, calls, picture] }, model).body.contents[2],
    );
    expect(older?.["parts"]).toMatchObject([{ functionResponse: { name: "f" } }, { inlineData }]);
    expect(newer?.["parts"]).toMatchObject([{ functionResponse: { name: "f", parts: [{ inlineData }] } }]);
  });
});

describe("media", () => {
  const told = (part: Message["parts"][number]) => write({ messages: [{ role: "user", parts: [part] }] });

  test.each([
    [
      { type: "image", url: "https://example.com/a.webp" },
      { fileData: { fileUri: "https://example.com/a.webp", mimeType: "image/webp" } },
    ],
    [{ type: "audio", data: "AAAA", format: "mp3" }, { inlineData: { mimeType: "audio/mp3", data: "AAAA" } }],
    [
      { type: "video", url: "https://youtu.be/x" },
      { fileData: { fileUri: "https://youtu.be/x", mimeType: "video/mp4" } },
    ],
    [
      { type: "file", data: "AAAA", filename: "a.pdf" },
      { inlineData: { mimeType: "application/pdf", data: "AAAA", displayName: "a.pdf" } },
    ],
  ] as const)("%j goes as Google says it", (part, said) => {
    expect(told(part).body.contents).toEqual([{ role: "user", parts: [said] }]);
  });

  test("kept at another vendor is dropped, and said", () => {
    expect(told({ type: "file", file_id: "file-1" }).dropped).toEqual(["messages.0.parts.0"]);
  });
});

describe("thinking", () => {
  const config = (reasoning: ChatRequest["reasoning"], model: string) => {
    const { body, dropped } = write({ ...(reasoning && { reasoning }) }, model);
    return { config: body.generationConfig?.["thinkingConfig"], dropped };
  };

  test.each([
    [{ effort: "low" }, "gemini-2.5-flash", { thinkingBudget: 2048, includeThoughts: true }],
    [{ effort: "low" }, "gemini-3-pro-preview", { thinkingLevel: "LOW", includeThoughts: true }],
    [{ effort: "minimal" }, "gemini-3-flash", { thinkingLevel: "MINIMAL", includeThoughts: true }],
    [{ effort: "xhigh", summary: "none" }, "gemini-3-flash", { thinkingLevel: "HIGH" }],
    [{ budget_tokens: 100_000 }, "gemini-2.5-pro", { thinkingBudget: 32_768, includeThoughts: true }],
    [{ budget_tokens: -1 }, "gemini-2.5-pro", { thinkingBudget: -1, includeThoughts: true }],
    [{ disabled: true as const }, "gemini-2.5-flash", { thinkingBudget: 0 }],
  ])("%j with %s is %j", (reasoning, model, said) => {
    expect(config(reasoning, model)).toEqual({ config: said, dropped: [] });
  });

  test("that cannot be had, or not be left, is said", () => {
    expect(config({ effort: "high" }, "gemini-2.0-flash")).toEqual({ config: undefined, dropped: ["reasoning"] });
    expect(config({ disabled: true }, "gemini-2.5-pro")).toEqual({
      config: { thinkingBudget: 128 },
      dropped: ["reasoning"],
    });
  });
});
