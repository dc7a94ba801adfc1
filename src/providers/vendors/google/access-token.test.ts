// Access tokens of Google Cloud, bought from servers on loopback.
import { afterAll, beforeEach, expect, test } from "bun:test";
import { exportPKCS8, generateKeyPair, jwtVerify } from "jose";
import { isAppError } from "../../../kernel/index.ts";
import { readServiceAccount, serviceAccountCredential, workloadIdentityCredential } from "./access-token.ts";

const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
const request = { method: "POST", url: "https://v.example", headers: {}, body: "" };
const asked: { body: string; headers: Headers }[] = [];
let answer = (): Response => Response.json({ access_token: `token-${asked.length}`, expires_in: 3600 });
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(received) {
    asked.push({ body: await received.text(), headers: received.headers });
    return answer();
  },
});
afterAll(() => server.stop(true));
beforeEach(() => void asked.splice(0));

const keyFile = JSON.stringify({
  client_email: "bot@example.iam.gserviceaccount.com",
  private_key: await exportPKCS8(privateKey),
  private_key_id: "k1",
  token_uri: server.url.href,
});
const clock = { nowMs: 1_790_000_000_000 };
const world = { nowMs: () => clock.nowMs, fetch: (url: string, init: RequestInit) => fetch(url, init) };
const account = () => serviceAccountCredential("file:/key.json", readServiceAccount("file:/key.json", keyFile), world);

test("a service account signs for its token, and calls at once wait for the same one", async () => {
  const credential = account();
  const shown = await Promise.all([credential.authorize(request), credential.authorize(request)]);
  expect(shown).toEqual([{ authorization: "Bearer token-1" }, { authorization: "Bearer token-1" }]);
  expect(asked).toHaveLength(1);
  const form = new URLSearchParams(asked[0]?.body);
  expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  const { payload, protectedHeader } = await jwtVerify(form.get("assertion") ?? "", publicKey, {
    audience: server.url.href,
    currentDate: new Date(clock.nowMs),
  });
  expect(protectedHeader).toEqual({ alg: "RS256", kid: "k1" });
  expect(payload).toMatchObject({
    iss: "bot@example.iam.gserviceaccount.com",
    scope: "https://www.googleapis.com/auth/cloud-platform",
    exp: clock.nowMs / 1000 + 3600,
  });
});

test("a token is used until shortly before its end, and then bought anew", async () => {
  const credential = account();
  await credential.authorize(request);
  clock.nowMs += 3_500_000;
  expect(await credential.authorize(request)).toEqual({ authorization: "Bearer token-1" });
  clock.nowMs += 50_000;
  expect(await credential.authorize(request)).toEqual({ authorization: "Bearer token-2" });
});

test("a machine in Google's cloud is given its token", async () => {
  expect(await workloadIdentityCredential(world, server.url.href).authorize(request)).toEqual({
    authorization: "Bearer token-1",
  });
  expect(asked[0]?.headers.get("metadata-flavor")).toBe("Google");
});

test("a refusal is told, and the next call tries again", async () => {
  const credential = account();
  const usual = answer;
  answer = () => new Response("invalid_grant", { status: 400 });
  const refused = await Promise.resolve(credential.authorize(request)).catch((error: unknown) => error);
  answer = usual;
  expect(isAppError(refused) && refused.code).toBe("providers.no_access_token");
  expect(String(refused)).toContain("invalid_grant");
  expect(await credential.authorize(request)).toEqual({ authorization: "Bearer token-2" });
});

test.each(["", "{}", '{"client_email":"a","private_key":"x"}'])("%p is no service account", (text) => {
  expect(() => readServiceAccount("file:/key.json", text)).toThrow("file:/key.json is not the key");
});
