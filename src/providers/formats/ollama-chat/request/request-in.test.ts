import { describe, expect, test } from "bun:test";
import { PNG } from "../exchanges.fixture.ts";
import { readOllamaRequest } from "./request-in.ts";

const user = { role: "user", content: "Hi" };
const read = (more: object) => readOllamaRequest({ model: "m", messages: [user], ...more });
const conversation = (...messages: object[]) =>
  readOllamaRequest({ model: "m", messages: [user, ...messages] }).messages;

describe("a request", () => {
  test("has canonical words for how the answer is drawn, and keeps how the model is run", () => {
    const options = { num_predict: 9, top_k: 5, stop: ["a"], num_ctx: 4096, mirostat: 1 };
    expect(read({ options, keep_alive: -1, stream: false })).toEqual({
      model: "m",
      dialect: "ollama-chat",
      messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }],
      stream: false,
      max_output_tokens: 9,
      top_k: 5,
      stop: ["a"],
      extra: { keep_alive: -1, options: { num_ctx: 4096, mirostat: 1 } },
    });
  });

  test("is streamed unless it says otherwise", () => {
    expect([read({}), read({ stream: null }), read({ stream: false })].map(({ stream }) => stream)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    [true, { budget_tokens: -1 }],
    [false, { disabled: true }],
    ["low", { effort: "low" }],
    ["max", { effort: "max" }],
  ])("that says think: %p is understood", (think, reasoning) => {
    expect(read({ think }).reasoning).toEqual(reasoning as object);
  });

  test("asks for JSON, or for JSON of a schema", () => {
    expect(read({ format: "json" }).response_format).toEqual({ type: "json" });
    const schema = { type: "object" };
    expect(read({ format: schema }).response_format).toEqual({ type: "json_schema", name: "answer", schema });
    expect(read({ format: "" }).response_format).toBeUndefined();
  });

  test("shows pictures of kinds that their first bytes tell", () => {
    const [message] = readOllamaRequest({
      model: "m",
      messages: [{ ...user, images: [PNG, "/9j/4AAQ", "R0lGODdh", "UklGRh4A", "Qk02", "AAAA"] }],
    }).messages;
    const types = message?.parts.flatMap((part) =>
      part.type === "image" ? [part.url.slice(5, part.url.indexOf(";"))] : [],
    );
    expect(types).toEqual(["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/jpeg"]);
  });
});

describe("calls and results", () => {
  const call = (name: string, id?: string) => ({ id, function: { name, arguments: {} } });
  const pairs = (calls: object[], results: object[]) => {
    const said = results.map((each) => ({ role: "tool", content: "ok", ...each }));
    const [, answer, ...tools] = conversation({ role: "assistant", content: "", tool_calls: calls }, ...said);
    return [answer?.tool_calls?.map(({ id }) => id), tools.map(({ tool_call_id: id, name }) => [id, name])];
  };

  test.each([
    ["the tool's name", [{ tool_name: "b" }, { tool_name: "a" }]],
    ["the name, in order, where it is called twice", [{ tool_name: "a" }, { tool_name: "a" }]],
    ["order alone", [{}, {}]],
  ])("without ids are paired by %s", (_, results) => {
    const names = results.map((each) => (each as { tool_name?: string }).tool_name ?? "a");
    const [ids, said] = pairs(names[0] === "b" ? [call("a"), call("b")] : [call("a"), call("a")], results);
    expect(ids).toEqual(["ollama_call_0", "ollama_call_1"]);
    const wanted = names[0] === "b" ? ["ollama_call_1", "ollama_call_0"] : ["ollama_call_0", "ollama_call_1"];
    expect(said).toEqual(wanted.map((id) => [id, undefined]) as never);
  });

  test("with ids are paired by them", () => {
    const results = [{ tool_call_id: "2", tool_name: "a" }, { tool_call_id: "1" }];
    expect(pairs([call("a", "1"), call("a", "2")], results)).toEqual([
      ["1", "2"],
      [
        ["2", "a"],
        ["1", undefined],
      ],
    ]);
  });

  test("whose call is not there keep their names", () => {
    expect(pairs([], [{ tool_name: "a" }])).toEqual([undefined, [["ollama_result_0_a", "a"]]]);
  });
});

describe("what does not hold is refused by its place", () => {
  const refusal = (body: unknown): unknown => {
    try {
      return readOllamaRequest(body);
    } catch (error) {
      return (error as { params: { param: unknown } }).params.param;
    }
  };
  const said = (message: object) => ({ model: "m", messages: [message] });

  test.each([
    [5, null],
    [{ messages: [user] }, "model"],
    [{ model: "m" }, "messages"],
    [{ model: "m", messages: [] }, "messages"],
    [said({ role: "robot" }), "messages.0.role"],
    [said({ ...user, content: [{ type: "text", text: "Hi" }] }), "messages.0.content"],
    [said({ ...user, images: [5] }), "messages.0.images.0"],
    [said({ role: "assistant", tool_calls: [{}] }), "messages.0.tool_calls.0.function"],
    [said({ role: "assistant", tool_calls: [{ function: {} }] }), "messages.0.tool_calls.0.function.name"],
    [
      said({ role: "assistant", tool_calls: [{ function: { name: "f", arguments: "{}" } }] }),
      "messages.0.tool_calls.0.function.arguments",
    ],
    [{ model: "m", messages: [user], think: "hard" }, "think"],
    [{ model: "m", messages: [user], format: "xml" }, "format"],
    [{ model: "m", messages: [user], options: { stop: "x" } }, "options.stop"],
    [{ model: "m", messages: [user], options: { temperature: "hot" } }, "options.temperature"],
    [{ model: "m", messages: [user], tools: [{ type: "function" }] }, "tools.0.function"],
  ])("%j", (body, param) => {
    expect(refusal(body)).toBe(param as never);
  });
});
