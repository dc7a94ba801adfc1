// Answers to questions that are only alike, over the whole program, with the simulator's vectors: words alike are near.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import { startAppDatabase } from "../support/app-database.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until, untilFound } from "../support/until.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";

let vendor: HeldVendor;

beforeAll(() => {
  vendor = startHeldVendor();
});
afterAll(() => vendor.close());

const configWith = (semantic: string, embedding = "sim/sim-embedding") => `
providers:
  vendors: { held: { kind: openai-compatible, base_url: "${vendor.url}" } }
  prices: { held/m: { input_usd_per_million: 1, output_usd_per_million: 2 } }
embedding: { model: ${embedding}, timeout: 60s }
gateway:
  cache: { enabled: true, semantic: { enabled: true, ${semantic} } }
  routes:
    fast: { targets: [held/m] }
    bound: { targets: [{ target: held/m, region: eu }] }
`;

const QUESTION = "please explain how the compass of a small sailing boat is lit at night";
const ALIKE = "please explain how the compass of a small sailing boat is lit at night then";

async function told(response: Response) {
  const { headers } = response;
  return {
    text: await response.text(),
    cache: headers.get("x-binnacle-cache"),
    similarity: headers.get("x-binnacle-cache-similarity"),
    callId: headers.get("x-binnacle-call-id") ?? "",
  };
}

function askerOf(app: TestApp) {
  return async (content: unknown, { more = {}, ...options }: Asking = {}) =>
    told(await app.chat({ model: "held/m", messages: [{ role: "user", content }], ...more }, options));
}

interface Asking {
  more?: object;
  key?: string;
  headers?: Record<string, string>;
}

/** Vectors are made after the answer has gone out. */
async function untilState(app: Pick<TestApp, "client">, isReached: (semantic: Semantic) => boolean): Promise<void> {
  await until(async () => {
    const { semantic } = await app.client.cache.state();
    return semantic !== null && isReached(semantic);
  });
}
type Semantic = NonNullable<Awaited<ReturnType<TestApp["client"]["cache"]["state"]>>["semantic"]>;
const holding = (app: TestApp, count: number) => untilState(app, ({ questions }) => questions >= count);

describe("a question that is alike", () => {
  let app: TestApp;
  let ask: ReturnType<typeof askerOf>;
  let first: Awaited<ReturnType<typeof ask>>;

  beforeAll(async () => {
    app = await startTestApp({ config: configWith("wording: free, threshold: 0.9, sample_share: 0") });
    ask = askerOf(app);
    first = await ask(QUESTION);
    await holding(app, 1);
  });
  afterAll(() => app.close());

  test("gets the answer, and header and record say from where and how near", async () => {
    const alike = await ask(ALIKE);
    expect([first.cache, alike.cache, alike.text]).toEqual(["miss", "semantic", first.text]);
    expect(Number(alike.similarity)).toBeGreaterThan(0.9);
    const { cache, cached, cost, attempts } = await app.client.calls.get({ id: alike.callId });
    expect({ cache, cost: cost.usd_micros, attempts }).toEqual({ cache: "semantic", cost: 0, attempts: [] });
    expect(cached).toMatchObject({ from: "memory", call_id: first.callId, saved_usd_micros: 2000 });
    expect(cached?.similarity).toBeCloseTo(Number(alike.similarity), 2);
  });

  test("is another one where anything else differs: tenant, system, earlier turns, parameters, tools", async () => {
    const { secret } = await app.client.keys.create({ name: "other", team: "t", project: "p" });
    expect((await ask(ALIKE, { key: secret })).cache).toBe("miss");
    const system = {
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: ALIKE },
      ],
    };
    const turns = { messages: ["user", "assistant", "user"].map((role) => ({ role, content: ALIKE })) };
    for (const more of [{ temperature: 0 }, { tools: [] }, { model: "fast" }, { stream: true }, system, turns])
      expect((await ask(ALIKE, { more })).cache).toBe("miss");
  });

  test("is another one where a guard tells them apart", async () => {
    for (const other of [`${QUESTION} 2`, `${QUESTION} not`, `${QUESTION} in Rome`, `${QUESTION} \`x\``])
      expect((await ask(other)).cache).toBe("miss");
  });

  test("is asked all the same where its caller says exact, no-store or refresh", async () => {
    const wishing = async (wish: string) =>
      (await ask(`${ALIKE} ${wish}`, { headers: { "x-binnacle-cache": wish } })).cache;
    expect([await wishing("exact"), await wishing("no-store"), await wishing("refresh")]).toEqual([
      "miss",
      "bypassed",
      "refreshed",
    ]);
    expect((await ask(`${ALIKE} again`, { headers: { "x-binnacle-cache": "only-if-cached" } })).cache).toBe("semantic");
  });

  test("costs a call to the vendor of the vectors, which is on record as Binnacle's own", async () => {
    const { calls } = await app.client.calls.list({ limit: 200 });
    const own = calls.find(({ model }) => model === "sim/sim-embedding");
    expect(own).toMatchObject({ who: { key_id: "binnacle" }, outcome: "ok", tokens: { source: "vendor" } });
    expect(own?.cost.usd_micros).not.toBeNull();
  });

  test("is given no answer any more that somebody said was wrong", async () => {
    const alike = await ask(`${ALIKE} now`);
    expect(alike.cache).toBe("semantic");
    const from = (await app.client.calls.get({ id: alike.callId })).cached?.call_id;
    const { secret } = await app.client.keys.create({ name: "stranger", team: "t2" });
    const feedback = { call_id: alike.callId, correct: false };
    const strange = await fetch(`${app.url}/api/v1/cache/feedback`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify(feedback),
    });
    expect(strange.status).toBe(404);
    expect(await app.client.cache.feedback(feedback)).toEqual({ counted: true });
    expect(await app.client.cache.feedback(feedback)).toEqual({ counted: false });
    expect((await app.client.cache.state()).semantic?.judged_wrong).toBe(1);
    const after = await ask(`${ALIKE} today`);
    expect(after.cache === "miss" || (await app.client.calls.get({ id: after.callId })).cached?.call_id !== from).toBe(
      true,
    );
    await expect(app.client.cache.feedback({ call_id: first.callId, correct: true })).rejects.toMatchObject({
      code: "gateway.not_alike",
    });
  });
});

test("as a stream it gets the events as they were, its words in parts or not", async () => {
  const app = await startTestApp({ config: configWith("wording: free, threshold: 0.9, sample_share: 0") });
  const ask = askerOf(app);
  const more = { stream: true };
  const first = await ask([{ type: "text", text: QUESTION }], { more });
  await holding(app, 1);
  const alike = await ask([{ type: "text", text: ALIKE }], { more });
  expect([first.cache, alike.cache, alike.text]).toEqual(["miss", "semantic", first.text]);
  expect(alike.text).toEndWith("data: [DONE]\n\n");
  expect((await ask(ALIKE, { more })).cache).toBe("miss");
  await app.close();
});

test("with a bound on errors answers are compared first, and given when enough of them were the same", async () => {
  const app = await startTestApp({
    config: configWith("wording: free, threshold: 0.9, error_bound: 0.6, sample_share: 0, same_answer_at: 0.4"),
  });
  const ask = askerOf(app);
  await ask(QUESTION);
  await holding(app, 1);
  let compared = 0;
  for (const word of ["then", "now", "today", "here", "soon", "so"]) {
    const alike = await ask(`${QUESTION} ${word}`);
    if (alike.cache === "semantic") break;
    compared += 1;
    const record = await app.client.calls.get({ id: alike.callId });
    expect(record.compared?.similarity).toBeGreaterThan(0.9);
    await untilState(app, ({ judged_right }) => judged_right === compared);
    await holding(app, compared + 1);
  }
  // Four that were right: at most 57 % wrong, with 99 % confidence.
  expect(compared).toBe(4);
  await app.close();
});

test("a vendor that makes no vectors costs calls their alike answers, and nothing else", async () => {
  const app = await startTestApp({
    config: configWith("wording: free, threshold: 0.9, sample_share: 0", "sim/sim-small"),
  });
  const ask = askerOf(app);
  expect((await ask(QUESTION)).cache).toBe("miss");
  await untilState(app, ({ without_vector }) => without_vector === 1);
  expect((await ask(ALIKE)).cache).toBe("miss");
  expect((await ask(QUESTION)).cache).toBe("hit");
  await app.close();
});

test("the built-in model finds that two ways of asking are alike; that a guitar is no piano, a guard must say", async () => {
  const app = await startTestApp({ config: configWith("threshold: 0.8, sample_share: 0", "builtin") });
  const ask = askerOf(app);
  await ask("What is the best way to learn the guitar?");
  await holding(app, 1);
  expect((await ask("How do I learn guitar?")).cache).toBe("semantic");
  expect((await ask("How do I learn piano?")).cache).toBe("miss");
  await app.close();
});

test("by default only small words and endings may differ", async () => {
  const app = await startTestApp({ config: configWith("threshold: 0.7, sample_share: 0") });
  const ask = askerOf(app);
  await ask("how is the compass of a boat lit at night?");
  await holding(app, 1);
  expect((await ask("how are the compasses of a boat lit at night, please?")).cache).toBe("semantic");
  expect((await ask("how is the compass of a boat painted at night?")).cache).toBe("miss");
  await app.close();
});

describe("with a database that two processes share", () => {
  test("a question that one answered is known to the other, and to the next start; a purge reaches both", async () => {
    const database = await startAppDatabase();
    const options = {
      config: configWith("wording: free, threshold: 0.9, sample_share: 0").replace(
        "cache: { enabled: true,",
        "cache: { enabled: true, database: { interval: 20ms, read_timeout: 10s },",
      ),
      database,
      env: { BINNACLE_SECRET: "s".repeat(32) },
    };
    const here = await startTestApp(options);
    const there = await startTestApp(options);
    const clientFor = ({ url }: TestApp) => createClient({ url, key: here.key });
    const known = (app: TestApp, count: number) =>
      untilState({ client: clientFor(app) }, ({ questions }) => questions === count);
    const first = await askerOf(here)(QUESTION, { key: here.key });
    await known(there, 1);
    const alike = await askUntil(there, ALIKE, here.key);
    expect(alike.text).toBe(first.text);
    await there.close();
    const again = await startTestApp(options);
    await known(again, 1);
    expect((await askUntil(again, `${ALIKE} still`, here.key)).text).toBe(first.text);
    await clientFor(here).cache.purge({});
    await known(again, 0);
    expect((await askerOf(again)(ALIKE, { key: here.key })).cache).toBe("miss");
    await Promise.all([here.close(), again.close()]);
    await database.close();
  });
});

/** Each time in other words, until a process has heard of the answer as well. */
async function askUntil(app: TestApp, question: string, key: string) {
  const ask = askerOf(app);
  const headers = { "x-binnacle-cache": "only-if-cached" };
  return untilFound(async () => {
    const told = await ask(question, { key, headers });
    return told.cache === "semantic" && told;
  });
}

describe("a question that is alike, and not to be answered alike", () => {
  let app: TestApp;
  let ask: ReturnType<typeof askerOf>;

  beforeAll(async () => {
    app = await startTestApp({ config: configWith("wording: free, threshold: 0.9, sample_share: 0") });
    ask = askerOf(app);
  });
  afterAll(() => app.close());

  test("is not looked for where its caller says where data may go, and the vectors are made at a vendor", async () => {
    const headers = { "x-binnacle-region": "eu" };
    for (const question of [QUESTION, ALIKE])
      expect((await ask(question, { more: { model: "bound" }, headers })).cache).toBe("miss");
    expect((await app.client.cache.state()).semantic?.questions).toBe(0);
  });

  test("is given no answer that was not checked, where answers are", async () => {
    const response_format = { type: "json_schema", json_schema: { name: "s", schema: { type: "object" } } };
    await ask(QUESTION, { more: { response_format } });
    await holding(app, 1);
    expect((await ask(ALIKE, { more: { response_format } })).cache).toBe("semantic");
    const checked = await ask(ALIKE, { more: { response_format }, headers: { "x-binnacle-validate": "on" } });
    expect(checked.text).toContain("does not hold");
  });
});
