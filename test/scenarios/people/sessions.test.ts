// Sessions: what their cookies are, who may use them, and how they end.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startAppDatabase } from "../../support/app-database.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import type { TestDatabase } from "../../support/database.ts";
import { visit, type Visitor } from "../../support/people/visitor.ts";
import { until } from "../../support/until.ts";

let database: TestDatabase;
let app: TestApp;
let other: TestApp;
const env = { BINNACLE_SECRET: "one secret for both" };
const config = "identity: { passwords: { memory_kib: 1024, passes: 1 } }";

beforeAll(async () => {
  database = await startAppDatabase();
  app = await startTestApp({ database, env, config });
  other = await startTestApp({ database, env, config });
  await app.client.users.create({ name: "ada" });
  await app.client.people.update({ user: "ada", roles: ["admin"] });
  await app.client.people.setPassword({ user: "ada", password: "four green boats" });
});
afterAll(async () => {
  await Promise.all([app?.close(), other?.close()]);
  await database?.close();
});

async function signIn(visitor: Visitor = visit(app.url), headers: Record<string, string> = {}): Promise<Visitor> {
  const response = await visitor.post("/api/sign-in/password", { name: "ada", password: "four green boats" }, headers);
  expect(response.status).toBe(204);
  return visitor;
}

const SESSION = "binnacle_session";

describe("a session's cookie", () => {
  test("is a random text of 256 bits, HttpOnly and SameSite=Strict; over TLS it bears the prefix __Host-", async () => {
    const plain = await signIn();
    const cookie = plain.lastCookies.find((each) => each.startsWith(`${SESSION}=`)) ?? "";
    expect(Buffer.from(plain.cookies.get(SESSION) ?? "", "base64url")).toHaveLength(32);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/;", "Max-Age=4"]) expect(cookie).toContain(part);
    const secure = await signIn(visit(app.url), { "x-forwarded-proto": "https" });
    const prefixed = secure.lastCookies.find((each) => each.startsWith(`__Host-${SESSION}=`)) ?? "";
    for (const part of ["; Path=/; Secure;", "HttpOnly"]) expect(prefixed).toContain(part);
    const asked = await secure.get("/api/v1/session", { "x-forwarded-proto": "https" });
    expect(asked.status).toBe(200);
    // One that any page of the domain could have set opens nothing over TLS.
    expect((await plain.get("/api/v1/session", { "x-forwarded-proto": "https" })).status).toBe(401);
  });

  test("is not in the database, only its hash", async () => {
    const visitor = await signIn();
    const token = visitor.cookies.get(SESSION) ?? "";
    const { rows } = await database.storage.pool.query("select * from identity_sessions");
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("is another one after each sign-in, and the one before is over: nobody fixes it ahead", async () => {
    const visitor = visit(app.url);
    visitor.cookies.set(SESSION, "A".repeat(43));
    await signIn(visitor);
    const first = visitor.cookies.get(SESSION) ?? "";
    expect(first).not.toBe("A".repeat(43));
    await signIn(visitor);
    expect(visitor.cookies.get(SESSION)).not.toBe(first);
    const before = visit(app.url);
    before.cookies.set(SESSION, first);
    expect((await before.get("/api/v1/session")).status).toBe(401);
  });
});

describe("a change by cookie", () => {
  test("needs the session's token, and a page of the same origin", async () => {
    const visitor = await signIn();
    const csrf = await visitor.csrf();
    const stranger = await signIn();
    const make = (headers: Record<string, string>) =>
      visitor.post("/api/v1/teams", { name: `t${Math.random()}` }, headers);
    for (const headers of [{}, { "x-csrf-token": "" }, { "x-csrf-token": await stranger.csrf() }])
      expect(await (await make(headers)).json()).toMatchObject({ code: "identity.csrf" });
    for (const from of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ])
      expect(await (await make({ "x-csrf-token": csrf, ...from })).json()).toMatchObject({
        code: "governance.cross_site",
      });
    expect((await make({ "x-csrf-token": csrf, origin: app.url, "sec-fetch-site": "same-origin" })).status).toBe(201);
  });

  test("nobody is signed in, or out, by another site", async () => {
    const visitor = await signIn();
    const headers = { origin: "https://evil.example" };
    const body = { name: "ada", password: "four green boats" };
    expect((await visit(app.url).post("/api/sign-in/password", body, headers)).status).toBe(403);
    expect((await visit(app.url).post("/api/session", { key: app.key }, headers)).status).toBe(403);
    expect((await visitor.send("DELETE /api/session", undefined, headers)).status).toBe(403);
    expect((await visitor.get("/api/v1/session")).status).toBe(200);
  });
});

describe("one's own sessions", () => {
  test("are listed with their devices, and end one by one or all others at once, everywhere", async () => {
    // The other process hears of the user a moment later.
    const body = { name: "ada", password: "four green boats" };
    await until(async () => (await visit(other.url).post("/api/sign-in/password", body)).status === 204);
    await app.client.people.signOut({ user: "ada" });
    const [here, there, elsewhere] = [await signIn(), visit(other.url), visit(other.url)];
    await signIn(there, { "user-agent": "Phone/1" });
    await signIn(elsewhere);
    expect((await there.get("/api/v1/session")).status).toBe(200);
    const list = async () =>
      (
        (await (await here.get("/api/v1/session/devices")).json()) as {
          sessions: { id: string; agent: string; is_current: boolean }[];
        }
      ).sessions;
    const all = await list();
    expect(all.map(({ is_current }) => is_current).filter(Boolean)).toHaveLength(1);
    const phone = all.find(({ agent }) => agent === "Phone/1")?.id ?? "";
    const headers = { "x-csrf-token": await here.csrf() };
    expect((await here.send(`DELETE /api/v1/session/devices/${phone}`, undefined, headers)).status).toBe(200);
    await until(async () => (await there.get("/api/v1/session")).status === 401);
    expect(await (await here.send("DELETE /api/v1/session/devices", undefined, headers)).json()).toEqual({
      ended: 1,
    });
    await until(async () => (await elsewhere.get("/api/v1/session")).status === 401);
    expect(await list()).toHaveLength(1);
  });

  test("nobody ends another person's", async () => {
    await app.client.users.create({ name: "bea" });
    await app.client.people.setPassword({ user: "bea", password: "five green boats" });
    const bea = visit(app.url);
    await bea.post("/api/sign-in/password", { name: "bea", password: "five green boats" });
    const ada = await signIn();
    const { sessions } = await app.client.people.sessions({ user: "ada" });
    const headers = { "x-csrf-token": await bea.csrf() };
    const answer = await bea.send(`DELETE /api/v1/session/devices/${sessions[0]?.id}`, undefined, headers);
    expect(await answer.json()).toMatchObject({ code: "identity.session_unknown" });
    expect((await ada.get("/api/v1/session")).status).toBe(200);
  });
});
