import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../contract.ts";
import { type AnswerShape, planAnswer, type PlannedChoice } from "./plan-answer.ts";

const tool = (name: string, description = "") => ({
  name,
  description,
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
});

function ask(prompt: string, more: Partial<ChatRequest> = {}): ChatRequest {
  const messages: ChatRequest["messages"] = [{ role: "user", parts: [{ type: "text", text: prompt }] }];
  return { model: "sim-small", dialect: "openai-chat", messages, stream: false, ...more };
}

function plan(request: ChatRequest, shape: Partial<AnswerShape> = {}) {
  return planAnswer(request, { model: "sim-small", tokens: undefined, reasoningTokens: 0, seed: 0, ...shape });
}

function first(request: ChatRequest, shape: Partial<AnswerShape> = {}): PlannedChoice {
  const choice = plan(request, shape).choices[0];
  if (!choice) throw new Error("a plan has a choice at least");
  return choice;
}

const text = (choice: PlannedChoice | undefined): string => choice?.text.join("") ?? "";

describe("prose", () => {
  test("says what it is, and takes up the prompt", () => {
    const answer = text(first(ask("Write a poem about lighthouses.")));
    expect(answer).toStartWith("This is Binnacle's simulator, not a language model. ");
    expect(answer).toContain("lighthouses");
  });

  test("is the same for the same prompt, model and seed, and another for any other", () => {
    const request = ask("Tell me of the tides");
    const said = text(first(request));
    expect(text(first(ask("Tell me of the tides")))).toBe(said);
    const others = [
      text(first(ask("Tell me of the tide"))),
      text(first({ ...request, seed: 1 })),
      text(first(request, { seed: 1 })),
      text(first(request, { model: "sim-large" })),
    ];
    expect(new Set([said, ...others]).size).toBe(5);
  });

  test("stays the same from release to release", () => {
    expect(text(first(ask("Tell me of the tides")))).toMatchInlineSnapshot(
      `"This is Binnacle's simulator, not a language model. On tides, here is a made-up answer. To take one case: the small compass steadies the wind. Where tides meets the ship, the tide holds the voyage of the ship. Ask a real model before you act on tides."`,
    );
  });

  test("has as many choices as asked for, each its own", () => {
    const { choices, usage } = plan(ask("Tell me of the tides", { choices: 3 }));
    expect(new Set(choices.map(text)).size).toBe(3);
    expect(usage.output).toBe(choices.reduce((sum, choice) => sum + choice.text.length, 0));
  });

  test("has exactly the length it was told", () => {
    for (const tokens of [1, 10, 1000]) {
      const choice = first(ask("Tides"), { tokens });
      expect(choice).toMatchObject({ finish: "stop" });
      expect(choice.text).toHaveLength(tokens);
    }
  });

  test("answers a prompt that has no words in it", () => {
    expect(text(first(ask("")))).toContain("simulator");
    expect(text(first(ask("?!")))).toContain("simulator");
  });
});

describe("limits", () => {
  test("max tokens cut the answer, thinking first", () => {
    const request = ask("Tides", { max_output_tokens: 6 });
    expect(first(request)).toMatchObject({ finish: "length" });
    expect(first(request).text).toHaveLength(6);
    const thinking = plan(request, { reasoningTokens: 4 });
    expect(thinking.choices[0]?.reasoning).toHaveLength(4);
    expect(thinking.choices[0]?.text).toHaveLength(2);
    expect(thinking.usage).toMatchObject({ output: 6, reasoning: 4 });
    expect(first(request, { reasoningTokens: 9 })).toMatchObject({ text: [], finish: "length" });
  });

  test("a limit that is just enough cuts nothing", () => {
    const whole = first(ask("Tides"));
    const enough = first(ask("Tides", { max_output_tokens: whole.text.length }));
    expect(enough).toEqual(whole);
  });

  test("a stop sequence ends the answer before it, the earliest of several", () => {
    const stopped = first(ask("Tides", { stop: ["language", "not a"] }));
    expect(text(stopped)).toBe("This is Binnacle's simulator, ");
    expect(stopped.finish).toBe("stop");
  });
});

describe("tools", () => {
  const tools = [tool("get_weather", "The weather in a city"), tool("book_hotel", "Books a hotel room")];
  const names = (choice: PlannedChoice) => choice.calls.map((call) => call.name);
  const args = (choice: PlannedChoice) => choice.calls.map((call) => JSON.parse(call.arguments.join("")) as unknown);

  test("the one that is nearest to the question is called, with what the question names", () => {
    const choice = first(ask("Find me a hotel in Lisbon", { tools }));
    expect(choice).toMatchObject({ text: [], finish: "tool_calls" });
    expect(names(choice)).toEqual(["book_hotel"]);
    expect(args(choice)).toEqual([{ city: "Lisbon" }]);
  });

  test("those that the question names are called together, in its order", () => {
    const request = ask("Use book_hotel for Oslo, then get_weather", { tools });
    expect(names(first(request))).toEqual(["book_hotel", "get_weather"]);
    expect(names(first({ ...request, parallel_tool_calls: false }))).toEqual(["book_hotel"]);
  });

  test("several things listed get a call each, under ids of their own", () => {
    const choice = first(ask("What is the weather in Paris, London and New York?", { tools }));
    expect(args(choice)).toEqual([{ city: "Paris" }, { city: "London" }, { city: "New York" }]);
    expect(new Set(choice.calls.map((call) => call.id)).size).toBe(3);
  });

  test("the caller's choice of tool is obeyed", () => {
    const request = ask("Find me a hotel in Lisbon", { tools });
    expect(names(first({ ...request, tool_choice: "none" }))).toEqual([]);
    expect(names(first({ ...request, tool_choice: { name: "get_weather" } }))).toEqual(["get_weather"]);
    expect(names(first({ ...request, tool_choice: "required" }))).toEqual(["book_hotel"]);
  });

  test("a tool's result is answered in words, unless a call is required", () => {
    const asked = ask("What is the weather in Oslo?", { tools });
    const call = { id: "call_1", name: "get_weather", arguments: "{}" };
    const messages: ChatRequest["messages"] = [
      ...asked.messages,
      { role: "assistant", parts: [], tool_calls: [call] },
      { role: "tool", parts: [{ type: "text", text: "11 degrees" }], tool_call_id: "call_1" },
    ];
    expect(text(first({ ...asked, messages }))).toContain("get_weather answered: 11 degrees.");
    expect(text(first({ ...asked, messages }, { tokens: 40 }))).toContain("get_weather answered: 11 degrees.");
    expect(names(first({ ...asked, messages, tool_choice: "required" }))).toEqual(["get_weather"]);
  });

  test("a tool without a schema gets an empty object; one of another type is not called", () => {
    expect(args(first(ask("Ping", { tools: [{ name: "ping" }] })))).toEqual([{}]);
    const custom = { name: "custom", extra: { type: "custom", custom: { name: "patch" } } };
    expect(first(ask("patch it", { tools: [custom], tool_choice: "required" })).calls).toEqual([]);
  });
});

describe("JSON", () => {
  test("json_object is an object", () => {
    const answer: unknown = JSON.parse(text(first(ask("Tides", { response_format: { type: "json" } }))));
    expect(answer).toMatchObject({ topics: ["Tides"], simulator: expect.stringContaining("simulator") });
  });

  test("json_schema is a value of the schema, whatever length prose was told to have", () => {
    const schema = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
    const request = ask("All about Oslo", { response_format: { type: "json_schema", name: "city", schema } });
    expect(JSON.parse(text(first(request, { tokens: 3 })))).toEqual({ city: "Oslo" });
  });
});
