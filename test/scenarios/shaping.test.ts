// What happens to a request before it is planned and to an answer before it is given, with the SDKs that people use.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI, { InternalServerError } from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type DictatedVendor, serveDictated } from "../support/vendors/dictated.ts";

const schema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const GOOD = '{"name":"Ada","age":36}';
const BAD = '{"name":"Ada"}';
/** Of one answer: 1000 tokens in and 500 out, at a dollar a million each. */
const ONE_ANSWER = 1500;

let app: TestApp;
let vendor: DictatedVendor;
let openai: OpenAI;
const keys: Record<string, string> = {};

const config = (more = "") => `
providers:
  vendors: { v: { kind: openai-compatible, base_url: "${vendor.url}" } }
  prices: { v/m: { input_usd_per_million: 1, output_usd_per_million: 1 } }
governance:
  budgets: [{ of: team, name: rich, usd: 1 }, { of: team, name: poor, usd: 0.003 }]
gateway:
  attempts_max: 1
  cache: { enabled: true, routes: [v/m] }
  routes:
    checked: { targets: [v/m], response_validation: { schema: ${JSON.stringify(schema)} } }
    lenient: { targets: [v/m], response_validation: { schema: ${JSON.stringify(schema)}, repairs_max: 0, on_invalid: pass } }
    shorter: { targets: [v/m], compression: { whitespace: true, repeated_context: true } }
${more}`;

beforeAll(async () => {
  vendor = serveDictated();
  app = await startTestApp({ config: config() });
  openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key });
  for (const team of ["rich", "poor"])
    keys[team] = (await app.client.keys.create({ name: team, team, scopes: ["call"] })).secret;
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const messages = [{ role: "user" as const, content: "Who?" }];
const body = (more: object = {}) => ({ model: "checked", max_tokens: 500, messages, ...more });
const recordOf = (response: Response) => app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });

describe("an answer that is to hold to a schema", () => {
  test("and does, goes out as it came", async () => {
    vendor.say(GOOD);
    const response = await app.chat(body());
    expect(response.headers.get("x-binnacle-validation")).toBe("valid");
    expect((await response.json()).choices[0].message.content).toBe(GOOD);
    const record = await recordOf(response);
    expect(record.validation).toEqual({ outcome: "valid", asked_again: 0, problem: null });
    expect(record.cost.usd_micros).toBe(ONE_ANSWER);
  });

  test("is mended here where it can be, and nobody is asked again", async () => {
    vendor.say(`Sure!\n\`\`\`json\n{"name":"Ada",age:36,}\n\`\`\``);
    const { data, response } = await openai.chat.completions.create(body()).withResponse();
    expect(JSON.parse(data.choices[0]?.message.content ?? "")).toEqual(JSON.parse(GOOD));
    expect(response.headers.get("x-binnacle-validation")).toBe("repaired");
    expect(vendor.asked).toHaveLength(1);
    expect((await recordOf(response)).validation).toMatchObject({ outcome: "mended", asked_again: 0 });
  });

  test("is asked for again with its fault named, and each attempt has its cost on the record", async () => {
    vendor.say(BAD, GOOD);
    const { data, response } = await openai.chat.completions.create(body()).withResponse();
    expect(data.choices[0]?.message.content).toBe(GOOD);
    expect(vendor.asked[1]?.["messages"]).toMatchObject([
      ...messages,
      { role: "assistant", content: BAD },
      { role: "user", content: expect.stringContaining('required property "age"') },
    ]);
    const record = await recordOf(response);
    expect(record).toMatchObject({
      outcome: "ok",
      validation: { outcome: "valid", asked_again: 1, problem: expect.stringContaining("age") },
      cost: { usd_micros: 2 * ONE_ANSWER },
      tokens: { input: 2000, output: 1000, source: "vendor" },
      attempts: [
        { outcome: "error", error: { code: "gateway.answer_invalid" }, cost_usd_micros: ONE_ANSWER },
        { outcome: "ok", cost_usd_micros: ONE_ANSWER, tokens: { input: 1000, output: 500 } },
      ],
    });
  });

  test("and never does, is an error that says why; SDKs do not try it again by themselves", async () => {
    vendor.say(BAD);
    const client = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 2 });
    const error = await client.chat.completions.create(body()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: 502, code: "gateway.answer_invalid" });
    expect(String(error)).toContain('required property "age"');
    expect(vendor.asked).toHaveLength(2);
    const [call] = (await app.client.calls.list({ limit: 1 })).calls;
    expect(call).toMatchObject({ outcome: "failed", status: 502, cost: { usd_micros: 2 * ONE_ANSWER }, answer: null });
  });

  test("is let through with a word about it where the route says so", async () => {
    vendor.say(BAD);
    const response = await app.chat(body({ model: "lenient" }));
    expect([response.status, response.headers.get("x-binnacle-validation")]).toEqual([200, "failed"]);
    expect((await response.json()).choices[0].message.content).toBe(BAD);
    expect(await recordOf(response)).toMatchObject({ outcome: "ok", validation: { outcome: "invalid" } });
  });

  test("that comes as a stream is held until it is whole, and given as a stream", async () => {
    vendor.say(BAD, `\`\`\`\n${GOOD}\n\`\`\``);
    const stream = await openai.chat.completions.create({ ...body(), stream: true });
    let text = "";
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    expect(text).toBe(GOOD);
    expect(vendor.asked).toHaveLength(2);
  });

  test("is checked against the request's own schema where a header says so, in any dialect", async () => {
    vendor.say(BAD, GOOD);
    const headers = { "x-binnacle-validate": "on" };
    const anthropic = new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0 });
    const asked = {
      model: "v/m",
      max_tokens: 500,
      messages,
      output_config: { format: { type: "json_schema" as const, schema } },
    };
    const { content } = await anthropic.messages.create(asked, { headers });
    expect(content).toMatchObject([{ type: "text", text: GOOD }]);
    expect(vendor.asked).toHaveLength(2);
    const refused = await app.chat({ ...body(), model: "v/m" }, { headers });
    expect(await refused.json()).toMatchObject({ error: { code: "gateway.nothing_to_validate" } });
  });

  test("is asked for again only when its budget pays for that, too", async () => {
    vendor.say(BAD, GOOD);
    const response = await app.chat(body({ max_tokens: 1500 }), { key: keys["poor"] ?? "" });
    expect(response.status).toBe(502);
    expect(vendor.asked).toHaveLength(1);
    vendor.say(BAD, GOOD);
    const paid = await app.chat(body(), { key: keys["rich"] ?? "" });
    const record = await recordOf(paid);
    expect(record.budget?.charged_usd_micros).toBe(2 * ONE_ANSWER);
    expect(record.budget?.held_usd_micros).toBeGreaterThan(2 * 500);
  });

  test("is kept for calls that are checked alike only", async () => {
    vendor.say(BAD, GOOD, BAD);
    const headers = { "x-binnacle-validate": "on" };
    const format = { type: "json_schema", json_schema: { name: "person", schema } };
    const asked = { ...body({ model: "v/m", response_format: format }), user: "kept" };
    const cached = { ...headers, "x-binnacle-cache": "max-age=60" };
    const texts: string[] = [];
    for (const sent of [cached, cached, { "x-binnacle-cache": "max-age=60" }]) {
      const response = await app.chat(asked, { headers: sent });
      texts.push((await response.json()).choices[0].message.content);
    }
    expect(texts).toEqual([GOOD, GOOD, BAD]);
    expect(vendor.asked).toHaveLength(3);
  });

  test("is left alone when its caller leaves; what came of it is on the record", async () => {
    vendor.say("held");
    const leaving = new AbortController();
    const gone = app.chat(body(), { signal: leaving.signal }).catch((error: unknown) => error);
    while (vendor.asked.length === 0) await Bun.sleep(5);
    leaving.abort();
    await gone;
    while ((await app.client.status()).calls.in_flight > 0) await Bun.sleep(5);
    const [call] = (await app.client.calls.list({ limit: 1 })).calls;
    expect(call?.outcome).toBe("cancelled");
    expect(vendor.asked).toHaveLength(1);
  });

  test("stays as it is when nobody answers the second time", async () => {
    vendor.say(BAD, 500);
    const response = await app.chat(body());
    expect(response.status).toBe(502);
    const record = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
    expect(record.error?.code).toBe("gateway.answer_invalid");
    expect(record.attempts).toHaveLength(2);
    expect(record.cost.usd_micros).toBe(ONE_ANSWER);
  });
});

const prompts = (greeting = "Greet") => `
prompts:
  greet:
    version: "2"
    model: v/m
    messages:
      - { role: system, content: "You speak {{language}}." }
      - { role: user, content: "${greeting} {{name}}." }
    parameters: { temperature: 0.25 }
`;
const prompt = { id: "greet", variables: { language: "French", name: "{{language}}" } };
const FILLED = [
  { role: "system", content: "You speak French." },
  { role: "user", content: "Greet {{language}}." },
];

describe("a prompt of the configuration", () => {
  beforeAll(async () => {
    await app.reload(config(prompts()));
    vendor.say("Bonjour");
  });

  test("is filled in for a call of Chat Completions, with the call's own messages after it", async () => {
    vendor.say("Bonjour");
    const asked = { model: "v/m", messages, prompt } as OpenAI.ChatCompletionCreateParamsNonStreaming;
    const { response } = await openai.chat.completions.create(asked).withResponse();
    expect(vendor.asked[0]).toMatchObject({ model: "m", temperature: 0.25, messages: [...FILLED, ...messages] });
    expect(vendor.asked[0]).not.toHaveProperty("prompt");
    const { prompt: noted, request_body } = await recordOf(response);
    expect(noted).toEqual({ id: "greet", version: "2", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(request_body?.text).toContain('"prompt"');
  });

  test("is filled in for the Responses API, where the field is OpenAI's own", async () => {
    vendor.say("Bonjour");
    const { output_text, model } = await openai.responses.create({ prompt });
    expect([output_text, model]).toEqual(["Bonjour", "m"]);
    expect(vendor.asked[0]?.["messages"]).toEqual(FILLED);
  });

  test("is filled in for Anthropic's and Google's SDKs", async () => {
    vendor.say("Bonjour");
    const anthropic = new Anthropic({ baseURL: app.url, apiKey: app.key });
    const asked = { model: "v/m", max_tokens: 9, messages, prompt };
    await anthropic.messages.create(asked);
    expect(vendor.asked[0]?.["messages"]).toMatchObject([...FILLED, ...messages]);
    const google = new GoogleGenAI({ apiKey: app.key, httpOptions: { baseUrl: app.url } });
    const httpOptions = { headers: { "x-binnacle-prompt": JSON.stringify(prompt) } };
    await google.models.generateContent({ model: "v/m", contents: "Who?", config: { httpOptions } });
    expect(vendor.asked[1]?.["messages"]).toMatchObject([...FILLED, { role: "user", content: "Who?" }]);
  });

  test("that lacks a variable, or has no such, is refused by name", async () => {
    const refused = async (changed: object) =>
      (await (await app.chat({ prompt: { ...prompt, ...changed } })).json()).error.message as string;
    expect(await refused({ variables: { language: "" } })).toContain("needs a value for name");
    expect(await refused({ variables: { ...prompt.variables, more: "" } })).toContain('has no variable "more"');
    expect(await refused({ id: "gret" })).toContain("Did you mean greet?");
    expect(await refused({ version: "1" })).toContain('but "2"');
    expect(await refused({ variables: [] })).toContain("prompt.variables");
  });

  test("is another one after the config was read again", async () => {
    vendor.say("Bonjour");
    const before = await recordOf(await app.chat({ prompt }));
    await app.reload(config(prompts("Welcome")));
    const after = await recordOf(await app.chat({ prompt }));
    expect(vendor.asked[1]?.["messages"]).toMatchObject([{}, { content: "Welcome {{language}}." }]);
    expect(after.prompt?.hash).not.toBe(before.prompt?.hash ?? "");
  });
});

describe("a route that compresses", () => {
  const rules = Array.from({ length: 10 }, (_, line) => `Rule ${line}: every ship that enters shows its lights.`).join(
    "\n",
  );
  const long = [
    { role: "user", content: `Read:   this  \n\n\n\n${rules}` },
    { role: "assistant", content: "Done." },
    { role: "user", content: `${rules}\nAnd now?` },
  ];

  test("sends less, and the record says how much that saved", async () => {
    vendor.say("ok");
    const response = await app.chat({ model: "shorter", messages: long });
    expect(vendor.asked[0]?.["messages"]).toMatchObject([
      { content: `Read: this\n\n${rules}` },
      { content: "Done." },
      { content: expect.stringMatching(/^\[Left out here: 10 lines of an earlier message.*\]\nAnd now\?$/) },
    ]);
    const { compression } = await recordOf(response);
    const saved = (compression?.input_tokens_before ?? 0) - (compression?.input_tokens_after ?? 0);
    expect(saved).toBeGreaterThan(50);
    // A dollar a million: a micro-dollar a token.
    expect(compression?.saved_usd_micros).toBe(saved);
  });

  test("sends all of it to who asks for that by header", async () => {
    vendor.say("ok");
    const headers = { "x-binnacle-compression": "off" };
    const response = await app.chat({ model: "shorter", messages: long }, { headers });
    expect(vendor.asked[0]?.["messages"]).toEqual(long);
    expect((await recordOf(response)).compression).toBeUndefined();
    const refused = await app.chat(
      { model: "shorter", messages: long },
      { headers: { "x-binnacle-compression": "no" } },
    );
    expect(refused.status).toBe(400);
  });
});
