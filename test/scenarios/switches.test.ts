// Kill switches, in the whole program: what is switched off is refused and ended, and goes on when it is on again.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { ThrowSwitch } from "../../src/governance/contract.ts";
import { type TestApp, startTestApp } from "../support/app.ts";
import { SHARED_ENV, startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { until } from "../support/until.ts";

const CONFIG = `
gateway:
  cache: { enabled: true }
  routes:
    both: { targets: [sim/sim-instant, sim/sim-small] }
    long: { targets: ["sim/sim-instant"] }
`;
const BODY = { model: "sim/sim-instant", messages: [{ role: "user", content: "Ahoy" }] };
const LONG = {
  ...BODY,
  model: "sim/sim-small?token_ms=50&tokens=2000",
  stream: true,
  messages: [{ role: "user", content: "Tell me everything." }],
};

let app: TestApp;
let thrown: string[] = [];
const clock = { aheadMs: 0 };
beforeAll(async () => {
  app = await startTestApp({ config: CONFIG, world: { nowMs: () => Date.now() + clock.aheadMs } });
});
afterEach(async () => {
  for (const id of thrown.splice(0)) await app.client.switches.lift({ id });
});
afterAll(() => app.close());

async function throwSwitch(wish: Partial<ThrowSwitch> & Pick<ThrowSwitch, "kind">): Promise<string> {
  const { id } = await app.client.switches.throw({ reason: "a drill", ...wish });
  thrown.push(id);
  return id;
}

async function told(response: Response): Promise<{ status: number; message: string }> {
  const { error } = (await response.json()) as { error?: { message: string } };
  return { status: response.status, message: error?.message ?? "" };
}

describe("what is switched off", () => {
  test.each([
    ["the installation", { kind: "installation" }, 503],
    ["an organisation", { kind: "organisation", name: "default" }, 403],
    ["a team", { kind: "team", name: "co*" }, 403],
    ["a project", { kind: "project", name: "web" }, 403],
    ["a user", { kind: "user", name: "ada" }, 403],
    ["a key by its name", { kind: "key", name: "of ada" }, 403],
    ["a model as it is asked for", { kind: "model", name: "sim/sim-inst*" }, 403],
    ["a vendor", { kind: "vendor", name: "sim" }, 403],
    ["an agent", { kind: "agent", name: "crawler" }, 403],
    ["a tool that is offered", { kind: "tool", name: "delete_*" }, 403],
  ] as const)("%s is refused, with who, why and since when", async (_, off, status) => {
    const key = await app.client.keys.create({ name: "of ada", user: "ada", team: "core", project: "web" });
    const tools = [{ type: "function", function: { name: "delete_all", parameters: { type: "object" } } }];
    const call = () => app.chat({ ...BODY, tools }, { key: key.secret, headers: { "x-binnacle-agent": "crawler" } });
    expect((await call()).status).toBe(200);
    const id = await throwSwitch(off);
    const refused = await told(await call());
    expect(refused.status).toBe(status);
    for (const word of [off.kind, "a drill", id, "since 20"]) expect(refused.message).toContain(word);
    await app.client.switches.lift({ id: thrown.pop() ?? "" });
    expect((await call()).status).toBe(200);
  });

  test("is refused by name alone: others go on", async () => {
    await throwSwitch({ kind: "team", name: "core" });
    expect((await app.chat(BODY)).status).toBe(200);
    await throwSwitch({ kind: "route", name: "long" });
    expect((await told(await app.chat({ ...BODY, model: "long" }))).status).toBe(403);
    expect((await app.chat(BODY)).status).toBe(200);
  });

  test("as a target, is passed over where its route has another", async () => {
    await throwSwitch({ kind: "model", name: "sim/sim-instant" });
    const response = await app.chat({ ...BODY, model: "both" });
    expect(response.status).toBe(200);
    const id = response.headers.get("x-binnacle-call-id") ?? "";
    const record = await app.client.calls.get({ id });
    expect(record.answer?.target).toBe("sim/sim-small");
    expect(record.considered[0]).toMatchObject({ chosen: false, reason: expect.stringContaining("switched off") });
  });

  test("is on again when its time is over", async () => {
    const { id } = await app.client.switches.throw({
      kind: "vendor",
      name: "sim",
      reason: "short",
      ends_at_ms: Date.now() + 5_000,
    });
    expect((await app.chat(BODY)).status).toBe(403);
    clock.aheadMs = 60_000;
    expect((await app.chat(BODY)).status).toBe(200);
    // The list goes by PostgreSQL's clock, which is nobody's to set.
    await until(async () => (await app.client.switches.list({})).switches.length === 0);
    clock.aheadMs = 0;
    expect((await app.client.switches.list({ state: "all" })).switches.map((each) => each.id)).toContain(id);
  });
});

/** Reads a stream until it ends; `begun` resolves with its first bytes. */
function readStream(response: Response) {
  const begun = Promise.withResolvers<void>();
  const read = async (): Promise<string> => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      begun.resolve();
    }
    return text;
  };
  return { begun: begun.promise, all: read() };
}

describe("a call under way", () => {
  test("ends with the dialect's error event, and the record says why", async () => {
    const response = await app.chat(LONG);
    const { begun, all } = readStream(response);
    await begun;
    const id = await throwSwitch({ kind: "installation" });
    const text = await all;
    const last = text.trim().split("\n\n").at(-1) ?? "";
    expect(last).toContain("switched off");
    expect(last).toContain(id);
    expect(text).not.toContain("[DONE]");
    const callId = response.headers.get("x-binnacle-call-id") ?? "";
    const record = await app.client.calls.get({ id: callId });
    expect(record).toMatchObject({
      outcome: "truncated",
      error: { code: "governance.switched_off", message: expect.stringContaining(id) },
    });
    await until(async () => (await app.client.status()).calls.in_flight === 0);
  });

  test("ends too where it is given the answer of another call", async () => {
    const own = await app.client.keys.create({ name: "joins" });
    const first = readStream(await app.chat(LONG));
    await first.begun;
    const second = readStream(await app.chat(LONG, { key: own.secret }));
    await second.begun;
    await throwSwitch({ kind: "model", name: LONG.model });
    expect(await first.all).toContain("switched off");
    expect(await second.all).toMatch(/switched off|broke off/);
  });

  test("that waits for its whole answer is refused", async () => {
    const waiting = app.chat({ ...LONG, stream: false });
    await until(async () => (await app.client.status()).calls.in_flight === 1);
    await throwSwitch({ kind: "vendor", name: "sim" });
    expect(await told(await waiting)).toMatchObject({ status: 403, message: expect.stringContaining("switched off") });
  });
});

describe("a switch", () => {
  test.each([
    ["without a reason", { kind: "installation" }, "reason"],
    ["of a kind that there is not", { kind: "planet", name: "x", reason: "y" }, "kind"],
    ["that ends in the past", { kind: "vendor", name: "x", reason: "y", ends_at_ms: 1 }, "end before"],
    ["of a part of the installation", { kind: "installation", name: "x", reason: "y" }, "no name"],
  ])("%s is not thrown", async (_, wish, words) => {
    const response = await fetch(`${app.url}/api/v1/switches`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
      body: JSON.stringify(wish),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  test("is lifted once", async () => {
    const id = await throwSwitch({ kind: "vendor", name: "other" });
    thrown = [];
    await app.client.switches.lift({ id });
    await expect(app.client.switches.lift({ id })).rejects.toMatchObject({ status: 404 });
  });

  test("is thrown by an admin alone", async () => {
    const key = await app.client.keys.create({ name: "caller", scopes: ["call", "read"] });
    const response = await fetch(`${app.url}/api/v1/switches`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ kind: "installation", reason: "mischief" }),
    });
    expect(response.status).toBe(403);
  });
});

describe("other processes", () => {
  let two: TwoApps | undefined;
  afterAll(() => two?.close());

  test("end their streams, and know it after a restart", async () => {
    two = await startTwoApps(CONFIG);
    const [first, second] = two.apps;
    const stream = readStream(await second.chat(LONG, { key: first.key }));
    await stream.begun;
    const { id } = await first.client.switches.throw({ kind: "installation", reason: "a drill" });
    expect(await stream.all).toContain(id);
    const third = await startTestApp({ config: CONFIG, database: two.database, env: SHARED_ENV });
    expect((await told(await third.chat(BODY, { key: first.key }))).status).toBe(503);
    await first.client.switches.lift({ id });
    await until(async () => (await third.chat(BODY, { key: first.key })).status === 200);
    await third.close();
  });
});
