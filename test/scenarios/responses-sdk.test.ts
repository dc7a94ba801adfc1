// The official OpenAI SDK's Responses API against the whole program, with a vendor that speaks chat-completions.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { untilFound } from "../support/until.ts";

let app: TestApp;
let openai: OpenAI;

beforeAll(async () => {
  app = await startTestApp();
  openai = sdk();
});
afterAll(() => app.close());

const sdk = (apiKey = app.key): OpenAI => new OpenAI({ baseURL: `${app.url}/v1`, apiKey, maxRetries: 0 });
/** The SDK's promises are no native ones, which `rejects` wants. */
const failureOf = (call: PromiseLike<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
const lastCall = async () => (await app.client.calls.list({ limit: 1 })).calls[0];

describe("the Responses API", () => {
  test("gives an answer, and the call is on record in its dialect", async () => {
    const answer = await openai.responses.create({ model: "sim/sim-instant", input: "What is a binnacle?" });
    expect(answer.status).toBe("completed");
    expect(answer.output_text).toContain("simulator");
    expect(answer.usage?.output_tokens).toBeGreaterThan(0);
    const call = await lastCall();
    expect(call).toMatchObject({ outcome: "ok" });
    const { dialect, messages } = await app.client.calls.get({ id: call?.id ?? "" });
    expect(dialect).toBe("openai-responses");
    expect(messages.map((message) => message.text)).toEqual(["What is a binnacle?", answer.output_text]);
  });

  test("streams, and the helper puts the response together", async () => {
    const stream = openai.responses.stream({ model: "sim/sim-small?token_ms=0", input: "Stream to me." });
    let heard = "";
    for await (const event of stream) if (event.type === "response.output_text.delta") heard += event.delta;
    const final = await stream.finalResponse();
    expect(heard).toContain("simulator");
    expect(final.output_text).toBe(heard);
    expect(await lastCall()).toMatchObject({ outcome: "ok", stream: true, tokens: { source: "vendor" } });
  });

  test("calls tools", async () => {
    const answer = await openai.responses.create({
      model: "sim/sim-instant",
      input: "What is the weather in Paris?",
      tools: [
        {
          type: "function",
          name: "get_weather",
          strict: false,
          parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        },
      ],
    });
    const call = answer.output.find((item) => item.type === "function_call");
    expect(call?.name).toBe("get_weather");
    expect(JSON.parse(call?.arguments ?? "")).toEqual({ city: "Paris" });
  });

  test("gives the errors that the SDK knows", async () => {
    const hello = { input: "Hello" };
    expect(await failureOf(sdk("bn_wrong").responses.create({ model: "sim/sim-instant", ...hello }))).toBeInstanceOf(
      AuthenticationError,
    );
    expect(await failureOf(openai.responses.create({ model: "sim/none", ...hello }))).toBeInstanceOf(NotFoundError);
    expect(await lastCall()).toMatchObject({ outcome: "refused", model: "sim/none" });
    const bad = openai.responses.create({ model: "sim/sim-instant", input: 5 as never });
    expect(await failureOf(bad)).toBeInstanceOf(BadRequestError);
  });
});

describe("a stored response", () => {
  const base = { model: "sim/sim-instant" };

  test("is fetched again, streamed or not, and shows what was asked", async () => {
    const answer = await openai.responses.create({ ...base, input: "Keep this." });
    expect(await openai.responses.retrieve(answer.id)).toMatchObject({ id: answer.id, output: answer.output });
    const { data } = await openai.responses.inputItems.list(answer.id);
    expect(JSON.stringify(data)).toContain("Keep this.");
    const streamed = await openai.responses.stream({ ...base, input: "Keep this, too." }).finalResponse();
    const again = await openai.responses.retrieve(streamed.id);
    expect(again.output_text).toBe(streamed.output_text);
    expect(again.status).toBe("completed");
  });

  test("is gone on from, again and again", async () => {
    const first = await openai.responses.create({ ...base, instructions: "Be brief.", input: "My name is Ann." });
    const second = await openai.responses.create({ ...base, input: "And I sail.", previous_response_id: first.id });
    const third = await openai.responses.create({
      ...base,
      input: [{ role: "user", content: "Who am I?" }],
      previous_response_id: second.id,
    });
    const { messages } = await app.client.calls.get({ id: (await lastCall())?.id ?? "" });
    expect(messages.map(({ role, text }) => (role === "user" ? text : role))).toEqual([
      "My name is Ann.",
      "assistant",
      "And I sail.",
      "assistant",
      "Who am I?",
      "assistant",
    ]);
    expect(third.id).not.toBe(second.id);
  });

  test("that shall not be kept is not found, nor is one that nobody knows", async () => {
    const forgotten = await openai.responses.create({ ...base, input: "Forget this.", store: false });
    expect(await failureOf(openai.responses.retrieve(forgotten.id))).toBeInstanceOf(NotFoundError);
    const goingOn = openai.responses.create({ ...base, input: "x", previous_response_id: forgotten.id });
    expect(await failureOf(goingOn)).toBeInstanceOf(NotFoundError);
    const foreign = openai.responses.create({ ...base, input: "x", previous_response_id: "resp_0123456789abcdef" });
    expect(await failureOf(foreign)).toBeInstanceOf(NotFoundError);
    expect(await failureOf(openai.responses.retrieve("resp_0123456789abcdef"))).toBeInstanceOf(NotFoundError);
  });

  test("is seen by its own key alone", async () => {
    const { secret } = await app.client.keys.create({ name: "stranger", scopes: ["call"] });
    const answer = await openai.responses.create({ ...base, input: "Mine." });
    expect(await failureOf(sdk(secret).responses.retrieve(answer.id))).toBeInstanceOf(NotFoundError);
    const stolen = sdk(secret).responses.create({ ...base, input: "x", previous_response_id: answer.id });
    expect(await failureOf(stolen)).toBeInstanceOf(NotFoundError);
    expect(await failureOf(sdk("bk_wrong").responses.retrieve(answer.id))).toBeInstanceOf(AuthenticationError);
  });

  test("stays on the record", async () => {
    const answer = await openai.responses.create({ ...base, input: "Stay." });
    expect(String(await failureOf(openai.responses.delete(answer.id)))).toContain("part of the record");
  });
});

describe("in the background", () => {
  const settled = (id: string) =>
    untilFound(async () => {
      const response = await openai.responses.retrieve(id);
      return response.status !== "in_progress" && response.status !== "queued" && response;
    });

  test("an answer is worked out while nobody waits", async () => {
    const begun = await openai.responses.create({
      model: "sim/sim-small?first_token_ms=150",
      input: "Take your time.",
      background: true,
    });
    expect(begun).toMatchObject({ status: "in_progress", background: true, output: [] });
    const done = await settled(begun.id);
    expect(done).toMatchObject({ id: begun.id, status: "completed" });
    expect(JSON.stringify(done.output)).toContain("simulator");
  });

  test("it can be cancelled, and a failure is told", async () => {
    const endless = await openai.responses.create({
      model: "sim/sim-small?first_token_ms=3600000",
      input: "Take for ever.",
      background: true,
    });
    expect((await openai.responses.cancel(endless.id)).status).toBe("cancelled");
    const failing = await openai.responses.create({
      model: "sim/sim-instant?error=500:1",
      input: "Fail.",
      background: true,
    });
    expect(await settled(failing.id)).toMatchObject({ status: "failed", error: { code: "server_error" } });
  });

  test("a request that cannot be served is refused at once", async () => {
    const refused = openai.responses.create({ model: "sim/none", input: "x", background: true });
    expect(await failureOf(refused)).toBeInstanceOf(NotFoundError);
  });
});
