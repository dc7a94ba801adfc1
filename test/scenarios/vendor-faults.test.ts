// What goes wrong at vendors, and what callers and the record get to see of it.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { CallDetail } from "../../src/ledger/contract.ts";
import { serveSim, type SimServer } from "../../src/providers/sim/serve-sim.ts";
import { simConfigSchema } from "../../src/providers/sim/sim-config.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until, untilFound } from "../support/until.ts";

let app: TestApp;
let silent: ReturnType<typeof Bun.serve>;
let stalling: SimServer;

beforeAll(async () => {
  silent = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: () => new Promise<Response>(() => undefined),
  });
  stalling = serveSim(simConfigSchema.parse({ token_ms: 1, errors: { stall_mid: 1 } }), { port: 0 });
  app = await startTestApp({
    config: `
providers:
  vendors:
    closed: { kind: openai-compatible, base_url: "http://127.0.0.1:1/v1" }
    silent: { kind: openai-compatible, base_url: "${silent.url.href}v1", timeouts: { first_byte: 80ms } }
    stalling: { kind: openai-compatible, base_url: "${stalling.url}", timeouts: { idle: 150ms } }
gateway:
  attempts_max: 2
  backoff_base: 1ms
  routes:
    rescued: { targets: ["sim/sim-instant?error=500:1", sim/sim-instant] }
    unreachable: { targets: [closed/x, sim/sim-instant] }
    slow: { targets: [silent/x, sim/sim-instant] }
    limited: { targets: ["sim/sim-instant?error=429:1", sim/sim-instant] }
    hopeless: { targets: ["sim/sim-instant?error=500:1", "sim/sim-instant?error=503:1"] }
`,
  });
});
afterAll(async () => {
  await app.close();
  await silent.stop(true);
  await stalling.close();
});

const body = (model: string, stream = false) => ({
  model,
  stream,
  messages: [{ role: "user", content: "Tell me of the sea." }],
});

async function call(
  model: string,
  stream = false,
): Promise<{ status: number; text: string; headers: Headers; record: CallDetail }> {
  const response = await app.chat(body(model, stream));
  const text = await response.text();
  const record = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
  return { status: response.status, text, headers: response.headers, record };
}

const outcomes = (record: CallDetail): string[] => record.attempts.map(({ outcome }) => outcome);
const lastEvent = (text: string): string => text.trim().split("\n\n").at(-1) ?? "";

describe("before the first content, the next target is tried", () => {
  test.each(["rescued", "unreachable", "slow", "limited"])("%s", async (route) => {
    for (const stream of [false, true]) {
      const { status, headers, record } = await call(route, stream);
      expect(status).toBe(200);
      expect(headers.get("x-binnacle-target")).toBe("sim/sim-instant");
      expect(outcomes(record)).toEqual(["error", "ok"]);
      expect(record.attempts[0]?.error?.message.length).toBeGreaterThan(0);
      expect(record.considered).toHaveLength(2);
      expect(record.outcome).toBe("ok");
    }
  });

  test("a stream cut before it said anything is tried again elsewhere", async () => {
    const { record, text } = await call("sim/sim-instant?error=cut:1&fault_after_tokens=0", true);
    expect(outcomes(record)).toEqual(["error", "error"]);
    expect(record.outcome).toBe("failed");
    expect(JSON.parse(text).error.type).toBe("server_error");
  });
});

describe("when nothing helps, the caller is told in OpenAI's words", () => {
  test.each([
    ["hopeless", 503, "server_error"],
    ["closed/x", 502, "server_error"],
    ["silent/x", 504, "server_error"],
    ["sim/sim-instant?error=garbage:1", 502, "server_error"],
    ["sim/sim-instant?error=empty:1", 502, "server_error"],
    ["sim/sim-instant?error=malformed:1", 502, "server_error"],
    ["sim/sim-instant?error=refused:1", 502, "server_error"],
    ["sim/sim-instant?error=429:1", 429, "rate_limit_error"],
  ])("%s", async (model, status, type) => {
    const { status: got, text, record } = await call(model);
    expect(got).toBe(status);
    expect(JSON.parse(text).error).toMatchObject({ type, message: expect.stringMatching(/\S/) });
    expect(record).toMatchObject({ outcome: "failed", status });
    expect(record.cost.usd_micros).toBeNull();
  });

  test("a 429 says how long to wait, and a wait beyond the bound is not waited for here", async () => {
    const { headers, record } = await call("sim/sim-instant?error=429:1&retry_after_s=60");
    expect(headers.get("retry-after")).toBe("60");
    expect(record.attempts).toHaveLength(1);
  });

  test("a refusal by the vendor is not tried again and keeps the vendor's words", async () => {
    const { status, text, record } = await call("sim/sim-instant?nonsense=1");
    expect(status).toBe(400);
    expect(JSON.parse(text).error.message).toContain("nonsense");
    expect(record.attempts).toHaveLength(1);
  });
});

describe("after the first content, a broken stream never ends cleanly", () => {
  test.each([
    ["cut", "sim/sim-small?token_ms=1&error=cut:1"],
    ["malformed", "sim/sim-small?token_ms=1&error=malformed:1"],
    ["stall_mid", "stalling/sim-small"],
  ])("%s", async (_, model) => {
    const { status, text, record } = await call(model, true);
    expect(status).toBe(200);
    expect(text).not.toContain("[DONE]");
    const { error } = JSON.parse(lastEvent(text).slice("data: ".length));
    expect(error.type).toBe("server_error");
    expect(record.outcome).toBe("truncated");
    expect(outcomes(record)).toEqual(["truncated"]);
    expect(record.tokens).toMatchObject({ source: "estimated" });
    expect(record.tokens.output).toBeGreaterThan(0);
    expect(record.messages.at(-1)?.text.length).toBeGreaterThan(0);
  });
});

describe("when the caller hangs up, the vendor is let go and the call is settled", () => {
  async function settled(model: string): Promise<CallDetail> {
    const { id } = await untilFound(async () => (await app.client.calls.list({ limit: 1, model })).calls[0]);
    return app.client.calls.get({ id });
  }

  test.each([
    ["before the vendor answers", "sim/sim-instant?error=stall:1&seed=1", true, 0],
    ["before the vendor answers, without a stream", "sim/sim-instant?error=stall:1&seed=2", false, 0],
    ["in the middle of the stream", "sim/sim-small?tokens=2000&token_ms=5", true, 3],
  ])("%s", async (_, model, stream, chunks) => {
    const abort = new AbortController();
    const response = app.chat(body(model, stream), { signal: abort.signal });
    if (chunks === 0) await until(async () => (await app.client.status()).calls.in_flight === 1);
    else {
      const reader = (await response).body?.getReader();
      for (let read = 0; read < chunks; read += 1) await reader?.read();
    }
    abort.abort();
    await response.then((answer) => answer.text()).catch(() => undefined);
    const record = await settled(model);
    expect(record).toMatchObject({ outcome: "cancelled", error: { code: "gateway.caller_gone" } });
    expect((await app.client.status()).calls.in_flight).toBe(0);
  });
});
