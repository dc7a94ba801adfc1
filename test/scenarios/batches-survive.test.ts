// Batches and processes that stop, die, or share the work; and callers who come first.
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import OpenAI, { toFile } from "openai";
import { programOf } from "../../tools/launch/program.mjs";
import { linesOf, requestLine, untilEnded } from "../support/batches.ts";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestAppOptions } from "../support/app.ts";
import type { TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

const ROOT = resolve(import.meta.dir, "../..");
const MAIN = join(ROOT, programOf(ROOT));
const SLOW = "sim/sim-instant?first_token_ms=100";
/** Of lines that must not all have ended before a test has taken its next step. */
const SLOWEST = "sim/sim-instant?first_token_ms=1000";
const atEnd: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of atEnd.splice(0).toReversed()) await close();
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await startAppDatabase();
  atEnd.push(() => database.close());
  return database;
}

/** A lease that runs out because the machine is busy would have a line carried out again, and rightly so. */
async function startApp(options: TestAppOptions) {
  const app = await startTestApp({
    ...options,
    config: `batches: { poll_interval: 20ms, lease: 15s, shutdown_grace: 60s, ${options.config ?? ""} }\nledger: { close_timeout: 60s }`,
    env: { BINNACLE_SECRET: "one secret for all of them" },
  });
  atEnd.push(app.close);
  return app;
}

const clientOf = (url: string, key: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });

interface Wanted {
  count: number;
  /** As many at the beginning are slow, and no more: the others are the slowest. */
  quick?: number;
}

async function createBatch(openai: OpenAI, { count, quick = count }: Wanted) {
  const lines = Array.from({ length: count }, (_, number) =>
    JSON.stringify(requestLine(`n-${number}`, number < quick ? SLOW : SLOWEST)),
  );
  const file = await openai.files.create({ file: await toFile(Buffer.from(lines.join("\n"))), purpose: "batch" });
  const { id } = await openai.batches.create({
    input_file_id: file.id,
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
  });
  return id;
}

async function untilCompleted(openai: OpenAI, id: string, count: number): Promise<void> {
  while (((await openai.batches.retrieve(id)).request_counts?.completed ?? 0) < count) await Bun.sleep(10);
}

/** Each custom id that has an answer, as often as it has one. */
async function answeredIn(openai: OpenAI, id: string): Promise<string[]> {
  const { output_file_id, ...ended } = await untilEnded(openai, id);
  if (!output_file_id)
    throw new Error(`nothing was answered: ${JSON.stringify(ended)}, ${await errorsOf(openai, ended)}`);
  const text = await (await openai.files.content(output_file_id)).text();
  return linesOf(text).map(({ custom_id }) => custom_id);
}

async function errorsOf(openai: OpenAI, { error_file_id }: Pick<OpenAI.Batch, "error_file_id">): Promise<string> {
  if (!error_file_id) return "without a file of errors";
  const text = await (await openai.files.content(error_file_id)).text();
  return text.slice(0, 2000);
}

const allOf = (count: number) => Array.from({ length: count }, (_, number) => `n-${number}`);

describe("a batch", () => {
  test("goes on where it was after a stop", async () => {
    const database = await newDatabase();
    const first = await startApp({ database });
    const id = await createBatch(clientOf(first.url, first.key), { count: 32, quick: 12 });
    await untilCompleted(clientOf(first.url, first.key), id, 8);
    const { key } = first;
    await first.close();
    atEnd.pop();
    const second = await startApp({ database });
    const openai = clientOf(second.url, key);
    const { status, request_counts } = await openai.batches.retrieve(id);
    expect(status).toBe("in_progress");
    expect(request_counts?.completed).toBeGreaterThanOrEqual(8);
    expect(await answeredIn(openai, id)).toEqual(allOf(32));
    await second.close();
    atEnd.pop();
    // What was in flight was let end, and so nothing was asked twice.
    expect(await callsOf(database)).toBe(32);
  });

  test("is shared by processes on one database, and no line is carried out twice", async () => {
    const database = await newDatabase();
    const first = await startApp({ database });
    const second = await startApp({ database });
    const openai = clientOf(second.url, first.key);
    const id = await createBatch(openai, { count: 120 });
    expect(await answeredIn(openai, id)).toEqual(allOf(120));
    await Promise.all([first.close(), second.close()]);
    atEnd.splice(1);
    expect(await callsOf(database)).toBe(120);
    const { rows } = await database.storage.pool.query<{ served: number }>(
      "select count(distinct journal_id) as served from ledger_checkpoints where record > 0 or segment_offset > 0",
    );
    expect(rows[0]?.served).toBe(2);
  });

  test("survives kill -9: finished lines stay, lines in flight are carried out again", async () => {
    const database = await newDatabase();
    const home = mkdtempSync(join(tmpdir(), "binnacle-batch-"));
    atEnd.push(() => rmSync(home, { recursive: true, force: true }));
    const first = await startProcess(home, database);
    const key = readFileSync(join(home, "admin.key"), "utf8").trim();
    const id = await createBatch(clientOf(first.url, key), { count: 24, quick: 4 });
    await untilCompleted(clientOf(first.url, key), id, 4);
    const inFlight = async () => {
      const { rows } = await database.storage.pool.query<{ in_flight: number }>(
        "select count(*) as in_flight from batches_lines where finished_at is null and claim is not null",
      );
      return rows[0]?.in_flight ?? 0;
    };
    await until(async () => (await inFlight()) > 0);
    first.child.kill("SIGKILL");
    await first.child.exited;
    expect(await inFlight()).toBeGreaterThan(0);
    const second = await startProcess(home, database);
    expect(await answeredIn(clientOf(second.url, key), id)).toEqual(allOf(24));
  }, 120_000);

  test("loses and doubles nothing while its connections to the database are cut", async () => {
    const database = await newDatabase();
    const app = await startApp({ database, config: "concurrency: 8" });
    const openai = clientOf(app.url, app.key);
    const id = await createBatch(openai, { count: 100 });
    for (let cuts = 0; cuts < 5; cuts += 1) {
      await database.storage.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      await Bun.sleep(50);
    }
    expect(await answeredIn(new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key, maxRetries: 10 }), id)).toEqual(
      allOf(100),
    );
    await app.close();
    atEnd.pop();
    expect(await callsOf(database)).toBe(100);
  }, 120_000);

  test("expires with what was answered by then", async () => {
    const database = await newDatabase();
    const app = await startApp({ database });
    const openai = clientOf(app.url, app.key);
    const id = await createBatch(openai, { count: 200, quick: 4 });
    await untilCompleted(openai, id, 4);
    await database.storage.pool.query("update batches_batches set expires_at = now()");
    const ended = await untilEnded(openai, id);
    expect(ended.status).toBe("expired");
    const [output, errors] = await Promise.all(
      [ended.output_file_id, ended.error_file_id].map(async (id) =>
        linesOf(await (await openai.files.content(id ?? "")).text()),
      ),
    );
    expect((output?.length ?? 0) + (errors?.length ?? 0)).toBe(200);
    expect(errors?.at(-1)).toMatchObject({ response: null, error: { code: "batch_expired" } });
  });

  test("stands still while the gateway is busy with others, and goes on after", async () => {
    const app = await startApp({ config: "busy_share: 0.001" });
    const openai = clientOf(app.url, app.key);
    const leave = new AbortController();
    // 0.001 of the 4096 places: five calls of others are too many.
    const others = Array.from({ length: 5 }, () =>
      app
        .chat(
          { model: "sim/sim-instant?error=stall:1", messages: [{ role: "user", content: "Ahoy" }] },
          { signal: leave.signal },
        )
        .catch(() => undefined),
    );
    while ((await app.client.status()).calls.in_flight < 5) await Bun.sleep(5);
    const id = await createBatch(openai, { count: 3 });
    while ((await openai.batches.retrieve(id)).status !== "in_progress") await Bun.sleep(10);
    await Bun.sleep(200);
    expect((await openai.batches.retrieve(id)).request_counts).toEqual({ total: 3, completed: 0, failed: 0 });
    leave.abort();
    await Promise.all(others);
    expect(await answeredIn(openai, id)).toEqual(allOf(3));
  });

  test("fails line by line once its key is revoked", async () => {
    const app = await startApp({});
    const { id: keyId, secret } = await app.client.keys.create({ name: "gone", scopes: ["call"], project: "p" });
    const { secret: watching } = await app.client.keys.create({ name: "stays", scopes: ["call"], project: "p" });
    const id = await createBatch(clientOf(app.url, secret), { count: 100, quick: 4 });
    const openai = clientOf(app.url, watching);
    await untilCompleted(openai, id, 4);
    await app.client.keys.revoke({ id: keyId });
    const { error_file_id, request_counts } = await untilEnded(openai, id);
    expect(request_counts?.failed).toBeGreaterThan(0);
    const text = await (await openai.files.content(error_file_id ?? "")).text();
    expect(linesOf(text)[0]?.response).toMatchObject({ status_code: 401 });
  });
});

async function callsOf({ storage }: TestDatabase): Promise<number> {
  const { rows } = await storage.pool.query<{ calls: number }>("select count(*) as calls from ledger_records");
  return rows[0]?.calls ?? 0;
}

async function startProcess(home: string, database: TestDatabase) {
  const child = Bun.spawn([process.execPath, MAIN, "start"], {
    cwd: home,
    env: {
      PATH: process.env["PATH"] ?? "",
      BINNACLE_HOME: home,
      BINNACLE_PORT: "0",
      BINNACLE__PROVIDERS__FIND_LOCAL_SERVERS: "false",
      BINNACLE__STORAGE__CONNECT_TIMEOUT: "30s",
      BINNACLE__BATCHES__LEASE: "2s",
      BINNACLE__BATCHES__POLL_INTERVAL: "50ms",
      DATABASE_URL: database.url,
    },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
  });
  atEnd.push(async () => {
    child.kill("SIGINT");
    await child.exited;
  });
  let output = "";
  for await (const chunk of child.stdout) {
    output += Buffer.from(chunk).toString("utf8");
    if (output.includes("calls tail")) break;
  }
  return { child, url: /ready: (\S+)/.exec(output)?.[1] ?? "" };
}
