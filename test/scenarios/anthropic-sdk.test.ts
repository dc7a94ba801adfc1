// The official Anthropic SDK against the whole program: its own dialect passed through, and vendors that speak another.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic, { AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from "@anthropic-ai/sdk";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let anthropic: Anthropic;

beforeAll(async () => {
  app = await startTestApp();
  anthropic = sdk();
});
afterAll(() => app.close());

const sdk = (apiKey = app.key): Anthropic => new Anthropic({ baseURL: app.url, apiKey, maxRetries: 0 });
const ask = (content: string) => ({ max_tokens: 500, messages: [{ role: "user" as const, content }] });
/** The SDK's promises are no native ones, which `rejects` wants. */
const failureOf = (call: PromiseLike<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
const lastCall = async () => (await app.client.calls.list({ limit: 1 })).calls[0];
const weather = {
  name: "get_weather",
  description: "The weather in a city",
  input_schema: { type: "object" as const, properties: { city: { type: "string" } }, required: ["city"] },
};

describe("the Anthropic SDK, with a vendor that speaks chat-completions", () => {
  test("gets an answer, and the call is on record in its dialect", async () => {
    const answer = await anthropic.messages.create({ model: "sim/sim-instant", ...ask("What is a binnacle?") });
    expect(answer).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn" });
    const [block] = answer.content;
    const text = block?.type === "text" ? block.text : "";
    expect(text).toContain("simulator");
    expect(answer.usage.output_tokens).toBeGreaterThan(0);
    const call = await lastCall();
    expect(call).toMatchObject({ outcome: "ok", answer: { target: "sim/sim-instant" } });
    expect(call?.tokens).toMatchObject({ input: answer.usage.input_tokens, output: answer.usage.output_tokens });
    const { dialect, messages } = await app.client.calls.get({ id: call?.id ?? "" });
    expect(dialect).toBe("anthropic-messages");
    expect(messages.map((message) => message.text)).toEqual(["What is a binnacle?", text]);
  });

  test("streams, and its helper puts the message together", async () => {
    const stream = anthropic.messages.stream({ model: "sim/sim-small?token_ms=0", ...ask("Stream to me.") });
    let heard = "";
    stream.on("text", (delta) => {
      heard += delta;
    });
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([{ type: "text", text: heard }]);
    expect(heard).toContain("simulator");
    expect(message.stop_reason).toBe("end_turn");
    expect(message.usage.output_tokens).toBeGreaterThan(0);
    expect(await lastCall()).toMatchObject({ outcome: "ok", stream: true, tokens: { source: "vendor" } });
  });

  test("calls tools, whole and streamed, and hands their results back", async () => {
    const request = { model: "sim/sim-instant", tools: [weather], ...ask("What is the weather in Paris?") };
    const answer = await anthropic.messages.create(request);
    const call = answer.content.find((block) => block.type === "tool_use");
    expect(call).toMatchObject({ name: "get_weather", input: { city: "Paris" } });
    expect(answer.stop_reason).toBe("tool_use");
    const streamed = await anthropic.messages.stream(request).finalMessage();
    expect(streamed.content.find((block) => block.type === "tool_use")?.input).toEqual({ city: "Paris" });
    const followed = await anthropic.messages.create({
      ...request,
      messages: [
        ...request.messages,
        { role: "assistant", content: answer.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: call?.id ?? "", content: "22 degrees" }] },
      ],
    });
    expect(followed.stop_reason).toBe("end_turn");
  });

  test("is told what did not carry over, and can have it refused instead", async () => {
    const request = { model: "sim/sim-instant", top_k: 5, ...ask("Hello") };
    const { response } = await anthropic.messages.create(request).withResponse();
    expect(response.headers.get("x-binnacle-dropped")).toContain("top_k");
    const detail = await app.client.calls.get({ id: (await lastCall())?.id ?? "" });
    expect(detail.dropped.join()).toContain("top_k");
    const strict = { headers: { "x-binnacle-strict-translation": "true" } };
    expect(String(await failureOf(anthropic.messages.create(request, strict)))).toContain("top_k");
  });

  test("has tokens counted, about, where the vendor does not count them", async () => {
    const counted = anthropic.messages.countTokens({
      model: "sim/sim-instant",
      tools: [weather],
      ...ask("Ahoy there!"),
    });
    const { data, response } = await counted.withResponse();
    expect(data.input_tokens).toBeGreaterThan(10);
    expect(data.input_tokens).toBeLessThan(100);
    expect(response.headers.get("x-binnacle-dropped")).toContain("input_tokens");
    const record = await app.client.calls.get({ id: (await lastCall())?.id ?? "" });
    expect(record).toMatchObject({ operation: "count_tokens", outcome: "ok", cost: { usd_micros: null } });
    expect(record.dropped.join()).toContain("estimated");
  });

  test("lists the models, page by page", async () => {
    const ids: string[] = [];
    for await (const model of anthropic.models.list({ limit: 2 })) ids.push(model.id);
    expect(ids).toContain("sim/sim-instant");
    expect(new Set(ids).size).toBe(ids.length);
    expect(await anthropic.models.retrieve("sim/sim-instant")).toMatchObject({ type: "model", id: "sim/sim-instant" });
    expect(await failureOf(anthropic.models.retrieve("sim/none"))).toBeInstanceOf(NotFoundError);
  });

  test("gets the errors that it knows", async () => {
    const wrongKey = sdk("bn_wrong").messages.create({ model: "sim/sim-instant", ...ask("Hello") });
    expect(await failureOf(wrongKey)).toBeInstanceOf(AuthenticationError);
    expect(await failureOf(anthropic.messages.create({ model: "sim/none", ...ask("Hello") }))).toBeInstanceOf(
      NotFoundError,
    );
    const bad = { model: "sim/sim-instant", max_tokens: 5, messages: [{ role: "pirate", content: "Arr" }] };
    const refusal = await anthropic.messages.create(bad as never).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BadRequestError);
    expect((refusal as BadRequestError).error).toMatchObject({
      type: "error",
      error: { type: "invalid_request_error" },
    });
    const limited = anthropic.messages.create({ model: "sim/sim-instant?error=429:1", ...ask("Hello") });
    expect(await failureOf(limited)).toBeInstanceOf(RateLimitError);
  });
});
