// Files and batches where content is sealed: nothing said lies in clear in PostgreSQL at any time, owners read it as ever, and
// what is erased is gone.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI, { APIError, toFile } from "openai";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { linesOf, requestLine, untilEnded } from "../support/batches.ts";
import type { TestDatabase } from "../support/database.ts";
import { until, untilFound } from "../support/until.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";

const SECRET = "xyzzy-plugh-43";
const PIECE = 1024 * 1024;

let database: TestDatabase;
let app: TestApp;
let held: HeldVendor;

beforeAll(async () => {
  database = await startAppDatabase();
  held = startHeldVendor();
  const config = `
vault: { enabled: true, changes_interval: 20ms }
batches: { poll_interval: 50ms }
providers: { vendors: { held: { kind: openai-compatible, base_url: "${held.url}" } } }
`;
  app = await startTestApp({ database, config });
});
afterAll(async () => {
  await app?.close();
  await held?.close();
  await database?.close();
});

async function clientOf(user: string): Promise<{ openai: OpenAI; anthropic: Anthropic }> {
  await app.client.users.create({ name: user });
  const { secret: apiKey } = await app.client.keys.create({ name: user, user });
  return {
    openai: new OpenAI({ baseURL: `${app.url}/v1`, apiKey, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: app.url, apiKey, maxRetries: 0 }),
  };
}

const saying = (name: string, model: string) =>
  JSON.stringify(requestLine(name, model, { messages: [{ role: "user", content: `${SECRET} ${name}` }] }));

async function begin(openai: OpenAI, lines: readonly string[]): Promise<OpenAI.Batch> {
  const file = await openai.files.create({ file: await toFile(Buffer.from(lines.join("\n")), "in"), purpose: "batch" });
  const endpoint = "/v1/chat/completions";
  return openai.batches.create({ input_file_id: file.id, endpoint, completion_window: "24h" });
}

/** What lies in the tables of this room: as JSON writes it, bytes in hexadecimal digits. */
async function stored(): Promise<{ text: string; lines: number }> {
  const { rows } = await database.storage.pool.query<{ text: string; lines: number }>(`
    select (select count(*)::int from batches_lines) as lines, concat(
      (select string_agg(row_to_json(c)::text, '') from batches_file_chunks as c),
      (select string_agg(row_to_json(l)::text, '') from batches_lines as l),
      (select string_agg(row_to_json(b)::text, '') from batches_batches as b)
    ) as text`);
  return rows[0] ?? { text: "", lines: 0 };
}

async function expectNothingInClear(): Promise<void> {
  const { text } = await stored();
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(Buffer.from(SECRET).toString("hex"));
  expect(text).not.toContain("chat.completion");
  expect(text).not.toContain(Buffer.from("chat.completion").toString("hex"));
}

const failureOf = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  );

describe("batches of sealed content", () => {
  test("are in clear nowhere from the upload to the results, which their owner reads", async () => {
    const { openai } = await clientOf("ada");
    const batch = await begin(openai, [saying("a", "sim/sim-instant"), saying("held", "held/m")]);
    // Lines are there for as long as one of them is not answered.
    await until(async () => (await stored()).lines === 2 && held.asked.length === 1);
    await expectNothingInClear();
    held.letGo();
    await until(async () => {
      await expectNothingInClear();
      return (await openai.batches.retrieve(batch.id)).status === "completed";
    });
    await expectNothingInClear();
    const results = linesOf(await (await openai.files.content(await outputOf(openai, batch))).text());
    expect(results.map(({ custom_id, response }) => [custom_id, response?.status_code])).toEqual([
      ["a", 200],
      ["held", 200],
    ]);
  });

  test("are so in Anthropic's protocol, and files of any bytes and length come back as they were", async () => {
    const { openai, anthropic } = await clientOf("bob");
    const params = { model: "sim/sim-instant", max_tokens: 10, messages: [{ role: "user" as const, content: SECRET }] };
    const batch = await anthropic.messages.batches.create({ requests: [{ custom_id: "one", params }] });
    await untilFound(async () => (await anthropic.messages.batches.retrieve(batch.id)).ended_at);
    const outcomes: string[] = [];
    for await (const { result } of await anthropic.messages.batches.results(batch.id)) outcomes.push(result.type);
    expect(outcomes).toEqual(["succeeded"]);
    const bytes = Uint8Array.from({ length: 2 * PIECE + 7 }, (_, place) => (place * 7 + (place >> 8)) % 256);
    const file = await openai.files.create({ file: await toFile(bytes, "bytes"), purpose: "user_data" });
    expect(file.bytes).toBe(bytes.length);
    const back = new Uint8Array(await (await openai.files.content(file.id)).arrayBuffer());
    expect(Buffer.compare(back, bytes)).toBe(0);
    await expectNothingInClear();
  });

  test("are gone when they are erased, files and results", async () => {
    const { openai } = await clientOf("eve");
    const ended = await begin(openai, [saying("a", "sim/sim-instant")]);
    await untilEnded(openai, ended.id);
    const output = await outputOf(openai, ended);
    await app.client.vault.erase({ subject: { user: "eve" }, reason: "asked for" });
    for (const id of [ended.input_file_id, output]) {
      const failure = await failureOf(openai.files.content(id));
      expect(failure).toBeInstanceOf(APIError);
      expect(failure).toMatchObject({ status: 410 });
    }
    const endpoint = "/v1/chat/completions";
    const late = await openai.batches.create({
      input_file_id: ended.input_file_id,
      endpoint,
      completion_window: "24h",
    });
    expect(await untilEnded(openai, late.id)).toMatchObject({
      status: "failed",
      errors: { data: [{ code: "file_erased" }] },
    });
    // It still has a name and a length, and can be deleted.
    expect((await openai.files.retrieve(output)).bytes).toBeGreaterThan(0);
    expect((await openai.files.delete(output)).deleted).toBe(true);
    // Who comes again gets another key.
    const again = await begin(openai, [saying("a", "sim/sim-instant")]);
    expect((await untilEnded(openai, again.id)).status).toBe("completed");
  });
});

async function outputOf(openai: OpenAI, batch: OpenAI.Batch): Promise<string> {
  return (await openai.batches.retrieve(batch.id)).output_file_id ?? "";
}
