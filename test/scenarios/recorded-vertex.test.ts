// Gemini and Claude on Vertex AI: a service account buys an access token (its signature is checked), recorded exchanges are
// given back at Vertex's addresses, and callers of either dialect see no difference.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { startTestApp, type TestApp } from "../support/app.ts";
import { type Exchange, hasCassettes, readExchanges } from "../support/cassettes.ts";

const isOk = ({ status }: Exchange): boolean => status === 200;
const isStream = ({ headers }: Exchange): boolean => headers["content-type"]?.startsWith("text/event-stream") ?? false;
const claude = readExchanges("anthropic", "/v1/messages").filter(isOk);
const gemini = [
  ...readExchanges("google", ":generateContent"),
  ...readExchanges("google", ":streamGenerateContent"),
].filter(isOk);

const EMAIL = "binnacle@project.iam.example";
const PLACE = "/v1/projects/p/locations/europe-west1/publishers";

let app: TestApp;
let answer: Exchange;
let asked: { path: string; authorization: string | null; body: string };
const bought: string[] = [];
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const body = await request.text();
    if (pathname === "/token") {
      bought.push(new URLSearchParams(body).get("assertion") ?? "");
      return Response.json({ access_token: "ya29.token", expires_in: 3600 });
    }
    asked = { path: pathname + search, authorization: request.headers.get("authorization"), body };
    return new Response(answer.body, { headers: { "content-type": answer.headers["content-type"] ?? "" } });
  },
});
const keys = await generateKeyPair("RS256", { extractable: true });

beforeAll(async () => {
  const account = {
    client_email: EMAIL,
    private_key: await exportPKCS8(keys.privateKey),
    token_uri: `${server.url.origin}/token`,
  };
  app = await startTestApp({
    config: `
providers:
  vendors:
    vertex:
      kind: vertex
      base_url: "${server.url.origin}/v1/projects/p/locations/europe-west1"
      service_account: "env:ACCOUNT"
gateway: { attempts_max: 1 }
`,
    env: { ACCOUNT: JSON.stringify(account) },
  });
});
afterAll(async () => {
  await app?.close();
  await server.stop(true);
});

async function send(path: string, body: object) {
  const response = await fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": app.key },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text(), callId: response.headers.get("x-binnacle-call-id") };
}

describe.skipIf(!hasCassettes)(`on Vertex (${claude.length} answers of Claude, ${gemini.length} of Gemini)`, () => {
  test("Claude answers at its own address, and the bytes pass through", async () => {
    for (const exchange of claude) {
      answer = exchange;
      const { model: _, ...request } = exchange.request;
      const { status, text } = await send("/v1/messages", { ...exchange.request, model: "vertex/claude-sonnet-4-5" });
      expect([exchange.name, status]).toEqual([exchange.name, 200]);
      expect(text).toBe(exchange.body);
      const action = request["stream"] === true ? "streamRawPredict" : "rawPredict";
      expect(asked.path).toBe(`${PLACE}/anthropic/models/claude-sonnet-4-5:${action}`);
      expect(JSON.parse(asked.body)).toEqual({ anthropic_version: "vertex-2023-10-16", ...request });
      expect(asked.authorization).toBe("Bearer ya29.token");
    }
  });

  test("Gemini answers in its own words, and the bytes pass through", async () => {
    for (const exchange of gemini) {
      answer = exchange;
      const action = isStream(exchange) ? "streamGenerateContent?alt=sse" : "generateContent";
      const path = `/v1beta/models/vertex%2Fgemini-2.5-flash:${action}`;
      const { status, text, callId } = await send(path, exchange.request);
      expect([exchange.name, status]).toEqual([exchange.name, 200]);
      expect(text).toBe(exchange.body);
      expect(asked.path).toBe(`${PLACE}/google/models/gemini-2.5-flash:${action}`);
      expect(JSON.parse(asked.body)).toEqual(exchange.request);
      const record = await app.client.calls.get({ id: callId ?? "" });
      expect([exchange.name, record.outcome]).toEqual([exchange.name, "ok"]);
    }
  });

  test("callers of chat-completions are answered by both", async () => {
    const messages = [{ role: "user", content: "Hello" }];
    for (const [model, recorded] of [
      ["vertex/claude-sonnet-4-5", claude],
      ["vertex/gemini-2.5-flash", gemini],
    ] as const)
      for (const stream of [false, true]) {
        const found = recorded.find((each) => isStream(each) === stream && each.body.includes('"text"'));
        if (!found) throw new Error("there is no such recording");
        answer = found;
        const { status, text } = await send("/v1/chat/completions", { model, messages, stream });
        expect([model, stream, status]).toEqual([model, stream, 200]);
        expect(text).toContain('"finish_reason":"');
      }
  });

  test("one access token was bought for all of them, with the service account's own signature", async () => {
    expect(bought).toHaveLength(1);
    const { payload } = await jwtVerify(bought[0] ?? "", keys.publicKey, { audience: `${server.url.origin}/token` });
    expect(payload).toMatchObject({ iss: EMAIL, scope: "https://www.googleapis.com/auth/cloud-platform" });
  });
});
