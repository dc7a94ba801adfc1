// Kill switches where calls last long or nobody waits: Realtime, background responses, budgets that are held; and while the
// database is away.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { startTestApp, type TestApp } from "../support/app.ts";
import { openCaller } from "../support/callers/realtime-caller.ts";
import { until } from "../support/until.ts";
import { type RealtimeVendor, serveRealtime } from "../support/vendors/realtime.ts";

const SLOW = "sim/sim-small?token_ms=50&tokens=2000";
const BODY = { model: "sim/sim-instant", messages: [{ role: "user", content: "Ahoy" }] };

let app: TestApp;
let vendor: RealtimeVendor;
beforeAll(async () => {
  vendor = serveRealtime();
  app = await startTestApp({
    env: { ACME_KEY: "sk-acme" },
    config: `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
  sim: { price: { input_usd_per_million: 1000, output_usd_per_million: 1000 } }
governance: { budgets: [{ of: team, usd: 5 }] }
`,
  });
});
afterAll(async () => {
  await app.close();
  await vendor.close();
});

async function switchedOff<T>(
  kind: "installation" | "vendor" | "team",
  name: string,
  during: () => Promise<T>,
): Promise<T> {
  const { id } = await app.client.switches.throw({ kind, name, reason: "a drill" });
  try {
    return await during();
  } finally {
    await app.client.switches.lift({ id });
  }
}

const post = (path: string, body: object, key = app.key) =>
  fetch(app.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("what is switched off", () => {
  test("ends Realtime connections with the reason, on both sides, and lets none begin", async () => {
    const connect = () =>
      openCaller(`${app.url}/v1/realtime?model=acme/talker`, { headers: { authorization: `Bearer ${app.key}` } });
    const caller = await connect();
    await caller.next("session.created");
    await switchedOff("vendor", "acme", async () => {
      expect(await caller.next("error")).toMatchObject({
        error: { message: expect.stringContaining("switched off") },
      });
      expect(await caller.closed).toMatchObject({ code: 1008 });
      expect(await vendor.connections.at(-1)?.closed).toMatchObject({ code: 1000 });
      await expect(connect()).rejects.toThrow();
    });
    const again = await connect();
    again.socket.close();
  });

  test("ends responses that are worked out in the background", async () => {
    const begun = (await (await post("/v1/responses", { model: SLOW, input: "Ahoy", background: true })).json()) as {
      id: string;
    };
    const look = async (): Promise<string> => {
      const headers = { authorization: `Bearer ${app.key}` };
      return (await fetch(`${app.url}/v1/responses/${begun.id}`, { headers })).text();
    };
    await until(async () => (await app.client.status()).calls.in_flight === 1);
    await switchedOff("installation", "*", async () => {
      await until(async () => (await app.client.status()).calls.in_flight === 0);
      await until(async () => (await look()).includes("switched off"));
    });
  });

  test("gives back what its calls held of a budget", async () => {
    const { secret } = await app.client.keys.create({ name: "team key", team: "core" });
    const response = await post(
      "/v1/chat/completions",
      { ...BODY, model: SLOW, stream: true, max_tokens: 2000 },
      secret,
    );
    const reader = response.body?.getReader();
    await reader?.read();
    await switchedOff("team", "core", async () => {
      for (let isDone = false; !isDone;) isDone = (await reader?.read())?.done ?? true;
      const record = await app.client.calls.get({ id: response.headers.get("x-binnacle-call-id") ?? "" });
      expect(record).toMatchObject({ outcome: "truncated", error: { code: "governance.switched_off" } });
      expect(record.cost.usd_micros).toBeGreaterThan(0);
      expect(record.cost.usd_micros).toBeLessThan(2_000_000);
      await until(async () => {
        const budget = (await app.client.budgets({})).budgets.find(({ whose }) => whose.includes("core"));
        return budget?.spent === record.cost.usd_micros;
      });
    });
    expect((await post("/v1/chat/completions", { ...BODY, max_tokens: 10 }, secret)).status).toBe(200);
  });
});

describe("while PostgreSQL is away", () => {
  test("what was thrown before holds", async () => {
    const alone = await startTestApp({ ownDatabase: true });
    await alone.client.switches.throw({ kind: "model", name: "sim/sim-instant", reason: "a drill" });
    const postmaster = Number(readFileSync(`${alone.home}/postgres/postmaster.pid`, "utf8").split("\n")[0]);
    process.kill(postmaster, "SIGKILL");
    for (let tries = 0; tries < 10; tries += 1) expect((await alone.chat(BODY)).status).toBe(403);
    expect((await alone.chat({ ...BODY, model: "sim/sim-small?tokens=1" })).status).toBe(200);
    await until(async () => (await alone.client.status()).database.available);
    expect((await alone.chat(BODY)).status).toBe(403);
    await alone.close();
  });
});
