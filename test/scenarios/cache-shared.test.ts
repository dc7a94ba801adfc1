// Kept answers that several processes share, what becomes of them while the database is away, and embeddings text by text.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { createClient } from "../../client/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";
import { until } from "../support/until.ts";

let vendor: HeldVendor;
let both: TwoApps;
let here: TestApp;
let there: TestApp;

const configFor = (url: string, cache: string) => `
providers:
  vendors:
    held: { kind: openai-compatible, base_url: "${url}" }
  prices:
    held/m: { input_usd_per_million: 1, output_usd_per_million: 2 }
    held/e: { input_usd_per_million: 1000, output_usd_per_million: 0 }
gateway: { cache: ${cache} }
storage: { probe_interval: 50ms }
`;

beforeAll(async () => {
  vendor = startHeldVendor();
  both = await startTwoApps(
    configFor(vendor.url, "{ enabled: true, database: { interval: 20ms, read_timeout: 10s } }"),
  );
  [here, there] = both.apps;
});
afterAll(async () => {
  await both.close();
  await vendor.close();
});

let questions = 0;
const ask = (more: object = {}) => ({
  model: "held/m",
  messages: [{ role: "user", content: `shared question ${(questions += 1)}` }],
  ...more,
});

async function call(app: TestApp, body: unknown, headers: Record<string, string> = {}) {
  const response = await app.chat(body, { key: here.key, headers });
  const text = await response.text();
  const id = response.headers.get("x-binnacle-call-id") ?? "";
  return { status: response.status, text, cache: response.headers.get("x-binnacle-cache"), id };
}

/** Of a call to the second process. */
const recordOf = ({ id }: { id: string }) => createClient({ url: there.url, key: here.key }).calls.get({ id });

const ONLY = { "x-binnacle-cache": "only-if-cached" };
const isKeptIn = (app: TestApp, body: unknown) => async () => (await call(app, body, ONLY)).status === 200;

describe("processes on one PostgreSQL", () => {
  test("give what another one was answered, whole or as a stream", async () => {
    for (const stream of [false, true]) {
      const body = ask({ stream });
      const first = await call(here, body);
      let again = await call(there, body, ONLY);
      await until(async () => again.status === 200 || (again = await call(there, body, ONLY)).status === 200);
      expect(again).toMatchObject({ cache: "hit", text: first.text });
      expect(await recordOf(again)).toMatchObject({ cached: { from: "database", call_id: first.id } });
      expect(await recordOf(await call(there, body))).toMatchObject({ cached: { from: "memory", call_id: first.id } });
    }
  });

  test("purge for each other, by model and by project", async () => {
    const body = ask();
    await call(here, body);
    await until(isKeptIn(there, body));
    expect(await here.client.cache.purge({ model: "held/other" })).toEqual({ memory: 0, database: 0 });
    expect(await here.client.cache.purge({ project: "x" })).toEqual({ memory: 0, database: 0 });
    const purged = await here.client.cache.purge({ model: "held/m" });
    expect(purged.memory).toBeGreaterThan(0);
    expect(purged.database).toBeGreaterThan(0);
    await until(async () => !(await isKeptIn(there, body)()));
    expect((await call(there, body)).cache).toBe("miss");
  });

  test("say what is held", async () => {
    await call(here, ask());
    await until(async () => ((await here.client.cache.state()).database?.entries ?? 0) > 0);
    const state = await here.client.cache.state();
    expect(state).toMatchObject({ enabled: true, database: { available: true, unwritten: 0 } });
    expect(state.memory.entries).toBeGreaterThan(0);
    expect(state.calls.miss).toBeGreaterThan(0);
  });
});

describe("while the database is away", () => {
  test("answers are kept in memory, and written when it is back", async () => {
    const app = await startTestApp({
      config: configFor(vendor.url, "{ enabled: true, database: { interval: 20ms, read_timeout: 10s } }"),
      ownDatabase: true,
    });
    const again = async (body: unknown) => (await app.chat(body)).headers.get("x-binnacle-cache");
    const pid = Number((await Bun.file(`${app.home}/postgres/postmaster.pid`).text()).split("\n")[0]);
    expect(await again(ask())).toBe("miss");
    process.kill(pid, "SIGKILL");
    const body = ask();
    expect(await again(body)).toBe("miss");
    expect(await again(body)).toBe("hit");
    await until(async () => (await app.client.cache.state()).database?.entries === 2);
    await app.close();
  });
});

describe("embeddings", () => {
  const embed = async (app: TestApp, input: unknown, more: object = {}) => {
    const response = await fetch(`${app.url}/v1/embeddings`, {
      method: "POST",
      headers: { authorization: `Bearer ${here.key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "held/e", input, ...more }),
    });
    const body = (await response.json()) as { data: { index: number; embedding: number[] }[]; usage: object };
    const id = response.headers.get("x-binnacle-call-id") ?? "";
    return { ...body, cache: response.headers.get("x-binnacle-cache"), id };
  };
  const lengthsOf = ({ data }: { data: { embedding: number[] }[] }) => data.map(({ embedding }) => embedding[0]);

  test("are kept text by text: only those are asked for that are new, each once", async () => {
    const first = await embed(here, ["a", "bb", "ccc"]);
    expect(first.cache).toBe("miss");
    const second = await embed(here, ["bb", "dddd", "a", "dddd"]);
    expect(second.cache).toBe("partial");
    expect(vendor.asked.at(-1)?.["input"]).toEqual(["dddd"]);
    expect(lengthsOf(second)).toEqual([2, 4, 1, 4]);
    expect(second.data.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    const before = vendor.asked.length;
    const third = await embed(here, "dddd");
    expect([third.cache, ...lengthsOf(third)]).toEqual(["hit", 4]);
    expect(vendor.asked).toHaveLength(before);
    expect((await embed(here, ["a"], { dimensions: 2 })).cache).toBe("miss");
    const record = await here.client.calls.get({ id: second.id });
    // 30 tokens at 1000 micro-dollars were for three texts of six letters; three of those letters are given again.
    expect(record).toMatchObject({
      cache: "partial",
      cost: { usd_micros: 10_000 },
      cached: { saved_usd_micros: 15_000 },
    });
  });

  test("are shared between processes, and read by OpenAI's SDK", async () => {
    const input = ["eeeee", "ffffff"];
    const openai = (app: TestApp) => new OpenAI({ baseURL: `${app.url}/v1`, apiKey: here.key, maxRetries: 0 });
    const ours = await openai(here).embeddings.create({ model: "held/e", input, encoding_format: "float" });
    const kept = async () => {
      const before = vendor.asked.length;
      const theirs = await openai(there).embeddings.create({ model: "held/e", input, encoding_format: "float" });
      expect(theirs.data).toEqual(ours.data);
      return vendor.asked.length === before;
    };
    await until(kept);
  });
});

describe("beside a budget", () => {
  test("a kept answer is given to who has nothing left, and one that was made shorter is not kept", async () => {
    const budgets = `
governance:
  budgets:
    - { of: team, name: rich, usd: 1 }
    - { of: team, name: poor, usd: 0.004, when_short: lower_max_tokens }
`;
    const cache = "{ enabled: true, scope: installation, database: { enabled: false } }";
    const app = await startTestApp({ config: configFor(vendor.url, cache) + budgets });
    const keyOf = async (team: string) => (await app.client.keys.create({ name: team, team })).secret;
    const [rich, poor] = [await keyOf("rich"), await keyOf("poor")];
    const ask3000 = ask({ max_tokens: 3000 });
    const tell = async (body: unknown, key: string) => {
      const response = await app.chat(body, { key });
      await response.text();
      return [response.status, response.headers.get("x-binnacle-cache")];
    };
    // 3000 tokens may cost 6000 micro-dollars: fewer are asked for.
    expect(await tell(ask3000, poor)).toEqual([200, "miss"]);
    expect(vendor.asked.at(-1)?.["max_tokens"]).toBeLessThan(3000);
    expect(await tell(ask3000, rich)).toEqual([200, "miss"]);
    expect(vendor.asked.at(-1)?.["max_tokens"]).toBe(3000);
    expect(await tell(ask3000, poor)).toEqual([200, "hit"]);
    await app.close();
  });
});
