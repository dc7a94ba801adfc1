// Programs that come with tokens, and keys that are bound to addresses, over the whole program.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startIssuer, type TestIssuer } from "../../src/identity/jwt/issuer.fixture.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

const CALL = { model: "sim/sim-small", messages: [{ role: "user", content: "hi" }] };

let issuer: TestIssuer;
let app: TestApp;

beforeAll(async () => {
  issuer = await startIssuer();
  app = await startTestApp({
    config: `
network: { allow_private: ["127.0.0.1"] }
governance: { changes_interval: 50ms }
interfaces: { trusted_proxies: ["127.0.0.1"] }
identity:
  jwt:
    issuers:
      - name: ci
        issuer: "${issuer.url}"
        audiences: [binnacle]
        allow_http: true
        grants:
          - { when: { sub: "deploy*" }, roles: [developer], team: release }
          - { when: { sub: "job" }, roles: [member], models: ["sim/*"] }
`,
  });
});
afterAll(async () => {
  await app?.close();
  issuer?.close();
});

const get = async (path: string, key: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(app.url + path, { headers: { authorization: `Bearer ${key}`, ...headers } })).status;

describe("a program with a token", () => {
  test("calls models, is on record under its own name, and counts for its grant's team", async () => {
    const answer = await app.chat(CALL, { key: await issuer.sign({ sub: "deploy-7" }) });
    expect(answer.status).toBe(200);
    const call = await app.client.calls.get({ id: answer.headers.get("x-request-id") ?? "" });
    expect(call.who).toMatchObject({ key_id: "service:ci/deploy-7", team: "release" });
  });

  test("has what its grant opens at the control plane, and no more", async () => {
    const developer = await issuer.sign({ sub: "deploy-7" });
    const member = await issuer.sign({ sub: "job" });
    const stranger = await issuer.sign({ sub: "somebody" });
    expect(await get("/api/v1/calls", developer)).toBe(200);
    // Everybody sees what is their own.
    expect(await get("/api/v1/calls", member)).toBe(200);
    expect(await get("/api/v1/keys", member)).toBe(403);
    expect(await get("/v1/models", member)).toBe(200);
    expect(await get("/v1/models", stranger)).toBe(403);
    expect(await get("/scim/v2/Users", developer)).toBe(403);
    expect((await app.chat({ ...CALL, model: "openai/gpt-5" }, { key: member })).status).toBe(403);
  });

  test("is stopped with the team that it counts for", async () => {
    const token = await issuer.sign({ sub: "deploy-8" });
    expect(await get("/v1/models", token)).toBe(200);
    await app.client.teams.create({ name: "release", disabled: true });
    await until(async () => (await get("/v1/models", token)) === 403);
    await app.client.teams.update({ name: "release", disabled: false });
    await until(async () => (await get("/v1/models", token)) === 200);
  });

  test("is under the caps of its team", async () => {
    await app.client.teams.update({ name: "release", limits: [{ requests: 1, every: "day" }] });
    const token = await issuer.sign({ sub: "deploy-9" });
    await until(async () => (await app.chat(CALL, { key: token })).status === 429);
    await app.client.teams.update({ name: "release", limits: [] });
  });

  test("reports spans with it, and leaves no batch behind that nobody could answer for", async () => {
    const token = await issuer.sign({ sub: "job" });
    const send = (path: string, body: string, headers: Record<string, string>) =>
      fetch(app.url + path, { method: "POST", body, headers: { authorization: `Bearer ${token}`, ...headers } });
    const json = { "content-type": "application/json" };
    expect((await send("/v1/traces", '{"resourceSpans":[]}', json)).status).toBe(200);
    const batch = await send("/v1/batches", '{"input_file_id":"x"}', json);
    expect({ status: batch.status, body: await batch.text() }).toMatchObject({
      status: 403,
      body: expect.stringContaining("API key"),
    });
  });

  test("is refused in words when it is forged or late", async () => {
    const forged = `${(await issuer.sign({ sub: "job" })).slice(0, -8)}AAAAAAAA`;
    const late = await issuer.sign({ sub: "job", iat: 1, exp: 1000 });
    for (const key of [forged, late]) {
      const answer = await app.chat(CALL, { key });
      expect({ status: answer.status, text: await answer.text() }).toMatchObject({
        status: 401,
        text: expect.stringContaining("This token is not valid"),
      });
    }
  });
});

describe("a key that is bound to addresses", () => {
  test("works from there alone, whatever is said of where it is, with bodies and without", async () => {
    const bound = await app.client.keys.create({ name: "bound", scopes: ["admin"], allowed_ips: ["203.0.113.0/24"] });
    const from = (address: string) => ({ "x-forwarded-for": address });
    expect(await get("/v1/models", bound.secret, from("203.0.113.9"))).toBe(200);
    expect(await get("/v1/models", bound.secret, from("203.0.114.9"))).toBe(403);
    expect(await get("/v1/models", bound.secret)).toBe(403);
    expect(await get("/api/v1/keys", bound.secret, from("203.0.113.9, 198.51.100.1"))).toBe(403);
    const make = (address: string) =>
      fetch(`${app.url}/api/v1/keys`, {
        method: "POST",
        headers: { authorization: `Bearer ${bound.secret}`, "content-type": "application/json", ...from(address) },
        body: JSON.stringify({ name: "made" }),
      });
    expect((await make("203.0.113.9")).status).toBe(201);
    expect((await make("192.0.2.1")).status).toBe(403);
    expect((await app.chat(CALL, { key: bound.secret, headers: from("203.0.113.1") })).status).toBe(200);
    expect((await app.chat(CALL, { key: bound.secret, headers: from("192.0.2.1") })).status).toBe(403);
  });

  test("is told in a list by when it was used, whose child it is and who made it", async () => {
    const parent = await app.client.keys.create({ name: "parent" });
    const child = await app.client.keys.create({ name: "child", parent: parent.id });
    const { keys } = await app.client.keys.list({ limit: 1 });
    expect(keys[0]).toMatchObject({ id: child.id, parent: parent.id, created_by: expect.any(String) });
    const rotated = await app.client.keys.rotate({ id: child.id, overlap_ms: 60_000 });
    for (const { secret } of [child, rotated]) expect(await get("/v1/models", secret)).toBe(200);
    await expect(app.client.keys.create({ name: "x", allowed_ips: ["10.0.0.0/40"] })).rejects.toMatchObject({
      status: 400,
    });
  });

  test("is made by a file, too", async () => {
    const state = { keys: { filed: { allowed_ips: ["10.0.0.0/8"] } } };
    const { secrets } = await app.client.apply({ state });
    expect(await get("/v1/models", secrets["keys"]?.["filed"] ?? "")).toBe(403);
    const exported = await app.client.export();
    expect(exported.state["keys"]).toMatchObject({ filed: { allowed_ips: ["10.0.0.0/8"] } });
  });
});
