// What becomes of calls when targets fail again and again, when first tokens are late, and when there is no place.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { serveSim, type SimServer } from "../../src/providers/sim/serve-sim.ts";
import { type SimConfig, simConfigSchema } from "../../src/providers/sim/sim-config.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";
import { type HeldVendor, startHeldVendor } from "../support/vendors/held.ts";

const WELL = { first_token_ms: 0, token_ms: 0, tokens: 3 };
let app: TestApp;
let asked = 0;
let held: HeldVendor;
/** A target that is left alone is so until the test lets that time go by. */
const REST = "10m";
const clock = { aheadMs: 0 };
const letRestsEnd = (): void => void (clock.aheadMs += 3_600_000);
const moody: SimConfig = simConfigSchema.parse(WELL);
const servers: SimServer[] = [];
const become = (settings: object): void => void Object.assign(moody, simConfigSchema.parse({ ...WELL, ...settings }));

beforeAll(async () => {
  const count = (): undefined => void (asked += 1);
  servers.push(serveSim(moody, { port: 0, onRequest: count }), serveSim(simConfigSchema.parse(WELL), { port: 0 }));
  held = startHeldVendor();
  const [first, second] = servers.map(({ url }) => `{ kind: openai-compatible, base_url: "${url}" }`);
  app = await startTestApp({
    world: { monotonicMs: () => performance.now() + clock.aheadMs },
    config: `
providers:
  vendors: { moody: ${first}, steady: ${second}, held: { kind: openai-compatible, base_url: "${held.url}" } }
  prices:
    moody/sim-instant: { input_usd_per_million: 1, output_usd_per_million: 1 }
    steady/sim-small: { input_usd_per_million: 1, output_usd_per_million: 1 }
governance:
  budgets: [{ of: team, name: thrifty, usd: 10 }]
gateway:
  attempts_max: 2
  backoff_base: 1ms
  calls_in_flight_max: 2
  queue_max: 1
  health: { breaker_rest: ${REST}, breaker_rest_max: ${REST}, retry_floor: 100 }
  hedging: { routes: [hedged], share: 1, calls_min: 5 }
  routes:
    alone: { targets: [moody/sim-small] }
    spare: { targets: [moody/sim-large, steady/sim-small] }
    hedged: { targets: [moody/sim-instant, steady/sim-small] }
`,
  });
});
afterAll(async () => {
  await app?.close();
  await held?.close();
  for (const server of servers) await server.close();
});

const body = (model: string, stream = false, content = "Ahoy!") => ({
  model,
  stream,
  max_tokens: 10,
  messages: [{ role: "user", content }],
});

const call = (model: string, stream = false, key = app.key) => send(body(model, stream), key);

async function send(asking: ReturnType<typeof body>, key = app.key) {
  const response = await app.chat(asking, { key });
  const text = await response.text();
  const record: CallDetail = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
  return { status: response.status, text, record, retryAfter: response.headers.get("retry-after") };
}

describe("a target that fails again and again", () => {
  test("is left alone: calls are refused at once, in the caller's dialect, until it is back", async () => {
    become({ errors: { "503": 1 } });
    for (let each = 0; each < 3; each += 1) await call("alone");
    const askedBefore = asked;
    const { status, text, record, retryAfter } = await call("alone");
    expect(status).toBe(503);
    expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(JSON.parse(text).error.code).toBe("gateway.targets_rest");
    expect(record).toMatchObject({ outcome: "failed", attempts: [] });
    const anthropic = await fetch(`${app.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": app.key },
      body: JSON.stringify(body("alone")),
    });
    expect(anthropic.status).toBe(503);
    expect(await anthropic.json()).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
    expect(asked).toBe(askedBefore);
    become({});
    letRestsEnd();
    expect((await call("alone")).status).toBe(200);
  });

  test("is passed over where there is another, and the record says why", async () => {
    become({ errors: { "503": 1 } });
    for (let each = 0; each < 5; each += 1) expect((await call("spare")).status).toBe(200);
    const { status, record } = await call("spare");
    expect(status).toBe(200);
    expect(record.attempts.map(({ target }) => target)).toEqual(["steady/sim-small"]);
    expect(record.considered).toEqual([
      { target: "steady/sim-small", chosen: true, reason: "number 1 in the route's order" },
      {
        target: "moody/sim-large",
        chosen: false,
        reason: "it failed too often lately and is left alone, so it comes last; number 1 in the route's order",
      },
    ]);
    become({});
  });
});

describe("a first token that is late", () => {
  test("is raced by a second target; both attempts are on record", async () => {
    become({});
    for (let each = 0; each < 5; each += 1) expect((await call("hedged", true)).record.attempts).toHaveLength(1);
    become({ first_token_ms: 60_000 });
    const { status, text, record } = await call("hedged", true);
    expect(status).toBe(200);
    expect(text).toEndWith("data: [DONE]\n\n");
    expect(record.attempts).toMatchObject([
      { target: "moody/sim-instant", outcome: "cancelled", error: { code: "gateway.hedge_lost" } },
      { target: "steady/sim-small", outcome: "ok", reason: expect.stringMatching(/^hedged: moody/) },
    ]);
    expect(record.answer?.target).toBe("steady/sim-small");
    expect(record.outcome).toBe("ok");
    become({});
  });

  test("is waited for where money is held: it pays for one answer", async () => {
    const { secret } = await app.client.keys.create({ name: "thrifty", team: "thrifty" });
    become({ first_token_ms: 300 });
    const { status, record } = await call("hedged", true, secret);
    expect(status).toBe(200);
    expect(record.budget?.held_usd_micros).toBeGreaterThan(0);
    expect(record.attempts.map(({ target }) => target)).toEqual(["moody/sim-instant"]);
    // Later than any token before it, however slow the machine.
    become({ first_token_ms: 60_000 });
    expect((await call("hedged", true)).record.attempts).toHaveLength(2);
    become({});
  });

  test("is waited for on other routes", async () => {
    become({ first_token_ms: 200 });
    expect((await call("alone", true)).record.attempts).toHaveLength(1);
    become({});
  });
});

describe("a call that finds no place", () => {
  test("waits for one, which its record shows; when too many wait, it is refused", async () => {
    const places = [0, 1].map(() => send(body("held/m", false, "held until there are too many")));
    await until(() => held.asked.length === 2);
    const calls = [...places, call("held/m")];
    await until(async () => (await app.client.status()).calls.waiting === 1);
    const refused = await call("held/m");
    expect(refused).toMatchObject({ status: 503, retryAfter: "1" });
    expect(refused.record.error?.code).toBe("gateway.overloaded");
    held.letGo();
    const records = (await Promise.all(calls)).map(({ record }) => record);
    expect(records.map(({ outcome }) => outcome)).toEqual(["ok", "ok", "ok"]);
    const waits = records.map(({ timings }) => timings.queue_ms ?? 0).sort((a, b) => a - b);
    expect(waits.slice(0, 2)).toEqual([0, 0]);
    expect(waits[2]).toBeGreaterThan(0);
  });
});
