// The official client against the simulator over HTTP.
import { afterAll, describe, expect, test } from "bun:test";
import {
  APIConnectionError,
  APIError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  OpenAI,
  RateLimitError,
} from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
import { serveSim } from "./serve-sim.ts";
import { simConfigSchema } from "./sim-config.ts";

const server = serveSim(simConfigSchema.parse({}), { port: 0 });
const client = new OpenAI({ apiKey: "none", baseURL: server.url, maxRetries: 0 });
afterAll(() => server.close());

const ask = (content: string) => [{ role: "user" as const, content }];

describe("the openai SDK", () => {
  test("chats, and learns that it talks to a simulator", async () => {
    const answer = await client.chat.completions.create({ model: "sim-instant", messages: ask("Tell me of tides") });
    expect(answer).toMatchObject({
      object: "chat.completion",
      model: "sim-instant",
      system_fingerprint: "binnacle-sim",
    });
    expect(answer.choices[0]?.message.content).toContain("simulator, not a language model");
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
  });

  test("streams the same words, with usage when it asks for it", async () => {
    const request = { model: "sim-small?first_token_ms=1&token_ms=0.1", messages: ask("Tell me of tides"), n: 2 };
    const whole = await client.chat.completions.create(request);
    const stream = await client.chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    const texts = ["", ""];
    let usage: OpenAI.CompletionUsage | undefined;
    for await (const chunk of stream) {
      for (const choice of chunk.choices) texts[choice.index] += choice.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(texts).toEqual(whole.choices.map((choice) => choice.message.content ?? ""));
    expect(usage).toEqual(whole.usage);
  });

  test("gets no usage from a stream when it does not ask", async () => {
    const stream = await client.chat.completions.create({ model: "sim-instant", messages: ask("Tides"), stream: true });
    for await (const chunk of stream) expect(chunk.usage ?? null).toBeNull();
  });

  test("sees reasoning before the answer", async () => {
    const model = "sim-reasoning?first_token_ms=0&token_ms=0&reasoning_tokens=5";
    const stream = await client.chat.completions.create({ model, messages: ask("Tides"), stream: true });
    let order = "";
    for await (const { choices } of stream)
      for (const { delta } of choices) order += "reasoning_content" in delta ? "r" : delta.content ? "t" : "";
    expect(order).toMatch(/^r{5}t+$/);
  });
});

describe("the openai SDK, going further,", () => {
  test("runs tools until it has a text", async () => {
    const cities: string[] = [];
    const runner = client.chat.completions.runTools({
      model: "sim-instant",
      messages: ask("What is the weather in Paris and London?"),
      stream: true,
      tools: [
        {
          type: "function",
          function: {
            name: "get_weather",
            description: "The weather in a city",
            parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
            parse: JSON.parse,
            function: ({ city }: { city: string }) => {
              cities.push(city);
              return `${city}: 11 degrees`;
            },
          },
        },
      ],
    });
    const said = await runner.finalContent();
    expect(cities).toEqual(["Paris", "London"]);
    expect(said).toContain("get_weather answered: Paris: 11 degrees. get_weather answered: London: 11 degrees.");
  });

  test("parses structured answers", async () => {
    const shape = z.object({ city: z.string(), population: z.int().min(1000), founded: z.iso.date().nullable() });
    const answer = await client.chat.completions.parse({
      model: "sim-instant",
      messages: ask("Tell me about Oslo"),
      response_format: zodResponseFormat(shape, "city"),
    });
    expect(answer.choices[0]?.message.parsed).toMatchObject({ city: "Oslo" });
  });

  test("lists the models", async () => {
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual([
      "sim-small",
      "sim-large",
      "sim-instant",
      "sim-reasoning",
      "sim-embedding",
    ]);
  });

  test("aborts a stream that is under way", async () => {
    const model = "sim-small?first_token_ms=0&token_ms=3600000";
    const stream = await client.chat.completions.create({ model, messages: ask("Tides"), stream: true });
    let chunks = 0;
    for await (const _ of stream) {
      chunks += 1;
      stream.controller.abort();
    }
    expect(chunks).toBeGreaterThan(0);
  });
});

describe("the openai SDK's errors", () => {
  const failWith = (model: string, more: object = {}): Promise<unknown> =>
    client.chat.completions.create({ model, messages: ask("Tides"), ...more }).then(
      () => undefined,
      (error: unknown) => error,
    );

  test("429 is a RateLimitError that says when to come back", async () => {
    const error = await failWith("sim-small?error=429&retry_after_s=3");
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error instanceof APIError && error.headers?.get("retry-after")).toBe("3");
  });

  test("500, 503 and broken connections have their classes", async () => {
    expect(await failWith("sim-small?error=500")).toBeInstanceOf(InternalServerError);
    expect(await failWith("sim-small?error=503")).toBeInstanceOf(InternalServerError);
    expect(await failWith("sim-small?error=refused")).toBeInstanceOf(APIConnectionError);
  });

  test("requests that do not hold are refused with the reason", async () => {
    expect(await failWith("sim-tiny")).toBeInstanceOf(NotFoundError);
    expect(await failWith("sim-small?speed=9")).toMatchObject({
      status: 400,
      code: "invalid_model_option",
      param: "model",
    });
    expect(await failWith("sim-small", { n: 9 })).toMatchObject({ status: 400, param: "n" });
    expect(await failWith("sim-small", { messages: [] })).toBeInstanceOf(BadRequestError);
  });
});

test("a body that is not JSON and a path that is not there are told so", async () => {
  const broken = await fetch(`${server.url}/chat/completions`, { method: "POST", body: "{" });
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ error: { code: "invalid_json" } });
  const elsewhere = await fetch(`${server.url}/images/generations`, { method: "POST", body: "{}" });
  expect(elsewhere.status).toBe(404);
  await elsewhere.text();
});

test("runs with the same world give the same bytes", async () => {
  const world = { nowMs: () => 1_700_000_000_000, monotonicMs: () => 0, random: () => 0.25 };
  const bytes = async (): Promise<string> => {
    const twin = serveSim(simConfigSchema.parse({ first_token_ms: 0, token_ms: 0 }), { port: 0, world });
    const body = JSON.stringify({ model: "sim-small", messages: ask("Tides"), stream: true });
    const answer = await fetch(`${twin.url}/chat/completions`, { method: "POST", body });
    const text = await answer.text();
    await twin.close();
    return text;
  };
  const once = await bytes();
  expect(once).toContain('"created":1700000000');
  expect(await bytes()).toBe(once);
});
