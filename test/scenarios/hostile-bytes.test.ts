// Bodies that are small to send and large to bear: nested a thousand levels deep, or packed a thousandfold; and what every
// answer tells a browser.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.close());

const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const deepObject = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const response = await fetch(app.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${app.key}`, "content-type": "application/json", ...headers },
    body,
  });
  return [response.status, await response.text()];
}

describe("a body that nests too deep", () => {
  const chat = (content: string): string =>
    `{"model":"sim/sim-small","messages":[{"role":"user","content":${content}}]}`;
  const PLACES: [string, (nested: string) => string][] = [
    ["/v1/chat/completions", chat],
    ["/v1/messages", chat],
    ["/v1/responses", (nested) => `{"model":"sim/sim-small","input":${nested}}`],
    ["/v1/embeddings", (nested) => `{"model":"sim/sim-embedding","input":${nested}}`],
    ["/api/show", (nested) => `{"model":${nested}}`],
    ["/api/v1/keys", (nested) => `{"name":${nested}}`],
    ["/api/v1/apply", (nested) => `{"state":{"teams":${nested}}}`],
    ["/scim/v2/Users", (nested) => `{"userName":"x","name":${nested}}`],
  ];

  test.each(PLACES)("is refused in words by %s", async (path, bodyOf) => {
    for (const nested of [deep(1000), deepObject(1000), deep(100_000)]) {
      const [status, text] = await post(path, bodyOf(nested));
      expect(status).toBe(400);
      expect(text).toContain("levels deep");
    }
  });

  test("is no defect where it is telemetry, or a body that is passed on", async () => {
    for (const nested of [deep(1000), deep(100_000)]) {
      const [status] = await post("/v1/traces", `{"resourceSpans":${nested}}`);
      expect(status).toBeLessThan(500);
    }
    expect((await app.chat(chat('"hello"'))).status).toBe(200);
  });

  test("is served up to what anybody needs", async () => {
    const schema = (levels: number): object =>
      levels === 0 ? {} : { type: "object", properties: { a: schema(levels - 1) } };
    const tools = [{ type: "function", function: { name: "f", parameters: schema(40) } }];
    const answer = await app.chat({ model: "sim/sim-small", messages: [{ role: "user", content: "hi" }], tools });
    expect(answer.status).toBe(200);
  });
});

describe("a body that unpacks to a thousand times its size", () => {
  test("is refused where bodies may be packed, and is bytes where they may not", async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    for (const path of ["/v1/traces", "/v1/chat/completions", "/api/v1/keys", "/scim/v2/Users"]) {
      const response = await fetch(app.url + path, {
        method: "POST",
        headers: {
          authorization: `Bearer ${app.key}`,
          "content-type": "application/json",
          "content-encoding": "gzip",
        },
        body: bomb,
      });
      expect([400, 413]).toContain(response.status);
      await response.text();
    }
    expect(process.memoryUsage.rss()).toBeLessThan(3 * 1024 ** 3);
  });
});

test.each([
  "/",
  "/healthz",
  "/metrics",
  "/nothing",
  "/v1/models",
  "/api/v1/status",
  "/api/docs",
  "/api/openapi.json",
  "/scim/v2/Users",
])("what is at %s is neither guessed at nor framed", async (path) => {
  const { headers } = await fetch(app.url + path, { headers: { authorization: `Bearer ${app.key}` } });
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test("answers of the whole control plane are neither guessed at nor framed, whoever asks, refusals included", async () => {
  const { paths } = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: Record<string, object> };
  const asked = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method, path]),
  );
  expect(asked.length).toBeGreaterThan(60);
  for (const [method = "", path = ""] of asked) {
    const url = `${app.url}/api/v1${path.replaceAll(/\{[^}]*\}/g, "none")}`;
    const { status, headers } = await fetch(url, { method: method.toUpperCase() });
    expect([path, status, headers.get("x-content-type-options")]).toEqual([path, 401, "nosniff"]);
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("server") ?? headers.get("x-powered-by")).toBeNull();
  }
});

test("answers of models, streams, refusals and pages for people are not guessed at either", async () => {
  const question = { model: "sim/sim-small", messages: [{ role: "user", content: "hi" }] };
  const answers = [
    await app.chat(question),
    await app.chat({ ...question, stream: true }),
    await app.chat("{"),
    await app.chat(question, { key: "bk_wrong" }),
    ...(await Promise.all(
      [
        "/v1/realtime",
        "/v1/files",
        "/v1/batches",
        "/api/sign-in",
        "/api/tags",
        "/audit/tlog/checkpoint",
        "/approvals/links/x",
      ].map((path) => fetch(app.url + path)),
    )),
    await fetch(`${app.url}/v1/traces`, { method: "POST", body: "?" }),
    await fetch(`${app.url}/v1/chat/completions`, { method: "OPTIONS" }),
  ];
  for (const answer of answers) {
    const { url, status, headers } = answer;
    expect([url, status, headers.get("x-content-type-options")]).toEqual([url, status, "nosniff"]);
    // No page of another site may read any of it.
    expect(headers.get("access-control-allow-origin")).toBeNull();
    await answer.text();
  }
});
