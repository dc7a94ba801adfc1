// People with passwords: invited once, signed in, and no way around.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { visit, type Visitor } from "../../support/people/visitor.ts";

const PASSWORD = "four green boats at noon";
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({
    config: `
identity:
  passwords: { memory_kib: 1024, passes: 1, tries_max: 5, tries_per_address_max: 1000 }
interfaces: { trusted_proxies: ["127.0.0.1"] }
`,
  });
});
afterAll(() => app?.close());

const tokenOf = (url: string): string => url.split("#/invitation/")[1] ?? "";

async function invite(user: string, roles: ("admin" | "auditor" | "member")[] = ["auditor"]): Promise<string> {
  await app.client.users.create({ name: user }).catch(() => undefined);
  return tokenOf((await app.client.people.invite({ user, roles })).url);
}

async function join(user: string, roles?: ("admin" | "auditor" | "member")[]): Promise<Visitor> {
  const visitor = visit(app.url);
  const response = await visitor.post("/api/sign-in/invitation", {
    token: await invite(user, roles),
    password: PASSWORD,
  });
  expect(response.status).toBe(204);
  return visitor;
}

const trying = (visitor: Visitor, name: string, password: string, address = "198.51.100.1"): Promise<Response> =>
  visitor.post("/api/sign-in/password", { name, password }, { "x-forwarded-for": address });

describe("an invitation", () => {
  test("is good once, sets a password and lets its person in", async () => {
    const token = await invite("ada");
    const visitor = visit(app.url);
    const read = await visitor.post("/api/sign-in/invitation/read", { token });
    expect(await read.json()).toEqual({ user: "ada" });
    const weak = await visitor.post("/api/sign-in/invitation", { token, password: "short" });
    expect(await weak.json()).toMatchObject({ code: "identity.password_weak" });
    expect((await visitor.post("/api/sign-in/invitation", { token, password: PASSWORD })).status).toBe(204);
    expect(await (await visitor.get("/api/v1/session")).json()).toMatchObject({
      key_id: "person:ada",
      kind: "person",
      user: "ada",
      roles: ["auditor"],
      scopes: ["read"],
    });
    const again = await visit(app.url).post("/api/sign-in/invitation", { token, password: PASSWORD });
    expect(await again.json()).toMatchObject({ code: "identity.invitation_invalid" });
  });

  test("is void when it is forged, or when there is a newer one", async () => {
    const [older, newer] = [await invite("bela"), await invite("bela")];
    const [body = "", seal = ""] = newer.split(".");
    const otherSeal = `${seal.startsWith("A") ? "B" : "A"}${seal.slice(1)}`;
    for (const token of [
      older,
      `${body}.${otherSeal}`,
      `${body}`,
      "x.y",
      `${Buffer.from("x").toString("base64url")}.${seal}`,
    ])
      expect((await visit(app.url).post("/api/sign-in/invitation", { token, password: PASSWORD })).status).toBe(400);
    expect((await visit(app.url).post("/api/sign-in/invitation", { token: newer, password: PASSWORD })).status).toBe(
      204,
    );
  });

  test("is for users of the directory alone", async () => {
    await expect(app.client.people.invite({ user: "nobody" })).rejects.toMatchObject({
      code: "identity.person_unknown",
    });
  });
});

describe("a password", () => {
  test("lets in, and a wrong one and an unknown name are refused in the same words", async () => {
    await join("carl");
    const visitor = visit(app.url);
    expect((await trying(visitor, "carl", PASSWORD)).status).toBe(204);
    const wrong = await trying(visit(app.url), "carl", "another one entirely");
    const unknown = await trying(visit(app.url), "no-such-person", "another one entirely");
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test("may be tried a few times from one address, and that locks nobody else out", async () => {
    const dora = await join("dora");
    const many = await Promise.all(
      Array.from({ length: 12 }, () => trying(visit(app.url), "dora", "wrong wrong wrong", "203.0.113.9")),
    );
    const statuses = many.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    expect((await trying(visit(app.url), "dora", PASSWORD, "203.0.113.9")).status).toBe(429);
    // From elsewhere, and from the same address in a browser where she has signed in before.
    expect((await trying(visit(app.url), "dora", PASSWORD, "203.0.113.10")).status).toBe(204);
    dora.cookies.delete("binnacle_session");
    expect((await trying(dora, "dora", PASSWORD, "203.0.113.9")).status).toBe(204);
  });

  test("is changed with the one before, and other sessions end with it", async () => {
    const here = await join("emil");
    const there = visit(app.url);
    expect((await trying(there, "emil", PASSWORD)).status).toBe(204);
    const headers = { "x-csrf-token": await here.csrf() };
    const change = (current: string) =>
      here.send("PUT /api/v1/session/password", { current, next: "five blue boats at dusk" }, headers);
    expect((await change("not that one")).status).toBe(401);
    expect(await (await change(PASSWORD)).json()).toEqual({ ended: 1 });
    expect((await here.get("/api/v1/session")).status).toBe(200);
    expect((await there.get("/api/v1/session")).status).toBe(401);
    expect((await trying(visit(app.url), "emil", PASSWORD)).status).toBe(401);
  });
});

describe("people", () => {
  test("are listed, and an admin sets passwords, roles and ends sessions", async () => {
    const fay = await join("fay");
    const { people } = await app.client.people.list({});
    expect(people.find(({ user }) => user === "fay")).toMatchObject({
      has_password: true,
      roles: ["auditor"],
      invited_until_ms: null,
    });
    expect((await app.client.people.sessions({ user: "fay" })).sessions).toMatchObject([
      { way: "invitation", is_current: false },
    ]);
    expect(await app.client.people.signOut({ user: "fay" })).toEqual({ ended: 1 });
    expect((await fay.get("/api/v1/session")).status).toBe(401);
    await app.client.people.setPassword({ user: "fay", password: "six red boats at night" });
    expect((await trying(fay, "fay", "six red boats at night")).status).toBe(204);
    // An auditor sees all, and changes nothing.
    expect((await fay.get("/api/v1/people")).status).toBe(200);
    expect((await fay.get("/api/v1/people/fay/sessions")).status).toBe(403);
    await app.client.people.update({ user: "fay", roles: ["admin"] });
    expect((await fay.get("/api/v1/session")).status).toBe(401);
    expect((await trying(fay, "fay", "six red boats at night")).status).toBe(204);
    expect((await fay.get("/api/v1/people")).status).toBe(200);
  });

  test("who are disabled or deleted in the directory are out at once", async () => {
    const gus = await join("gus");
    await app.client.users.update({ name: "gus", disabled: true });
    expect((await gus.get("/api/v1/session")).status).toBe(403);
    expect((await trying(visit(app.url), "gus", PASSWORD)).status).toBe(403);
    await app.client.users.delete({ name: "gus" });
    expect((await gus.get("/api/v1/session")).status).toBe(403);
  });

  test("of a name that is given again inherit nothing from whoever had it before", async () => {
    const before = await join("hal", ["admin"]);
    await app.client.users.delete({ name: "hal" });
    await app.client.users.create({ name: "hal" });
    expect((await before.get("/api/v1/session")).status).toBe(403);
    expect((await trying(visit(app.url), "hal", PASSWORD)).status).toBe(403);
    const after = visit(app.url);
    const { url } = await app.client.people.invite({ user: "hal" });
    await after.post("/api/sign-in/invitation", { token: tokenOf(url), password: "seven grey boats" });
    expect(await (await after.get("/api/v1/session")).json()).toMatchObject({ user: "hal", roles: [] });
    expect((await before.get("/api/v1/session")).status).toBe(401);
    expect((await trying(visit(app.url), "hal", PASSWORD)).status).toBe(401);
  });

  test("who are owners are out of reach for those who are not", async () => {
    await app.client.users.create({ name: "ida" });
    await app.client.people.update({ user: "ida", roles: ["owner"] });
    await app.client.users.create({ name: "owen", roles: ["owner"] });
    const admin = await join("jon", ["admin"]);
    const headers = { "x-csrf-token": await admin.csrf() };
    for (const [line, body] of [
      ["PUT /api/v1/people/ida/password", { password: PASSWORD }],
      ["POST /api/v1/people/ida/invite", {}],
      ["PATCH /api/v1/people/ida", { roles: ["admin"] }],
      ["PUT /api/v1/people/owen/password", { password: PASSWORD }],
      ["POST /api/v1/people/owen/invite", {}],
      ["PATCH /api/v1/people/jon", { roles: ["owner"] }],
    ] as const)
      expect((await admin.send(line, body, headers)).status).toBe(403);
  });
});
