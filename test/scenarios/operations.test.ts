// What is no chat, with the official OpenAI SDK against the whole program, and requests in a vendor's own words.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI, { BadRequestError, NotFoundError, toFile } from "openai";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type OperationsVendor, serveOperations, spokenAudio } from "../support/vendors/operations.ts";

let app: TestApp;
let vendor: OperationsVendor;
let openai: OpenAI;

beforeAll(async () => {
  vendor = serveOperations();
  app = await startTestApp({
    config: `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
    claude: { kind: anthropic, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
  prices:
    acme/text-embedding-3-small: { input_usd_per_million: 20000, output_usd_per_million: 0 }
gateway:
  routes:
    small-vectors: { targets: [acme/text-embedding-3-small] }
    omni-moderation-latest: { targets: [acme/strict-moderation] }
    gpt-image-1: { targets: [acme/gpt-image-1] }
`,
    env: { ACME_KEY: "sk-acme" },
  });
  openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const lastCall = async () => (await app.client.calls.list({ limit: 1 })).calls[0];
const lastRecord = async () => app.client.calls.get({ id: (await lastCall())?.id ?? "" });
const failureOf = (call: PromiseLike<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
const sound = () => toFile(spokenAudio, "speech.mp3", { type: "audio/mpeg" });

describe("the OpenAI SDK", () => {
  test("embeds, through a route, and pays for it", async () => {
    const { data, usage } = await openai.embeddings.create({
      model: "small-vectors",
      input: "ahoy",
      encoding_format: "float",
    });
    expect(data[0]?.embedding).toEqual([0.5, -0.25, 0.125]);
    expect(usage.total_tokens).toBe(8);
    expect(vendor.asked.at(-1)).toMatchObject({
      path: "/v1/embeddings",
      authorization: "Bearer sk-acme",
      body: { model: "text-embedding-3-small", input: "ahoy" },
    });
    expect(await lastRecord()).toMatchObject({
      operation: "embeddings",
      outcome: "ok",
      tokens: { input: 8, output: 0, source: "vendor" },
      cost: { usd_micros: 160_000 },
    });
  });

  test("moderates what is sent", async () => {
    const { results } = await openai.moderations.create({ model: "acme/omni-moderation-latest", input: "boo" });
    expect(results[0]?.flagged).toBe(true);
    expect(await lastRecord()).toMatchObject({ operation: "moderation", outcome: "ok", tokens: { source: "unknown" } });
  });

  test("makes pictures, and the tokens are counted", async () => {
    const { data } = await openai.images.generate({ model: "acme/gpt-image-1", prompt: "a compass" });
    expect(data?.[0]?.b64_json).toBe("iVBORw0KGgo=");
    expect(await lastRecord()).toMatchObject({ operation: "image_generation", tokens: { input: 50, output: 4160 } });
  });

  test("changes pictures: the file reaches the vendor as it was", async () => {
    const image = await toFile(spokenAudio, "in.png", { type: "image/png" });
    await openai.images.edit({ model: "acme/gpt-image-1", image, prompt: "brighter" });
    const { body } = vendor.asked.at(-1) ?? {};
    const { image: sent, ...fields } = body as { image: File };
    expect(fields).toEqual({ model: "gpt-image-1", prompt: "brighter" });
    expect(sent.name).toBe("in.png");
    expect(await sent.bytes()).toEqual(spokenAudio);
    const record = await lastRecord();
    expect(record.operation).toBe("image_edit");
    expect(JSON.parse(record.request_body?.text ?? "")).toEqual({
      model: "acme/gpt-image-1",
      prompt: "brighter",
      image: { filename: "in.png", media_type: "image/png", size_bytes: spokenAudio.length },
    });
  });

  test("leaves the model to the vendor, unless a route says otherwise", async () => {
    const image = await toFile(spokenAudio, "in.png", { type: "image/png" });
    await openai.images.edit({ image, prompt: "brighter" });
    expect(Object.keys(vendor.asked.at(-1)?.body as object).toSorted()).toEqual(["image", "prompt"]);
    for (const left of [{}, { model: null }]) {
      await openai.images.generate({ ...left, prompt: "a compass" });
      expect(vendor.asked.at(-1)?.body).toEqual({ ...left, prompt: "a compass" });
    }
    await openai.moderations.create({ input: "boo" });
    expect(vendor.asked.at(-1)?.body).toEqual({ model: "strict-moderation", input: "boo" });
  });

  test("speaks: the sound comes as the vendor sent it", async () => {
    const answer = await openai.audio.speech.create({ model: "acme/tts-1", voice: "alloy", input: "Ahoy." });
    expect(answer.headers.get("content-type")).toBe("audio/mpeg");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(spokenAudio);
    expect(await lastRecord()).toMatchObject({ operation: "speech", outcome: "ok", cost: { usd_micros: null } });
  });

  test("writes down what was said, as JSON and as subtitles", async () => {
    const { text } = await openai.audio.transcriptions.create({ model: "acme/gpt-4o-transcribe", file: await sound() });
    expect(text).toBe("Hello.");
    expect(await lastRecord()).toMatchObject({ operation: "transcription", tokens: { input: 14, output: 3 } });
    const srt = await openai.audio.transcriptions.create({
      model: "acme/whisper-1",
      file: await sound(),
      response_format: "srt",
    });
    expect(srt as unknown).toContain("00:00:01,000");
  });

  test("translates speech", async () => {
    const { text } = await openai.audio.translations.create({ model: "acme/whisper-1", file: await sound() });
    expect(text).toBe("Hello.");
    expect((await lastRecord()).operation).toBe("translation");
  });

  test("is told of a vendor that does not offer it, and of a model that is missing", async () => {
    const refused = await failureOf(openai.embeddings.create({ model: "claude/claude-sonnet-4-5", input: "x" }));
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(String(refused)).toContain("does not offer embeddings");
    const missing = await failureOf(openai.post("/embeddings", { body: { input: "x" } }));
    expect(String(missing)).toContain("`model` is missing");
    const noForm = await fetch(`${app.url}/v1/audio/transcriptions`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      body: "{}",
    });
    expect(noForm.status).toBe(400);
    expect(await noForm.text()).toContain("not a form");
  });
});

describe("requests in a vendor's own words", () => {
  const native = (): OpenAI => new OpenAI({ baseURL: `${app.url}/acme/v1`, apiKey: app.key, maxRetries: 0 });

  test("reach it at its own address, with its own credential, and are on record", async () => {
    const files = await native().files.list();
    expect(files.data[0]?.id).toBe("file-1");
    expect(vendor.asked.at(-1)).toMatchObject({ method: "GET", path: "/v1/files", authorization: "Bearer sk-acme" });
    expect(await lastRecord()).toMatchObject({
      operation: "native",
      model: "v1/files",
      route: { strategy: "native" },
      answer: { vendor: "acme" },
      outcome: "ok",
    });
    await native().files.delete("file-1");
    expect(vendor.asked.at(-1)?.method).toBe("DELETE");
  });

  test("come back refused as the vendor refused them", async () => {
    const refused = await failureOf(native().files.retrieve("file-9"));
    expect(refused).toBeInstanceOf(NotFoundError);
    expect(String(refused)).toContain("No such File object");
    expect(await lastRecord()).toMatchObject({ outcome: "failed", status: 404 });
  });

  test("take no key of ours along, wherever it stood", async () => {
    const response = await fetch(`${app.url}/acme/v1/files?key=${app.key}&limit=2`, {
      headers: { "x-api-key": app.key, cookie: "a=b", "x-binnacle-session": "s", "openai-organization": "org" },
    });
    expect(response.status).toBe(200);
    const { headers } = vendor.asked.at(-1) ?? {};
    for (const name of ["x-api-key", "cookie", "x-binnacle-session"]) expect(headers?.has(name)).toBe(false);
    expect(headers?.get("openai-organization")).toBe("org");
    expect(JSON.stringify([...(headers ?? [])])).not.toContain(app.key);
  });

  test("need a key, and a vendor", async () => {
    expect((await fetch(`${app.url}/acme/v1/files`)).status).toBe(401);
    const nobody = await fetch(`${app.url}/nobody/v1/files`, { headers: { "x-api-key": app.key } });
    expect(nobody.status).toBe(404);
  });
});
