// Batches under kill switches: their lines are refused while something is switched off, and those under way end.
import { afterAll, beforeAll, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import { type Line, linesOf, requestLine, untilEnded } from "../support/batches.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let openai: OpenAI;
beforeAll(async () => {
  app = await startTestApp({
    config: "batches: { poll_interval: 50ms, tries_max: 2, retry_wait: 10ms }\ngateway: { backoff_base: 1ms }",
  });
  openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 0 });
});
afterAll(() => app.close());

async function createBatch(lines: readonly Line[]) {
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const file = await openai.files.create({ file: await toFile(Buffer.from(text), "in.jsonl"), purpose: "batch" });
  const wish = { input_file_id: file.id, endpoint: "/v1/chat/completions", completion_window: "24h" } as const;
  return openai.batches.create(wish);
}

const errorsOf = async (batch: OpenAI.Batch) =>
  linesOf(await (await openai.files.content(batch.error_file_id ?? "")).text());

test("lines of what is switched off are refused by the switch, and others are carried out", async () => {
  const { id } = await app.client.switches.throw({ kind: "model", name: "sim/sim-instant", reason: "a drill" });
  const { id: batch } = await createBatch([requestLine("off", "sim/sim-instant"), requestLine("on", "sim/sim-small")]);
  const ended = await untilEnded(openai, batch);
  expect(ended.request_counts).toEqual({ total: 2, completed: 1, failed: 1 });
  const [line] = await errorsOf(ended);
  expect(line?.custom_id).toBe("off");
  expect(JSON.stringify(line?.response)).toContain("governance.switched_off");
  expect(JSON.stringify(line?.response)).toContain("a drill");
  await app.client.switches.lift({ id });
});

test("a line under way ends when its caller is switched off, and none is tried again", async () => {
  const slow = "sim/sim-small?token_ms=200&tokens=2000";
  const { id: batch } = await createBatch([requestLine("slow", slow, { max_tokens: 2000 })]);
  await until(async () => (await app.client.status()).calls.in_flight > 0);
  const { id } = await app.client.switches.throw({ kind: "installation", reason: "a fire" });
  const ended = await untilEnded(openai, batch);
  expect(ended.request_counts).toEqual({ total: 1, completed: 0, failed: 1 });
  expect(JSON.stringify((await errorsOf(ended))[0]?.response)).toContain("a fire");
  await app.client.switches.lift({ id });
  const { calls } = await app.client.calls.list({ limit: 200 });
  expect(
    calls.filter((call) => call.route?.name === slow || JSON.stringify(call).includes("token_ms=200")),
  ).toHaveLength(1);
});
