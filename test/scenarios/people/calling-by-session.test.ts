// Models are called as the person who is signed in: by the console's cookie with the session's token, from its own pages.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { visit, type Visitor } from "../../support/people/visitor.ts";
import { until } from "../../support/until.ts";

let app: TestApp;
let ada: Visitor;
let kid: Visitor;
const PASSWORD = "four green boats";
const hello = { model: "sim/sim-instant", messages: [{ role: "user", content: "hello" }] };
const config = `
identity: { passwords: { memory_kib: 1024, passes: 1 } }
gateway: { routes: { ship: { targets: [sim/sim-instant] } } }
`;

beforeAll(async () => {
  app = await startTestApp({ config });
  ada = await signIn("ada", "member");
  kid = await signIn("kid", "child");
});
afterAll(() => app?.close());

async function signIn(name: string, role: "member" | "child" | "auditor"): Promise<Visitor> {
  await app.client.users.create({ name });
  await app.client.people.update({ user: name, roles: [role] });
  await app.client.people.setPassword({ user: name, password: PASSWORD });
  const visitor = visit(app.url);
  expect((await visitor.post("/api/sign-in/password", { name, password: PASSWORD })).status).toBe(204);
  return visitor;
}

async function call(visitor: Visitor, { path = "/v1/chat/completions", body = hello as object } = {}) {
  return visitor.post(path, body, { "x-csrf-token": await visitor.csrf() });
}

interface Told {
  error: { code: string; message: string };
}

describe("a call by session", () => {
  test("is the person's own, and stands on record as theirs", async () => {
    const response = await call(ada);
    expect(response.status).toBe(200);
    const id = response.headers.get("x-binnacle-call-id") ?? "";
    await until(async () => (await app.client.calls.list({})).calls.some((each) => each.id === id));
    expect((await app.client.calls.get({ id })).who).toMatchObject({ key_id: "person:ada", user: "ada" });
  });

  test("is answered by streams, embeddings, Anthropic's dialect and stored responses alike", async () => {
    const streamed = await call(kid, { body: { ...hello, stream: true } });
    expect(await streamed.text()).toContain("data: [DONE]");
    const embedded = await call(ada, { path: "/v1/embeddings", body: { model: "sim/sim-embedding", input: "hello" } });
    expect(embedded.status).toBe(200);
    expect((await call(ada, { path: "/v1/messages", body: { ...hello, max_tokens: 10 } })).status).toBe(200);
    expect((await call(ada, { path: "/v1/responses", body: { model: hello.model, input: "hi" } })).status).toBe(200);
  });

  test("needs the session's token, and a page of the same origin", async () => {
    for (const headers of [{}, { "x-csrf-token": "wrong" }, { "x-csrf-token": await kid.csrf() }]) {
      const refused = await ada.post("/v1/chat/completions", hello, headers);
      expect([refused.status, ((await refused.json()) as Told).error.code]).toEqual([403, "identity.csrf"]);
    }
    const csrf = await ada.csrf();
    for (const from of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }, { origin: "null" }]) {
      const refused = await ada.post("/v1/chat/completions", hello, { "x-csrf-token": csrf, ...from });
      expect([refused.status, ((await refused.json()) as Told).error.code]).toEqual([403, "governance.cross_site"]);
    }
    expect((await ada.get("/v1/models", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  test("is refused as a key's would be: by roles, caps and switches", async () => {
    const auditor = await signIn("aud", "auditor");
    expect((await call(auditor)).status).toBe(403);
    await signIn("poor", "member");
    await app.client.users.update({ name: "poor", limits: [{ requests: 1, every: "hour" }] });
    const poor = visit(app.url);
    await poor.post("/api/sign-in/password", { name: "poor", password: PASSWORD });
    expect([(await call(poor)).status, (await call(poor)).status]).toEqual([200, 429]);
  });

  test("is over with the session", async () => {
    const gone = await signIn("gone", "member");
    const csrf = await gone.csrf();
    const cookies = new Map(gone.cookies);
    await gone.send("DELETE /api/session", undefined, { "x-csrf-token": csrf });
    for (const [name, value] of cookies) gone.cookies.set(name, value);
    const refused = await gone.post("/v1/chat/completions", hello, { "x-csrf-token": csrf });
    expect([refused.status, ((await refused.json()) as Told).error.message]).toEqual([
      401,
      expect.stringContaining("This session is over"),
    ]);
  });

  test("does not open what a browser might show as a page: files, batches, and vendors' own words", async () => {
    for (const path of ["/v1/files", "/v1/batches", "/sim/v1/models", "/metrics"])
      expect((await ada.get(path)).status).toBe(401);
  });
});

describe("models", () => {
  const idsOf = async (visitor: Visitor, path: string): Promise<string[]> => {
    const said = (await (await visitor.get(path)).json()) as { data?: { id: string }[]; models?: { id: string }[] };
    return (said.data ?? said.models ?? []).map(({ id }) => id);
  };

  test("are listed for a session, prices and abilities beside, and those alone that it may call", async () => {
    expect(await idsOf(kid, "/v1/models")).toContain("ship");
    expect(await idsOf(kid, "/api/v1/models")).toContain("ship");
    const text = `@id("own.kids")
@why("children use the ship's route")
forbid (principal in Role::"child", action == Action::"use_model", resource) unless { resource == Model::"ship" };`;
    const { version } = await app.client.policies.propose({ files: [{ name: "own.cedar", text }] });
    await app.client.policies.activate({ number: version?.number ?? 0 });
    expect(await idsOf(kid, "/v1/models")).toEqual(["ship"]);
    expect(await idsOf(kid, "/api/v1/models")).toEqual(["ship"]);
    expect((await idsOf(ada, "/v1/models")).length).toBeGreaterThan(1);
    expect([(await call(kid)).status, (await call(kid, { body: { ...hello, model: "ship" } })).status]).toEqual([
      403, 200,
    ]);
  });

  test("are those of its list for a key that names some, and all for who sees the state, unless they ask", async () => {
    const { secret } = await app.client.keys.create({ name: "narrow", roles: ["developer"], models: ["ship"] });
    const get = async (path: string) =>
      (await (await fetch(app.url + path, { headers: { authorization: `Bearer ${secret}` } })).json()) as {
        data: unknown[];
        models: unknown[];
      };
    expect((await get("/v1/models")).data).toHaveLength(1);
    expect((await get("/api/v1/models")).models.length).toBeGreaterThan(1);
    expect((await get("/api/v1/models?callable=true")).models).toHaveLength(1);
  });
});
