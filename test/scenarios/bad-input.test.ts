// What callers get wrong, and what they are told: what, where, and how to mend it.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    config: "interfaces: { body_bytes_max: 1MiB }\ngateway: { routes: { fast: { targets: [sim/sim-instant] } } }",
  });
});
afterAll(() => app.close());

const GOOD = { model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] };

async function told(
  response: Response,
): Promise<{ status: number; message: string; code: string | null; type: string; param: string | null }> {
  const { error } = (await response.json()) as {
    error: { message: string; code: string | null; type: string; param: string | null };
  };
  return { status: response.status, ...error };
}

describe("a bad request", () => {
  test.each([
    ["malformed JSON", '{"model": "sim/sim-instant", ', 400, "not JSON"],
    ["an empty body", "", 400, "it is empty"],
    ["a list", "[]", 400, "JSON object"],
    ["no model", { messages: GOOD.messages }, 400, "model"],
    ["a model of the wrong type", { ...GOOD, model: 5 }, 400, "model"],
    ["no messages", { model: GOOD.model }, 400, "messages"],
    ["messages of the wrong type", { ...GOOD, messages: "hi" }, 400, "messages"],
    ["a message without a role", { ...GOOD, messages: [{ content: "hi" }] }, 400, "messages.0.role"],
    ["stream of the wrong type", { ...GOOD, stream: "yes" }, 400, "stream"],
    ["a negative max_tokens", { ...GOOD, max_tokens: -1 }, 400, "max_tokens"],
    ["an unknown model", { ...GOOD, model: "sim/sim-instnat" }, 404, "Did you mean sim/sim-instant"],
    ["an unknown route", { ...GOOD, model: "fats" }, 404, "Did you mean fast"],
    ["a model's name as long as a book", { ...GOOD, model: "a".repeat(300_000) }, 400, "300000 characters"],
    ["an unknown vendor", { ...GOOD, model: "nobody/x" }, 404, "no route or model"],
  ])("%s is refused with %#", async (_, body, status, words) => {
    const answer = await told(await app.chat(body));
    expect(answer.status).toBe(status);
    expect(answer.message).toContain(words);
    expect(answer.type).toBe("invalid_request_error");
  });

  test("a body over the bound is refused, with its length stated or not", async () => {
    const long = JSON.stringify({ ...GOOD, messages: [{ role: "user", content: "x".repeat(2 * 1024 * 1024) }] });
    expect(await told(await app.chat(long))).toMatchObject({
      status: 413,
      message: expect.stringContaining("1048576 bytes"),
    });
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let from = 0; from < long.length; from += 65_536)
          controller.enqueue(Buffer.from(long.slice(from, from + 65_536)));
        controller.close();
      },
    });
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: "POST",
      body: pieces,
      headers: { authorization: `Bearer ${app.key}` },
    });
    expect(await told(response)).toMatchObject({ status: 413 });
  });

  test("fifty megabytes are refused and do not stay in memory", async () => {
    const before = process.memoryUsage.rss();
    const response = await app
      .chat(`{"model":"sim/sim-instant","messages":[{"role":"user","content":"${"x".repeat(50 * 1024 * 1024)}"}]}`)
      .catch(() => undefined);
    // The server may close the connection before all has been sent; then the client sees that in place of the answer.
    if (response) expect(response.status).toBe(413);
    await until(() => {
      Bun.gc(true);
      return process.memoryUsage.rss() - before < 200 * 1024 * 1024;
    });
    expect((await app.chat(GOOD)).status).toBe(200);
  });

  test("the control plane's bodies have a bound too", async () => {
    const response = await fetch(`${app.url}/api/v1/keys`, {
      method: "POST",
      body: JSON.stringify({ name: "x".repeat(2 * 1024 * 1024) }),
      headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json" },
    });
    expect(response.status).toBe(413);
    await expect(app.client.keys.create({ name: "" })).rejects.toMatchObject({ status: 400 });
  });

  test("headers beyond all measure are refused", async () => {
    const response = await fetch(`${app.url}/v1/models`, { headers: { "x-long": "x".repeat(100_000) } }).catch(
      () => undefined,
    );
    if (response) expect(response.status).toBe(431);
    expect((await app.chat(GOOD)).status).toBe(200);
  });

  test("bytes that are not HTTP get no answer and do no harm", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(app.url).port), "127.0.0.1", () =>
        socket.write("\u0000\u0001 nonsense\r\n\r\n"),
      );
      socket
        .on("close", () => resolve())
        .on("error", () => resolve())
        .resume();
    });
    expect((await app.chat(GOOD)).status).toBe(200);
  });

  test("an unknown path says where things are", async () => {
    const answer = await told(await fetch(`${app.url}/v2/nothing`));
    expect(answer).toMatchObject({ status: 404, message: expect.stringContaining("/v1") });
  });
});

describe("without the right key", () => {
  test.each([
    ["none", "", 401],
    ["a wrong one", "bk_wrong", 401],
  ])("%s is refused", async (_, key, status) => {
    const response = await fetch(`${app.url}/v1/chat/completions`, {
      method: "POST",
      body: JSON.stringify(GOOD),
      headers: key ? { authorization: `Bearer ${key}` } : {},
    });
    expect(await told(response)).toMatchObject({ status, code: "invalid_api_key" });
  });

  test("a revoked one is refused at once", async () => {
    const key = await app.client.keys.create({ name: "soon gone" });
    expect((await app.chat(GOOD, { key: key.secret })).status).toBe(200);
    await app.client.keys.revoke({ id: key.id });
    expect(await told(await app.chat(GOOD, { key: key.secret }))).toMatchObject({
      status: 401,
      message: expect.stringContaining("revoked"),
    });
  });

  test.each([
    ["GET", "/api/v1/calls/live"],
    ["GET", "/v1/models"],
    ["GET", "/v1/models/x"],
    ["GET", "/metrics"],
    ["GET", "/scim/v2/Users"],
    ["POST", "/scim/v2/Groups"],
    ["GET", "/scim/v2/ServiceProviderConfig"],
  ])("%s %s opens to nobody", async (method, path) => {
    expect((await fetch(app.url + path, { method })).status).toBe(401);
  });

  test("no route of the contract opens to nobody", async () => {
    const document = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path.replaceAll(/\{[^}]*\}/g, "x")] as const),
    );
    expect(routes.length).toBeGreaterThan(60);
    for (const [method, path] of routes) {
      const { status } = await fetch(`${app.url}/api/v1${path}`, { method });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  });

  test("a key that may only call reads nothing and makes no keys", async () => {
    const caller = await app.client.keys.create({ name: "caller", scopes: ["call"] });
    const headers = { authorization: `Bearer ${caller.secret}` };
    for (const path of ["/api/v1/status", "/api/v1/keys", "/metrics"])
      expect((await fetch(app.url + path, { headers })).status).toBe(403);
    const reader = await app.client.keys.create({ name: "reader", scopes: ["read"] });
    expect((await app.chat(GOOD, { key: reader.secret })).status).toBe(403);
    const asReader = { authorization: `Bearer ${reader.secret}`, "content-type": "application/json" };
    const made = await fetch(`${app.url}/api/v1/keys`, { method: "POST", headers: asReader, body: '{"name":"x"}' });
    expect(made.status).toBe(403);
  });
});

describe("the console's session", () => {
  const signIn = (key: string) =>
    fetch(`${app.url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ key }),
      headers: { "content-type": "application/json" },
    });

  test("opens the control plane from its own pages only, and ends", async () => {
    const response = await signIn(app.key);
    expect(response.status).toBe(204);
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Strict");
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    expect((await fetch(`${app.url}/api/v1/status`, { headers })).status).toBe(200);
    expect(
      (await fetch(`${app.url}/api/v1/status`, { headers: { ...headers, "sec-fetch-site": "cross-site" } })).status,
    ).toBe(403);
    const body = JSON.stringify({ model: "sim/sim-small", messages: [{ role: "user", content: "Hello?" }] });
    const call = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
    expect((await fetch(`${app.url}/v1/chat/completions`, call)).status).toBe(403);
    const out = await fetch(`${app.url}/api/session`, { method: "DELETE", headers });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
  });

  test("a wrong key gets words and a fix", async () => {
    const response = await signIn("bk_wrong");
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: "governance.key_invalid",
      fix: expect.stringContaining("keys create"),
    });
  });
});
