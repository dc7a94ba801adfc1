// Realtime connections: with the official OpenAI SDK, and bare WebSockets for what it cannot do, against the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { OpenAIRealtimeWebSocket } from "openai/realtime/websocket";
import pino from "pino";
import type { World } from "../../src/kernel/index.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { openCaller } from "../support/callers/realtime-caller.ts";
import {
  FLOOD_FRAMES,
  floodFrame,
  realtimeUsage,
  type RealtimeVendor,
  serveRealtime,
} from "../support/vendors/realtime.ts";
import { until, untilFound } from "../support/until.ts";

let app: TestApp;
let vendor: RealtimeVendor;

interface Settings {
  slowTimeout?: string;
  grace?: string;
  limits?: string;
  world?: Partial<World>;
}

const start = ({ slowTimeout = "30s", grace = "10s", limits = "[]", world = {} }: Settings = {}) =>
  startTestApp({
    world,
    config: `
providers:
  vendors:
    acme: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
    other: { kind: openai-compatible, base_url: "${vendor.url}", api_key: "env:WRONG_KEY" }
    claude: { kind: anthropic, base_url: "${vendor.url}", api_key: "env:ACME_KEY" }
  prices:
    acme/talker: { input_usd_per_million: 1000, output_usd_per_million: 2000, cache_read_usd_per_million: 100 }
interfaces: { shutdown_grace: ${grace} }
governance: { limits: ${limits} }
gateway:
  routes: { talk: { targets: [other/talker, acme/talker] } }
  realtime: { slow_timeout: ${slowTimeout}, buffered_bytes_max: 64KiB }
`,
    env: { ACME_KEY: "sk-acme", WRONG_KEY: "sk-wrong" },
  });

beforeAll(async () => {
  vendor = serveRealtime();
  app = await start();
});
afterAll(async () => {
  await app?.close();
  await vendor?.close();
});

const lastVendor = () => {
  const connection = vendor.connections.at(-1);
  if (!connection) throw new Error("the vendor was not called");
  return connection;
};
const lastRecord = async () => {
  const { calls } = await app.client.calls.list({ limit: 1 });
  return app.client.calls.get({ id: calls[0]?.id ?? "" });
};
const inFlight = async (): Promise<number> => (await app.client.status({})).calls.in_flight;
const connect = ({ url, key }: Pick<TestApp, "url" | "key"> = app) =>
  openCaller(`${url}/v1/realtime?model=acme/talker`, { headers: { authorization: `Bearer ${key}` } });

/** The SDK insists on `wss:`; the part of a proxy that takes the encryption off is played by the constructor. */
function openSdk(model: string): OpenAIRealtimeWebSocket {
  const original = globalThis.WebSocket;
  const plain = function (url: string, protocols: string[]) {
    return new original(url.replace(/^wss/, "ws"), protocols);
  };
  globalThis.WebSocket = plain as unknown as typeof WebSocket; // It is called with `new`, and gives an object back.
  try {
    return new OpenAIRealtimeWebSocket({ model }, new OpenAI({ baseURL: `${app.url}/v1`, apiKey: app.key }));
  } finally {
    globalThis.WebSocket = original;
  }
}

describe("the OpenAI SDK", () => {
  test("talks through a route: session, items, text bit by bit, usage; and each response is on record", async () => {
    const text: string[] = [];
    const sdk = openSdk("talk");
    const done = Promise.withResolvers<unknown>();
    sdk.on("error", done.reject);
    sdk.on("response.output_text.delta", ({ delta }) => void text.push(delta));
    sdk.on("session.created", () =>
      sdk.send({ type: "session.update", session: { type: "realtime", instructions: "Be brief." } }),
    );
    sdk.on("session.updated", () => {
      sdk.send({ type: "input_audio_buffer.append", audio: "UklGRg==".repeat(1000) });
      sdk.send({ type: "input_audio_buffer.append", audio: "UklGRg==".repeat(1000) });
      sdk.send({ type: "response.create" });
    });
    sdk.on("response.done", ({ response }) => done.resolve(response.usage));
    const usage = await done.promise;
    // The record was there before the caller heard of it.
    const record = await lastRecord();
    sdk.close({ code: 4000, reason: "thanks" });
    expect(text.join("")).toBe("Ahoy, world.");
    expect(usage).toEqual(realtimeUsage);
    const { model, headers, closed } = lastVendor();
    expect([model, headers.get("authorization"), headers.get("sec-websocket-protocol")]).toEqual([
      "talker",
      "Bearer sk-acme",
      "realtime",
    ]);
    expect(await closed).toEqual({ code: 4000, reason: "thanks" });
    expect(record).toMatchObject({
      operation: "realtime",
      dialect: "openai-realtime",
      model: "talk",
      stream: true,
      route: { name: "talk", strategy: "order" },
      answer: { target: "acme/talker", response_id: "resp_1", finish_reason: "completed" },
      tokens: { input: 132, output: 121, cache_read: 64, source: "vendor" },
      cost: { usd_micros: 68_000 + 6_400 + 242_000 },
      outcome: "ok",
      status: 200,
    });
    expect(record.attempts.map(({ target, outcome }) => [target, outcome])).toEqual([
      ["other/talker", "error"],
      ["acme/talker", "ok"],
    ]);
    expect(record.session).toMatch(/^[0-9a-f-]{36}$/);
    expect(record.request_body?.text.split("\n").map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: "session.update", session: { type: "realtime", instructions: "Be brief." } },
      { type: "input_audio_buffer.append", events: 2 },
      { type: "response.create" },
    ]);
    expect(record.response_body?.text).toContain('"audio":"(800 characters of base64)"');
  });
});

describe("a connection", () => {
  test("carries bytes and pings both ways, and has a record for each response", async () => {
    const caller = await connect();
    expect(await caller.next("session.created")).toMatchObject({ session: { model: "talker" } });
    caller.send(Uint8Array.of(0, 1, 255));
    expect(await caller.nextBytes()).toEqual(Uint8Array.of(0, 1, 255));
    caller.socket.ping("are you there");
    const before = (await app.client.calls.list({ limit: 200 })).calls.length;
    for (const round of [1, 2]) {
      caller.send({ type: "response.create", response: { metadata: { round: String(round) } } });
      await caller.next("response.done");
    }
    expect((await app.client.calls.list({ limit: 200 })).calls).toHaveLength(before + 2);
    const { request_body: second } = await lastRecord();
    expect(second?.text).toBe('{"type":"response.create","response":{"metadata":{"round":"2"}}}');
    expect(lastVendor().pings).toContain("are you there");
    lastVendor().socket.ping("and you");
    await caller.pinged("and you");
    caller.socket.close();
    expect((await lastVendor().closed).code).toBe(1000);
  });

  test("tells the vendor which version of the protocol the caller speaks", async () => {
    const url = `${app.url}/v1/realtime?model=acme/talker`;
    const byHeader = await openCaller(url, {
      headers: { authorization: `Bearer ${app.key}`, "OpenAI-Beta": "realtime=v1" },
    });
    expect(lastVendor().headers.get("openai-beta")).toBe("realtime=v1");
    const byProtocol = await openCaller(url, {
      protocols: ["realtime", `openai-insecure-api-key.${app.key}`, "openai-beta.realtime-v1"],
    });
    expect(byProtocol.socket.protocol).toBe("realtime");
    expect(lastVendor().headers.get("openai-beta")).toBe("realtime=v1");
    expect(JSON.stringify([...lastVendor().headers])).not.toContain(app.key);
    byHeader.socket.close();
    byProtocol.socket.close();
  });

  test("records a response that failed, and one that was cancelled", async () => {
    const caller = await connect();
    caller.send({ type: "response.create", response: { instructions: "fail" } });
    await caller.next("response.done");
    expect(await lastRecord()).toMatchObject({
      outcome: "failed",
      status: 502,
      error: { code: "providers.vendor_failed" },
      cost: { usd_micros: null },
    });
    caller.send({ type: "response.create", response: { instructions: "hang" } });
    await caller.next("response.created");
    caller.send({ type: "response.cancel" });
    await caller.next("response.done");
    expect(await lastRecord()).toMatchObject({ outcome: "cancelled", answer: { finish_reason: "client_cancelled" } });
    caller.socket.close();
  });
});

describe("a connection that ends", () => {
  test("because the vendor left in the middle of a response: an error event, its close code, and a truncated record", async () => {
    const caller = await connect();
    caller.send({ type: "response.create", response: { instructions: "break off" } });
    expect(await caller.next("error")).toMatchObject({
      type: "error",
      event_id: expect.stringMatching(/^event_/),
      error: { type: "server_error", code: "providers.vendor_cut" },
    });
    expect(await caller.closed).toEqual({ code: 1011, reason: "the vendor fell over" });
    expect(await lastRecord()).toMatchObject({
      outcome: "truncated",
      error: { code: "providers.vendor_cut" },
      attempts: [{ outcome: "truncated" }],
    });
  });

  test("because the vendor closed in order: just so, without an error", async () => {
    const caller = await connect();
    await caller.next("session.created");
    lastVendor().socket.close(1000, "that was all");
    expect(await caller.closed).toEqual({ code: 1000, reason: "that was all" });
    expect(caller.events().some(({ type }) => type === "error")).toBe(false);
  });

  test("because the caller left in the middle of a response: the vendor hears it, and the record says cancelled", async () => {
    const caller = await connect();
    caller.send({ type: "response.create", response: { instructions: "hang" } });
    await caller.next("response.output_text.delta");
    caller.socket.terminate();
    expect((await lastVendor().closed).code).toBe(1001);
    expect(await lastRecord()).toMatchObject({
      outcome: "cancelled",
      status: 499,
      error: { code: "gateway.caller_gone" },
    });
  });

  test("before it began, because the caller did not wait: the vendor is let go", async () => {
    const impatient = new WebSocket(`${app.url.replace("http", "ws")}/v1/realtime?model=acme/late`, {
      headers: { authorization: `Bearer ${app.key}` },
    } as unknown as string[]); // The browser's declarations hide Bun's.
    await vendor.lateAsked;
    const isClosed = new Promise((resolve) => impatient.addEventListener("close", resolve));
    impatient.close();
    await isClosed;
    const before = vendor.connections.length;
    vendor.letIn();
    await until(() => vendor.connections.length > before);
    expect((await lastVendor().closed).code).toBe(1001);
    await until(async () => (await inFlight()) === 0);
  });

  test("gives its place back", async () => {
    // Those of the tests before may be on their way out.
    await until(async () => (await inFlight()) === 0);
    const caller = await connect();
    expect(await inFlight()).toBe(1);
    caller.socket.close();
    await lastVendor().closed;
    expect(await inFlight()).toBe(0);
  });
});

describe("a caller who reads slowly", () => {
  test("slows the vendor, and gets all of it in the end", async () => {
    const caller = await connect();
    await caller.next("session.created");
    caller.send({ type: "response.create", response: { instructions: "flood" } });
    await caller.next("response.output_audio.delta");
    caller.socket.pause();
    await Bun.sleep(100);
    caller.socket.resume();
    await caller.until(() => caller.frames.filter((frame) => frame === floodFrame).length === FLOOD_FRAMES);
    caller.socket.close();
  });

  test("and takes nothing at all is cut off, and the vendor goes free", async () => {
    const strict = await start({ slowTimeout: "200ms" });
    const caller = await connect(strict);
    await caller.next("session.created");
    caller.send({ type: "response.create", response: { instructions: "flood" } });
    await caller.next("response.output_audio.delta");
    caller.socket.pause();
    await lastVendor().closed;
    const { calls } = await strict.client.calls.list({ limit: 1 });
    expect(calls[0]).toMatchObject({ outcome: "truncated", error: { code: "gateway.caller_too_slow" } });
    caller.socket.resume();
    expect(await caller.closed).toEqual({ code: 1013, reason: "gateway.caller_too_slow" });
    await strict.close();
  });
});

test("a limit of the vendor holds for as long as a connection lasts", async () => {
  const narrow = await start({ limits: "[{ of: vendor, name: acme, calls_in_flight: 1 }]" });
  const first = await connect(narrow);
  await first.next("session.created");
  const refused = await fetch(`${narrow.url}/v1/realtime?model=acme/talker`, {
    headers: { connection: "upgrade", upgrade: "websocket", authorization: `Bearer ${narrow.key}` },
  });
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain("The vendor acme has reached its limit of 1 calls in flight");
  first.socket.close();
  await first.closed;
  await lastVendor().closed;
  const second = await untilFound(() => connect(narrow).catch(() => undefined));
  second.socket.close();
  await narrow.close();
});

describe("a refusal before the upgrade", () => {
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}/v1/realtime${query}`, {
      headers: { connection: "upgrade", upgrade: "websocket", authorization: `Bearer ${app.key}`, ...headers },
    });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return { status: response.status, ...error };
  };

  test("is an HTTP error in OpenAI's form", async () => {
    expect(await ask("?model=acme/talker", { authorization: "" })).toMatchObject({
      status: 401,
      code: "invalid_api_key",
    });
    expect(await ask("?model=acme/talker", { authorization: "Bearer bk_wrong" })).toMatchObject({ status: 401 });
    expect(await ask("?model=tolk")).toMatchObject({ status: 404, code: "model_not_found" });
    expect((await ask("?model=tolk")).message).toContain("Did you mean talk");
    expect(await ask("?model=claude/claude-sonnet-4-5")).toMatchObject({ status: 400, code: "providers.not_offered" });
    expect(await ask("?model=sim/sim-small")).toMatchObject({ status: 400, code: "providers.not_offered" });
    expect(await ask("")).toMatchObject({ status: 400, code: "interfaces.no_realtime_model" });
    expect(await ask("?model=acme/no-such")).toMatchObject({ status: 404, code: "providers.vendor_refused" });
    expect(await ask("?model=other/talker")).toMatchObject({ status: 502, code: "providers.vendor_denied" });
    const plain = await fetch(`${app.url}/v1/realtime?model=acme/talker`, {
      headers: { authorization: `Bearer ${app.key}` },
    });
    expect(plain.status).toBe(426);
  });

  test("is on record, with the tries that failed", async () => {
    await ask("?model=other/talker");
    expect(await lastRecord()).toMatchObject({
      operation: "realtime",
      outcome: "failed",
      status: 502,
      attempts: [{ target: "other/talker", status: 401, outcome: "error" }],
    });
    await ask("?model=tolk");
    expect(await lastRecord()).toMatchObject({ outcome: "refused", status: 404, attempts: [] });
  });
});

test("A program that stops waits for the response that is under way, and then closes the connection", async () => {
  const other = await start();
  const caller = await connect(other);
  caller.send({ type: "response.create", response: { instructions: "hang" } });
  await caller.next("response.output_text.delta");
  const stopped = other.close();
  caller.send({ type: "response.cancel" });
  await caller.next("response.done");
  expect(await caller.closed).toEqual({ code: 1012, reason: "gateway.stopping" });
  await stopped;
});

test("A program that may wait no longer cuts the connection, and puts the response on record while it can", async () => {
  const unwritten: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void unwritten.push(line) });
  const other = await start({ grace: "50ms", world: { log } });
  const caller = await connect(other);
  caller.send({ type: "response.create", response: { instructions: "hang" } });
  await caller.next("response.output_text.delta");
  await other.close();
  expect((await lastVendor().closed).code).toBe(1001);
  expect(unwritten).toEqual([]);
});
