// The official Google SDK against the whole program, with a vendor that speaks another dialect.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type } from "@google/genai";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let google: GoogleGenAI;

beforeAll(async () => {
  app = await startTestApp();
  google = sdk();
});
afterAll(() => app.close());

const sdk = (apiKey = app.key): GoogleGenAI => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: app.url } });
const lastCall = async () => (await app.client.calls.list({ limit: 1 })).calls[0];
const weather = {
  name: "get_weather",
  description: "The weather in a city",
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ["city"] },
};

describe("the Google SDK", () => {
  test("gets an answer, and the call is on record in its dialect", async () => {
    const answer = await google.models.generateContent({ model: "sim/sim-instant", contents: "What is a binnacle?" });
    expect(answer.text).toContain("simulator");
    expect(answer.candidates?.[0]?.finishReason).toBe("STOP" as never);
    expect(answer.usageMetadata?.candidatesTokenCount).toBeGreaterThan(0);
    const call = await lastCall();
    expect(call).toMatchObject({ outcome: "ok", model: "sim/sim-instant" });
    const { dialect, messages } = await app.client.calls.get({ id: call?.id ?? "" });
    expect(dialect).toBe("gemini");
    expect(messages.map((message) => message.text)).toEqual(["What is a binnacle?", answer.text ?? ""]);
  });

  test("streams to it", async () => {
    const stream = await google.models.generateContentStream({
      model: "sim/sim-instant",
      contents: "Stream to me.",
    });
    let text = "";
    let reason: unknown;
    for await (const piece of stream) {
      text += piece.text ?? "";
      reason = piece.candidates?.[0]?.finishReason ?? reason;
    }
    expect(text).toContain("simulator");
    expect(reason).toBe("STOP");
    expect(await lastCall()).toMatchObject({ outcome: "ok", stream: true, tokens: { source: "vendor" } });
  });

  test("calls tools", async () => {
    const answer = await google.models.generateContent({
      model: "sim/sim-instant",
      contents: "What is the weather in Paris?",
      config: {
        tools: [{ functionDeclarations: [weather] }],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
      },
    });
    expect(answer.functionCalls).toMatchObject([{ name: "get_weather", args: { city: "Paris" } }]);
  });

  test("gets the errors that it knows", async () => {
    const failures = [
      { status: 401, call: sdk("bn_wrong").models.generateContent({ model: "sim/sim-instant", contents: "Hello" }) },
      { status: 404, call: google.models.generateContent({ model: "sim/none", contents: "Hello" }) },
    ];
    for (const { status, call } of failures) {
      const error = await call.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ApiError);
      expect((error as ApiError).status).toBe(status);
    }
  });

  test("has tokens counted, texts embedded, and models listed", async () => {
    const contents = "What is a binnacle?";
    const { totalTokens } = await google.models.countTokens({ model: "sim/sim-instant", contents });
    expect(totalTokens).toBeGreaterThan(3);
    const { embeddings } = await google.models.embedContent({
      model: "sim/sim-embedding",
      contents: ["ahoy", "avast"],
    });
    expect(embeddings?.map(({ values }) => values?.length)).toEqual([256, 256]);
    const names: (string | undefined)[] = [];
    for await (const model of await google.models.list({ config: { pageSize: 2 } })) names.push(model.name);
    expect(names).toContain("models/sim/sim-instant");
  });
});

test("a stream is one JSON array where nobody asks for events", async () => {
  const response = await fetch(`${app.url}/v1beta/models/sim%2Fsim-instant:streamGenerateContent?key=${app.key}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": app.key },
    body: JSON.stringify({ contents: [{ role: "user", parts: [{ text: "Hello" }] }] }),
  });
  expect(response.headers.get("content-type")).toBe("application/json");
  const pieces = (await response.json()) as { candidates: { content: { parts: { text?: string }[] } }[] }[];
  const heard = pieces.map(({ candidates }) => candidates?.[0]?.content?.parts?.[0]?.text ?? "").join("");
  expect(heard).toContain("simulator");
  expect(await lastCall()).toMatchObject({ outcome: "ok", stream: true });
});
