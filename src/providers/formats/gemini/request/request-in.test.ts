import { describe, expect, test } from "bun:test";
import { AppError } from "../../../../kernel/index.ts";
import { gemini } from "../index.ts";

const { readRequest, counting } = gemini.caller;
const hello = [{ role: "user", parts: [{ text: "Hello" }] }];
const read = (body: object) => readRequest({ model: "gemini-2.5-flash", contents: hello, ...body });

function refusalOf(body: unknown): AppError {
  try {
    readRequest(body);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("it was not refused");
}

describe("a caller's request", () => {
  test("takes model and streaming from beside the rest", () => {
    expect(readRequest({ model: "models/gemini-2.5-flash", stream: true, contents: hello })).toEqual({
      model: "gemini-2.5-flash",
      dialect: "gemini",
      stream: true,
      messages: [{ role: "user", parts: [{ type: "text", text: "Hello" }] }],
    });
  });

  test("says the same in both spellings of its names", () => {
    const snake = read({
      system_instruction: { parts: [{ text: "Be brief." }] },
      generation_config: {
        max_output_tokens: 5,
        response_mime_type: "application/json",
        thinking_config: { thinking_budget: 0 },
      },
      tools: [
        {
          function_declarations: [
            { name: "look_up", parameters_json_schema: { type: "object", properties: { snake_name: {} } } },
          ],
        },
      ],
    });
    const camel = read({
      systemInstruction: { parts: [{ text: "Be brief." }] },
      generationConfig: {
        maxOutputTokens: 5,
        responseMimeType: "application/json",
        thinkingConfig: { thinkingBudget: 0 },
      },
      tools: [
        {
          functionDeclarations: [
            { name: "look_up", parametersJsonSchema: { type: "object", properties: { snake_name: {} } } },
          ],
        },
      ],
    });
    expect(snake).toEqual(camel);
    expect(camel).toMatchObject({
      max_output_tokens: 5,
      response_format: { type: "json" },
      reasoning: { disabled: true },
      tools: [{ name: "look_up", parameters: { properties: { snake_name: {} } } }],
    });
  });

  test("names every knob that the canonical model has", () => {
    const generationConfig = {
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      candidateCount: 2,
      seed: 7,
      stopSequences: ["END"],
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      responseLogprobs: true,
      logprobs: 3,
      thinkingConfig: { thinkingLevel: "LOW", includeThoughts: true },
    };
    expect(read({ generationConfig, labels: { team: "red" }, serviceTier: "flex" })).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      choices: 2,
      seed: 7,
      stop: ["END"],
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      logprobs: { top: 3 },
      reasoning: { effort: "low", summary: "auto" },
      metadata: { team: "red" },
      service_tier: "flex",
    });
  });

  test("keeps what has no canonical word", () => {
    const safetySettings = [{ category: "HARM_CATEGORY_HARASSMENT", threshold: "BLOCK_NONE" }];
    const { extra, tools } = read({
      safetySettings,
      cachedContent: "cachedContents/1",
      tools: [{ googleSearch: {}, urlContext: {} }],
      toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["a", "b"] } },
      generationConfig: { responseModalities: ["TEXT", "IMAGE"], mediaResolution: "LOW" },
    });
    expect(extra).toEqual({
      safetySettings,
      cachedContent: "cachedContents/1",
      toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["a", "b"] } },
      generationConfig: { responseModalities: ["TEXT", "IMAGE"], mediaResolution: "LOW" },
    });
    expect(tools).toEqual([
      { name: "googleSearch", server: true, extra: { googleSearch: {} } },
      { name: "urlContext", server: true, extra: { urlContext: {} } },
    ]);
  });

  test("reads a part of OpenAPI's schemas as JSON schema", () => {
    const responseSchema = {
      type: "OBJECT",
      properties: {
        size: { type: "INTEGER", format: "int32", nullable: true },
        names: { type: "ARRAY", items: { type: "STRING" }, maxItems: "3" },
      },
    };
    expect(
      read({ generationConfig: { responseMimeType: "application/json", responseSchema } }).response_format,
    ).toEqual({
      type: "json_schema",
      name: "answer",
      schema: {
        type: "object",
        properties: {
          size: { type: ["integer", "null"], format: "int32" },
          names: { type: "array", items: { type: "string" }, maxItems: 3 },
        },
      },
    });
  });

  test.each([
    ["AUTO", undefined, "auto"],
    ["NONE", undefined, "none"],
    ["ANY", undefined, "required"],
    ["ANY", ["f"], { name: "f" }],
  ] as const)("says mode %p of %p as a choice of tools", (mode, allowedFunctionNames, choice) => {
    expect(read({ toolConfig: { functionCallingConfig: { mode, allowedFunctionNames } } }).tool_choice).toEqual(choice);
  });
});

describe("calls and their results", () => {
  const call = (name: string, more: object = {}) => ({ functionCall: { name, args: {}, ...more } });
  const result = (name: string, more: object = {}) => ({
    functionResponse: { name, response: { output: name }, ...more },
  });

  test("without ids find each other by name and order", () => {
    const { messages } = read({
      contents: [
        ...hello,
        { role: "model", parts: [call("f"), call("g"), call("f")] },
        { role: "user", parts: [result("g"), result("f"), result("f"), { text: "Well?" }] },
      ],
    });
    const ids = messages[1]?.tool_calls?.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(3);
    expect(messages.slice(2).map(({ role, tool_call_id: id }) => [role, id])).toEqual([
      ["tool", ids[1]],
      ["tool", ids[0]],
      ["tool", ids[2]],
      ["user", undefined],
    ]);
  });

  test("with ids find each other by them", () => {
    const { messages } = read({
      contents: [
        ...hello,
        { role: "model", parts: [call("f", { id: "1" }), call("f", { id: "2" })] },
        { role: "user", parts: [result("f", { id: "2" }), result("f", { id: "1" })] },
      ],
    });
    expect(messages.slice(2).map(({ tool_call_id: id }) => id)).toEqual(["2", "1"]);
  });

  test.each([
    [{ output: "fine" }, "fine", undefined],
    [{ output: "" }, "", undefined],
    [{ output: '{"a":1}' }, '{"output":"{\\"a\\":1}"}', undefined],
    [{ temperature: 20 }, '{"temperature":20}', undefined],
    [{ error: "no such city" }, "no such city", true],
    [{ error: { code: 5 } }, '{"error":{"code":5}}', true],
  ])("a result %p is %p", (response, text, isError) => {
    const { messages } = read({ contents: [{ role: "user", parts: [{ functionResponse: { name: "f", response } }] }] });
    expect(messages[0]).toMatchObject({ role: "tool", parts: [{ type: "text", text }] });
    expect(messages[0]?.is_error).toBe(isError as true);
    const { body } = gemini.vendor.writeRequest(
      read({ contents: [{ role: "user", parts: [{ functionResponse: { name: "f", response } }] }] }),
      { model: "m" },
    );
    expect(body["contents"]).toEqual([{ role: "user", parts: [{ functionResponse: { name: "f", response } }] }]);
  });

  test("a signature on a call is a thought without words before it", () => {
    const parts = [{ text: "First." }, { ...call("f"), thoughtSignature: "QUJD" }, { text: "Then." }];
    const { messages } = read({ contents: [...hello, { role: "model", parts }] });
    expect(messages[1]).toMatchObject({
      parts: [
        { type: "text", text: "First." },
        { type: "reasoning", text: "", signature: "QUJD" },
        { type: "text", text: "Then." },
      ],
      tool_calls: [{ name: "f", arguments: "{}", extra: { index: 2 } }],
    });
  });

  test("the pieces of a streamed answer, sent back one by one, are one answer with its seal", () => {
    const seal = Buffer.from("bn1.anthropic-messages..SIG").toString("base64");
    const piece = (part: object) => ({ role: "model", parts: [part] });
    const { messages } = read({
      contents: [
        ...hello,
        piece({ text: "Let me ", thought: true }),
        piece({ text: "think.", thought: true }),
        piece({ text: "", thought: true, thoughtSignature: seal }),
        piece({ text: "Hi." }),
      ],
    });
    expect(messages[1]?.parts).toEqual([
      { type: "reasoning", text: "Let me think.", signature: "bn1.anthropic-messages..SIG" },
      { type: "text", text: "Hi." },
    ]);
  });
});

describe("a request to count tokens", () => {
  test("holds the contents alone, or the whole request within", () => {
    const alone = counting?.readRequest({ model: "m", contents: hello });
    const within = counting?.readRequest({
      model: "m",
      generateContentRequest: { model: "models/other", contents: hello },
    });
    expect(alone).toEqual(readRequest({ model: "m", contents: hello }));
    expect(within).toEqual(alone);
    expect(counting?.writeAnswer(12)).toEqual({ totalTokens: 12 });
  });

  test("is written for a vendor with the model in it", () => {
    const { counting: vendors } = gemini.vendor;
    expect(vendors?.writeBody({ contents: hello }, "gemini-2.5-pro")).toEqual({
      generateContentRequest: { model: "models/gemini-2.5-pro", contents: hello },
    });
    expect([{ totalTokens: 7 }, { error: {} }, null].map((body) => vendors?.readAnswer(body))).toEqual([
      7,
      undefined,
      undefined,
    ]);
  });
});

describe("a request that does not hold", () => {
  test.each([
    [[], null],
    [{ contents: hello }, "model"],
    [{ model: "m" }, "contents"],
    [{ model: "m", contents: [] }, "contents"],
    [{ model: "m", contents: ["Hello"] }, "contents.0"],
    [{ model: "m", contents: [{ role: "system", parts: [] }] }, "contents.0.role"],
    [{ model: "m", contents: [{ parts: ["Hello"] }] }, "contents.0.parts.0"],
    [
      { model: "m", contents: [{ role: "model", parts: [{ functionCall: {} }] }] },
      "contents.0.parts.0.functionCall.name",
    ],
    [{ model: "m", contents: hello, generationConfig: { topP: "1" } }, "generationConfig.topP"],
    [{ model: "m", contents: hello, generation_config: { stop_sequences: [1] } }, "generationConfig.stopSequences"],
    [{ model: "m", contents: hello, tools: [{ functionDeclarations: [{}] }] }, "tools.0.functionDeclarations.0.name"],
    [
      { model: "m", contents: hello, generationConfig: { thinkingConfig: { thinkingBudget: 0.5 } } },
      "generationConfig.thinkingConfig.thinkingBudget",
    ],
  ])("is refused with the place: %j", (body, param) => {
    const error = refusalOf(body);
    expect([error.code, error.status, error.params["param"]]).toEqual(["providers.bad_request", 400, param]);
  });
});
