import { describe, expect, test } from "bun:test";
import { checkRequest } from "./caller-request.ts";

test("what SDKs say in headers though it is part of what they ask is kept for the vendor, and nothing else", () => {
  const said = {
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "some-beta",
    "anthropic-user-profile-id": "profile-1",
    "openai-beta": "other-beta",
  };
  const headers = new Headers({ ...said, authorization: "Bearer bk_1", cookie: "a=b", "user-agent": "sdk" });
  const body = { model: "m", max_tokens: 5, messages: [{ role: "user", content: "Ahoy." }] };
  const request = checkRequest("anthropic-messages", { text: JSON.stringify(body), body, headers });
  expect(request.headers).toEqual(said);
});

describe("a request that names a prompt", () => {
  const check = (dialect: Parameters<typeof checkRequest>[0], body: object, header?: string) =>
    checkRequest(dialect, {
      text: JSON.stringify(body),
      body,
      headers: new Headers(header === undefined ? {} : { "x-binnacle-prompt": header }),
    });
  const prompt = { id: "greet", variables: { name: "Ada" } };

  test("may leave model and messages to it, and is kept as it was sent", () => {
    const request = check("openai-chat", { prompt });
    expect(request).toMatchObject({ model: "", prompt: { ...prompt, version: undefined } });
    expect(JSON.parse(request.text)).toEqual({ prompt });
    expect(check("anthropic-messages", { model: "m", prompt }).model).toBe("m");
  });

  test("may name it in a header, alone or with its variables", () => {
    const body = { model: "m", messages: [] };
    expect(check("openai-chat", body, "greet").prompt).toEqual({ id: "greet", version: undefined, variables: {} });
    expect(check("openai-chat", body, JSON.stringify(prompt)).prompt).toMatchObject(prompt);
  });

  test("is checked in all else as any other", () => {
    for (const bad of [{ messages: "x" }, { stream: "x" }, { messages: [{ content: "x" }] }])
      expect(() => check("openai-chat", { prompt, ...bad })).toThrow("must be");
    for (const bad of [{ id: 5 }, { id: "" }, { id: "a", version: 3 }, { id: "a", variables: ["x"] }])
      expect(() => check("openai-chat", { prompt: bad })).toThrow("must be");
    expect(() => check("openai-chat", {}, "{broken")).toThrow("the header x-binnacle-prompt");
    expect(() => check("openai-chat", [], "greet")).toThrow("a JSON object");
  });

  test("is OpenAI's own business where OpenAI keeps it, and no text of that name is one", () => {
    const theirs = { id: "pmpt_1", variables: {} };
    expect(check("openai-responses", { model: "m", prompt: theirs }).prompt).toBeUndefined();
    expect(check("openai-responses", { prompt }).prompt).toMatchObject(prompt);
    expect(check("ollama-chat", { model: "m", messages: [], prompt: "Ahoy" }).prompt).toBeUndefined();
  });
});
