// Files and batches, with the official SDKs against the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic, { BadRequestError, NotFoundError as NoSuchBatch } from "@anthropic-ai/sdk";
import OpenAI, { NotFoundError, toFile } from "openai";
import { type Line, linesOf, requestLine, untilEnded } from "../support/batches.ts";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let openai: OpenAI;
let anthropic: Anthropic;

beforeAll(async () => {
  app = await startTestApp({
    config: `
batches: { poll_interval: 50ms, tries_max: 2, retry_wait: 10ms, requests_max: 200, file_bytes_max: 3MiB }
gateway: { backoff_base: 1ms, attempts_max: 1 }
`,
  });
  openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
  anthropic = new Anthropic({ baseURL: app.url, apiKey: app.key, maxRetries: 0 });
});
afterAll(() => app?.close());

const failureOf = (call: PromiseLike<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

async function createBatch(lines: readonly (Line | string)[], client = openai) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const file = await client.files.create({ file: await toFile(Buffer.from(text), "in.jsonl"), purpose: "batch" });
  return client.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
    metadata: { of: "test" },
  });
}

const textOf = async (id: string | null | undefined) => (await openai.files.content(id ?? "")).text();

describe("files, with the OpenAI SDK", () => {
  test("come back byte for byte, are listed in pages, and can be deleted", async () => {
    const bytes = Uint8Array.from({ length: 2_500_000 }, (_, place) => (place * 7 + (place >> 8)) % 256);
    const made = await openai.files.create({ file: await toFile(bytes, "long name.bin"), purpose: "user_data" });
    expect(made).toMatchObject({ object: "file", bytes: bytes.length, filename: "long name.bin", status: "processed" });
    const content = new Uint8Array(await (await openai.files.content(made.id)).arrayBuffer());
    expect(Buffer.compare(content, bytes)).toBe(0);
    const others = await Promise.all(
      ["a", "b", "c"].map(async (name) =>
        openai.files.create({ file: await toFile(Buffer.from(name), name), purpose: "vision" }),
      ),
    );
    const listed: string[] = [];
    for await (const file of openai.files.list({ purpose: "vision", limit: 2 })) listed.push(file.id);
    expect(listed).toEqual(
      others
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
    expect((await openai.files.retrieve(made.id)).id).toBe(made.id);
    for (const { id } of [made, ...others])
      expect(await openai.files.delete(id)).toEqual({ id, object: "file", deleted: true });
    expect(await failureOf(openai.files.retrieve(made.id))).toBeInstanceOf(NotFoundError);
    expect(await failureOf(openai.files.content(made.id))).toBeInstanceOf(NotFoundError);
  });

  test("that are too long, empty, or for no known purpose are refused in words", async () => {
    const upload = async (bytes: Uint8Array, purpose: string) =>
      String(await failureOf(openai.files.create({ file: await toFile(bytes, "x"), purpose: purpose as "batch" })));
    expect(await upload(new Uint8Array(3 * 1024 * 1024 + 1), "batch")).toContain("longer than 3145728 bytes");
    expect(await upload(new Uint8Array(0), "batch")).toContain("`file` is empty");
    expect(await upload(new Uint8Array(1), "fun")).toContain("`purpose` is not as expected");
    expect(await failureOf(openai.files.retrieve("file-%00"))).toBeInstanceOf(NotFoundError);
  });
});

describe("a batch in OpenAI's protocol", () => {
  test("completes, with answers in one file and failures in the other, each on record", async () => {
    const batch = await createBatch([
      ...Array.from({ length: 20 }, (_, number) => requestLine(`good-${number}`, "sim/sim-instant")),
      requestLine("unknown", "sim/no-such-model"),
      requestLine("failing", "sim/sim-instant?error=500:1"),
      requestLine("streaming", "sim/sim-instant", { stream: true }),
    ]);
    expect(batch).toMatchObject({ object: "batch", completion_window: "24h", metadata: { of: "test" } });
    const ended = await untilEnded(openai, batch.id);
    expect(ended).toMatchObject({ status: "completed", request_counts: { total: 23, completed: 20, failed: 3 } });
    expect(ended.completed_at).toBeGreaterThan(0);

    const output = linesOf(await textOf(ended.output_file_id));
    expect(output.map(({ custom_id }) => custom_id)).toEqual(Array.from({ length: 20 }, (_, n) => `good-${n}`));
    for (const { response, error } of output) {
      expect(error).toBeNull();
      expect(response).toMatchObject({ status_code: 200, body: { object: "chat.completion" } });
    }
    const errors = linesOf(await textOf(ended.error_file_id));
    expect(errors.map(({ custom_id, response }) => [custom_id, response?.status_code])).toEqual([
      ["unknown", 404],
      ["failing", 500],
      ["streaming", 400],
    ]);
    expect(errors[0]?.response?.body).toMatchObject({ error: { code: "model_not_found" } });

    const record = await app.client.calls.get({ id: output[0]?.response?.request_id ?? "" });
    expect(record).toMatchObject({ outcome: "ok", model: "sim/sim-instant", who: { tags: [`batch:${batch.id}`] } });
    const calls = (await app.client.calls.list({ limit: 200 })).calls;
    const tries = calls.filter(({ model }) => model === "sim/sim-instant?error=500:1");
    expect(tries.length).toBe(2);
  });

  test("keeps its results for as long as its maker says", async () => {
    const { input_file_id } = await createBatch([requestLine("only", "sim/sim-instant")]);
    const about = { input_file_id, endpoint: "/v1/chat/completions", completion_window: "24h" } as const;
    const kept = { anchor: "created_at", seconds: 7200 } as const;
    const { id } = await openai.batches.create({ ...about, output_expires_after: kept });
    const { output_file_id } = await untilEnded(openai, id);
    const { created_at, expires_at = 0 } = await openai.files.retrieve(output_file_id ?? "");
    expect(expires_at - created_at).toBe(7200);
    const tooShort = { ...about, output_expires_after: { ...kept, seconds: 60 } };
    expect(String(await failureOf(openai.batches.create(tooShort)))).toContain("output_expires_after");
  });

  test("fails before anything is carried out when its lines do not hold, and says which", async () => {
    const ended = await untilEnded(
      openai,
      (
        await createBatch([
          requestLine("one", "sim/sim-instant"),
          "this is no JSON",
          "",
          requestLine("one", "sim/sim-instant"),
          { ...requestLine("two", "sim/sim-instant"), url: "/v1/embeddings" },
          { method: "POST", url: "/v1/chat/completions", body: {} },
        ])
      ).id,
    );
    expect(ended).toMatchObject({ status: "failed", request_counts: { total: 0 } });
    expect(ended.errors?.data?.map(({ code, line, param }) => [line, code, param])).toEqual([
      [2, "invalid_json_line", null],
      [4, "duplicate_custom_id", "custom_id"],
      [5, "url_mismatch", "url"],
      [6, "missing_required_parameter", "custom_id"],
    ]);
    const many = Array.from({ length: 201 }, (_, number) => requestLine(`n-${number}`, "sim/sim-instant"));
    const tooMany = await untilEnded(openai, (await createBatch(many)).id);
    expect(tooMany.errors?.data).toMatchObject([{ code: "too_many_tasks", line: null }]);
  });

  test("can be cancelled midway; what was answered is kept, and what was not is named", async () => {
    const slow = "sim/sim-instant?first_token_ms=500";
    const batch = await createBatch(Array.from({ length: 100 }, (_, number) => requestLine(`n-${number}`, slow)));
    while (((await openai.batches.retrieve(batch.id)).request_counts?.completed ?? 0) < 8) await Bun.sleep(10);
    expect((await openai.batches.cancel(batch.id)).status).toBe("cancelling");
    const ended = await untilEnded(openai, batch.id);
    expect(ended.status).toBe("cancelled");
    const output = linesOf(await textOf(ended.output_file_id));
    const errors = linesOf(await textOf(ended.error_file_id));
    expect(output.length).toBeGreaterThanOrEqual(8);
    expect(errors.length).toBeGreaterThan(0);
    expect(new Set([...output, ...errors].map(({ custom_id }) => custom_id)).size).toBe(100);
    expect(errors.every(({ error }) => error?.code === "batch_cancelled")).toBe(true);
    expect(String(await failureOf(openai.batches.cancel((await createdAndEnded()).id)))).toContain("nothing left");
  });

  test("is refused where its input, endpoint or window is none", async () => {
    const create = async (params: object) => String(await failureOf(openai.post("/batches", { body: params })));
    const { input_file_id, endpoint, completion_window } = await createdAndEnded();
    const good = { input_file_id, endpoint, completion_window };
    expect(await create({ ...good, input_file_id: "file-0" })).toContain("There is no file");
    expect(await create({ ...good, endpoint: "/v1/audio/speech" })).toContain("Choose one of /v1/chat/completions");
    expect(await create({ ...good, completion_window: "1h" })).toContain("`completion_window`");
    expect(await create({ ...good, endpoint: "/v1/messages" })).toContain("cannot be carried out");
  });

  test("is listed newest first, page by page", async () => {
    const made = [await createdAndEnded(), await createdAndEnded(), await createdAndEnded()].map(({ id }) => id);
    const listed: string[] = [];
    for await (const { id } of openai.batches.list({ limit: 2 })) listed.push(id);
    expect(listed.slice(0, 3)).toEqual(made.toReversed());
    expect(new Set(listed).size).toBe(listed.length);
  });
});

const createdAndEnded = async () => untilEnded(openai, (await createBatch([requestLine("one", "sim/sim-instant")])).id);

describe("a batch in Anthropic's protocol", () => {
  const request = (custom_id: string, model: string) => ({
    custom_id,
    params: { model, max_tokens: 50, messages: [{ role: "user" as const, content: "Ahoy" }] },
  });

  async function untilMessagesEnded(id: string) {
    for (;;) {
      const batch = await anthropic.messages.batches.retrieve(id);
      if (batch.processing_status === "ended") return batch;
      await Bun.sleep(20);
    }
  }

  test("completes, and its results are read one by one", async () => {
    const batch = await anthropic.messages.batches.create({
      requests: [
        request("good-1", "sim/sim-instant"),
        request("bad", "sim/no-such-model"),
        request("good-2", "sim/sim-instant"),
      ],
    });
    expect(batch).toMatchObject({ type: "message_batch", processing_status: "in_progress", results_url: null });
    expect(batch.request_counts.processing).toBe(3);
    const ended = await untilMessagesEnded(batch.id);
    expect(ended.request_counts).toEqual({ processing: 0, succeeded: 2, errored: 1, canceled: 0, expired: 0 });
    const results = [];
    for await (const result of await anthropic.messages.batches.results(batch.id)) results.push(result);
    expect(results).toMatchObject([
      { custom_id: "good-1", result: { type: "succeeded", message: { type: "message", role: "assistant" } } },
      { custom_id: "bad", result: { type: "errored", error: { type: "error", error: { type: "not_found_error" } } } },
      { custom_id: "good-2", result: { type: "succeeded" } },
    ]);
    const hidden = [];
    for await (const file of openai.files.list()) hidden.push(file.purpose);
    expect(hidden).not.toContain("message_batch_results" as never);
    expect(await anthropic.messages.batches.delete(batch.id)).toEqual({ id: batch.id, type: "message_batch_deleted" });
    expect(await failureOf(anthropic.messages.batches.retrieve(batch.id))).toBeInstanceOf(NoSuchBatch);
  });

  test("can be cancelled, and not be deleted before its end", async () => {
    const requests = Array.from({ length: 50 }, (_, n) => request(`n-${n}`, "sim/sim-instant?first_token_ms=2000"));
    const { id } = await anthropic.messages.batches.create({ requests });
    expect(String(await failureOf(anthropic.messages.batches.delete(id)))).toContain("has not ended");
    expect((await anthropic.messages.batches.cancel(id)).processing_status).toBe("canceling");
    const { request_counts: counts } = await untilMessagesEnded(id);
    expect(counts.canceled).toBeGreaterThan(0);
    expect(counts.canceled + counts.succeeded).toBe(50);
  });

  test("says in Anthropic's words what is wrong with it, and is listed both ways", async () => {
    const twice = [request("same", "sim/sim-instant"), request("same", "sim/sim-instant")];
    const refused = await failureOf(anthropic.messages.batches.create({ requests: twice }));
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(String(refused)).toContain("requests.1.custom_id");
    const made: string[] = [];
    for (const name of ["a", "b", "c"])
      made.unshift((await anthropic.messages.batches.create({ requests: [request(name, "sim/sim-instant")] })).id);
    const first = await anthropic.messages.batches.list({ limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(first.has_more).toBe(true);
    const before = await anthropic.messages.batches.list({ limit: 2, before_id: made[2] ?? "" });
    expect(before.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(before.has_more).toBe(false);
  });
});

describe("what belongs to others", () => {
  const clientOf = async (project: string | null) => {
    const { secret } = await app.client.keys.create({ name: "other", scopes: ["call"], project });
    return new OpenAI({ baseURL: `${app.url}/v1`, apiKey: secret, maxRetries: 0 });
  };

  test("is not there for another key, and is for one of the same project", async () => {
    const [mine, theirs, stranger] = await Promise.all([clientOf("ship"), clientOf("ship"), clientOf(null)]);
    const batch = await createBatch([requestLine("one", "sim/sim-instant")], mine);
    const ended = await untilEnded(theirs, batch.id);
    expect(ended.status).toBe("completed");
    const created = { endpoint: "/v1/chat/completions", completion_window: "24h" } as const;
    const asStranger = [
      () => stranger.batches.retrieve(batch.id),
      () => stranger.batches.cancel(batch.id),
      () => stranger.files.retrieve(batch.input_file_id),
      () => stranger.files.content(ended.output_file_id ?? ""),
      () => stranger.files.delete(batch.input_file_id),
      () => stranger.batches.create({ ...created, input_file_id: batch.input_file_id }),
      () => openai.batches.retrieve(batch.id),
    ];
    for (const ask of asStranger) expect(await failureOf(ask())).toBeInstanceOf(NotFoundError);
    expect((await stranger.batches.list()).data).toEqual([]);
    expect((await stranger.files.list()).data).toEqual([]);
    expect((await theirs.files.list()).data.length).toBe(2);
  });

  test("needs a key that may call", async () => {
    const { secret } = await app.client.keys.create({ name: "reader", scopes: ["read"] });
    const reader = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: secret, maxRetries: 0 });
    expect(await failureOf(reader.files.list())).toMatchObject({ status: 403 });
    expect((await fetch(`${app.url}/v1/messages/batches`)).status).toBe(401);
  });
});
