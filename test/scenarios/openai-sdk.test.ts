// The official OpenAI SDK against the whole program and its simulator: what a first user does in the first hour.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let openai: OpenAI;

beforeAll(async () => {
  app = await startTestApp();
  openai = sdk();
});
afterAll(() => app.close());

function sdk(apiKey = app.key): OpenAI {
  return new OpenAI({ baseURL: `${app.url}/v1`, apiKey, maxRetries: 0 });
}

const ask = (content: string) => [{ role: "user" as const, content }];
const lastCall = async () => (await app.client.calls.list({ limit: 1 })).calls[0];

describe("the openai SDK", () => {
  test("gets an answer, and the call is on record with its cost, route and reason", async () => {
    const answer = await openai.chat.completions.create({
      model: "sim/sim-instant",
      messages: ask("What is a binnacle?"),
    });
    expect(answer.choices[0]?.message.content).toContain("simulator");
    const call = await lastCall();
    expect(call).toMatchObject({
      outcome: "ok",
      status: 200,
      model: "sim/sim-instant",
      answer: { vendor: "sim", target: "sim/sim-instant" },
    });
    expect(call?.tokens).toMatchObject({
      input: answer.usage?.prompt_tokens,
      output: answer.usage?.completion_tokens,
      source: "vendor",
    });
    expect(call?.cost.usd_micros).toBeGreaterThanOrEqual(0);
    const detail = await app.client.calls.get({ id: call?.id ?? "" });
    expect(detail.route.reason).toBe("the caller named vendor and model");
    expect(detail.who.key_name).toBe("first admin key");
    expect(detail.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(detail.messages[1]?.text).toBe(answer.choices[0]?.message.content ?? "");
  });

  test("streams, with usage when it asks for it and without when it does not", async () => {
    for (const include_usage of [true, false]) {
      const stream = await openai.chat.completions.create({
        model: "sim/sim-small?token_ms=0",
        messages: ask("Stream to me."),
        stream: true,
        ...(include_usage && { stream_options: { include_usage } }),
      });
      let text = "";
      let usage: unknown;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? "";
        usage = chunk.usage ?? usage;
      }
      expect(text).toContain("simulator");
      expect(usage !== undefined && usage !== null).toBe(include_usage);
      const call = await lastCall();
      expect(call).toMatchObject({ outcome: "ok", stream: true, tokens: { source: "vendor" } });
      expect(call?.timings.first_token_ms).toBeGreaterThan(0);
      const { messages } = await app.client.calls.get({ id: call?.id ?? "" });
      expect(messages.at(-1)?.text).toBe(text);
    }
  });

  test("calls tools", async () => {
    const answer = await openai.chat.completions.create({
      model: "sim/sim-instant",
      messages: ask("What is the weather in Paris?"),
      tools: [
        {
          type: "function",
          function: {
            name: "get_weather",
            parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
          },
        },
      ],
      tool_choice: "required",
    });
    const call = answer.choices[0]?.message.tool_calls?.[0];
    expect(answer.choices[0]?.finish_reason).toBe("tool_calls");
    expect(call?.type === "function" && typeof JSON.parse(call.function.arguments).city).toBe("string");
  });

  test("gets JSON that fits its schema", async () => {
    const answer = await openai.chat.completions.create({
      model: "sim/sim-instant",
      messages: ask("A person, please."),
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "person",
          strict: true,
          schema: {
            type: "object",
            properties: { name: { type: "string" }, age: { type: "integer", minimum: 1 } },
            required: ["name", "age"],
            additionalProperties: false,
          },
        },
      },
    });
    const person = JSON.parse(answer.choices[0]?.message.content ?? "") as { name: string; age: number };
    expect(typeof person.name).toBe("string");
    expect(person.age).toBeGreaterThanOrEqual(1);
  });

  test("aborts, and the call is on record as cancelled", async () => {
    const stream = await openai.chat.completions.create({
      model: "sim/sim-large?tokens=500",
      messages: ask("Go on."),
      stream: true,
    });
    for await (const _ of stream) break;
    await until(async () => (await lastCall())?.outcome === "cancelled");
    expect(await lastCall()).toMatchObject({ outcome: "cancelled", tokens: { source: "estimated" } });
    expect((await app.client.status()).calls.in_flight).toBe(0);
  });

  test("raises its own typed errors", async () => {
    // The SDK's promises are not quite promises, hence the await.
    const call = async (model: string, client = openai, messages = ask("x")) =>
      await client.chat.completions.create({ model, messages });
    await expect(call("sim/sim-instant", sdk("bk_wrong"))).rejects.toBeInstanceOf(AuthenticationError);
    await expect(call("sim/sim-smol")).rejects.toBeInstanceOf(NotFoundError);
    await expect(call("sim/sim-instant", openai, "x" as never)).rejects.toBeInstanceOf(BadRequestError);
    const limited = await call("sim/sim-instant?error=429:1").catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(RateLimitError);
    expect(Number((limited as RateLimitError).headers?.get("retry-after"))).toBeGreaterThan(0);
  });

  test("lists and finds models", async () => {
    const models = await openai.models.list();
    expect(models.data.map(({ id }) => id)).toContain("sim/sim-small");
    for (const id of ["sim/sim-small", "sim-small"])
      expect(await openai.models.retrieve(id)).toMatchObject({ id, owned_by: "sim" });
    await expect((async () => await openai.models.retrieve("sim/nope"))()).rejects.toBeInstanceOf(NotFoundError);
  });
});
