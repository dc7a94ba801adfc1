// SCIM 2.0 over the whole program: what Okta's published "SCIM 2.0 SPEC Test" and Microsoft's SCIM validator ask, RFC 7644's own
// cases, the providers' dialects, and what follows for keys and roles.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { ENTERPRISE, ERROR, GROUP, LIST, type Said, startProvider, USER } from "../support/people/scim-provider.ts";
import { until } from "../support/until.ts";

let app: TestApp;
let provider: Awaited<ReturnType<typeof startProvider>>;

beforeAll(async () => {
  app = await startTestApp({
    config: `
governance: { changes_interval: 50ms }
identity:
  scim:
    page_max: 50
    default_roles: [member]
    groups:
      "AI Admins": { roles: [admin], teams: [core] }
      "AI Developers": { roles: [developer], teams: [core, research] }
`,
  });
  provider = await startProvider(app);
});
afterAll(() => app?.close());

describe("Okta's list of tests", () => {
  test("the endpoint of users is there, and lists in pages", async () => {
    await provider.createUser();
    const { status, body, headers } = await provider.ask("GET", "/Users?count=1&startIndex=1");
    expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: "application/scim+json" });
    expect(body).toMatchObject({ schemas: [LIST], startIndex: 1, itemsPerPage: 1, totalResults: expect.any(Number) });
    const [{ id, userName, name, active, emails }] = body.Resources;
    for (const text of [id, userName, name.givenName, name.familyName, emails[0].value]) expect(text).toBeString();
    expect(active).toBe(true);
    expect((await provider.ask("GET", `/Users/${id}`)).body).toEqual(body.Resources[0]);
  });

  test("a user who is not there is 404, by id, and an empty list, by name", async () => {
    const missing = await provider.ask("GET", "/Users/00000000-0000-0000-0000-000000000000");
    expect(missing).toMatchObject({
      status: 404,
      body: { schemas: [ERROR], status: "404", detail: expect.any(String) },
    });
    const none = await provider.find("Users", 'userName eq "nobody@example.com"');
    expect(none).toMatchObject({ status: 200, body: { schemas: [LIST], totalResults: 0, Resources: [] } });
  });

  test("a user is created with what was said, and once", async () => {
    const said = provider.person();
    const created = await provider.ask("POST", "/Users", said);
    expect(created).toMatchObject({ status: 201, body: said });
    expect(created.headers.get("location")).toBe(created.body.meta.location);
    expect(created.body.meta).toMatchObject({ resourceType: "User", version: 'W/"1"' });
    const again = await provider.ask("POST", "/Users", said);
    expect(again).toMatchObject({ status: 409, body: { schemas: [ERROR], scimType: "uniqueness" } });
    const inOtherCase = { ...said, userName: said.userName.toUpperCase() };
    expect((await provider.ask("POST", "/Users", inOtherCase)).status).toBe(409);
  });

  test("a user is found by name, in any case", async () => {
    const { id, userName } = await provider.createUser();
    for (const name of [userName, userName.toUpperCase()]) {
      const { body } = await provider.find("Users", `userName eq "${name}"`);
      expect({ total: body.totalResults, id: body.Resources[0].id }).toEqual({ total: 1, id });
    }
  });

  test("the endpoint of groups is there", async () => {
    expect(await provider.ask("GET", "/Groups?count=1&startIndex=1")).toMatchObject({
      status: 200,
      body: { schemas: [LIST] },
    });
    expect((await provider.ask("GET", "/Groups/none")).status).toBe(404);
  });

  test("a user is changed, deactivated and activated by Okta's words", async () => {
    const { id, ...said } = await provider.createUser();
    const put = await provider.ask("PUT", `/Users/${id}`, {
      ...said,
      id,
      name: { ...said.name, givenName: "Augusta" },
    });
    expect(put).toMatchObject({ status: 200, body: { id, name: { givenName: "Augusta" } } });
    for (const active of [false, true])
      expect((await provider.patch(`/Users/${id}`, { op: "replace", value: { active } })).body.active).toBe(active);
  });
});

describe("Microsoft's validator: users", () => {
  test("attributes are changed at their paths, though there was nothing there", async () => {
    const { id } = await provider.createUser({ emails: undefined });
    const { body } = await provider.patch(
      `/Users/${id}`,
      { op: "Add", path: 'emails[type eq "work"].value', value: "new@example.com" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+49 30 1" },
      { op: "Replace", path: "name.familyName", value: "King" },
      { op: "Add", path: "nickName", value: "countess" },
      { op: "Replace", path: `${ENTERPRISE}:department`, value: "Engines" },
    );
    expect(body).toMatchObject({
      emails: [{ type: "work", value: "new@example.com" }],
      phoneNumbers: [{ type: "mobile", value: "+49 30 1" }],
      name: { familyName: "King" },
      nickName: "countess",
      [ENTERPRISE]: { department: "Engines" },
    });
    const changed = await provider.patch(`/Users/${id}`, {
      op: "Replace",
      path: 'emails[type eq "work"].value',
      value: "b@c.de",
    });
    expect(changed.body.emails).toEqual([{ type: "work", value: "b@c.de" }]);
    const removed = await provider.patch(`/Users/${id}`, { op: "Remove", path: "nickName" });
    expect(removed.body.nickName).toBeUndefined();
  });

  test("a user is disabled by a text, as Entra once said it, and by dotted names without a path", async () => {
    const { id } = await provider.createUser();
    expect((await provider.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" })).body.active).toBe(
      false,
    );
    const { body } = await provider.patch(`/Users/${id}`, {
      op: "replace",
      value: { "name.givenName": "A", active: "True" },
    });
    expect(body).toMatchObject({ active: true, name: { givenName: "A" } });
  });

  test("a user is deleted, is gone then, and may come again", async () => {
    const said = provider.person();
    const { id } = (await provider.ask("POST", "/Users", said)).body;
    expect(await provider.ask("DELETE", `/Users/${id}`)).toMatchObject({ status: 204, body: undefined });
    expect((await provider.ask("GET", `/Users/${id}`)).status).toBe(404);
    expect((await provider.ask("DELETE", `/Users/${id}`)).status).toBe(404);
    expect((await provider.patch(`/Users/${id}`, { op: "replace", path: "active", value: false })).status).toBe(404);
    expect((await provider.find("Users", `userName eq "${said.userName}"`)).body.totalResults).toBe(0);
    const again = await provider.ask("POST", "/Users", said);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(id);
  });

  test.each([
    ['externalId eq "EXT"', 1],
    ['userName sw "FILTER."', 1],
    ['emails[type eq "work" and value co "filter"]', 1],
    ['userName eq "filter.me@example.com" and active eq true', 1],
    ['userName eq "filter.me@example.com" and active eq false', 0],
    ['name.familyName eq "Found" or name.familyName eq "Lost"', 1],
    ["not (userName pr)", 0],
    ['meta.lastModified gt "2011-05-13T04:42:34Z" and nickName pr and title ne "x"', 1],
  ])("users are found by %s", async (filter, total) => {
    const there = await provider.find("Users", 'userName eq "filter.me@example.com"');
    if (there.body.totalResults === 0)
      await provider.createUser({
        userName: "filter.me@example.com",
        externalId: "EXT",
        nickName: "f",
        name: { familyName: "Found" },
        emails: [{ type: "work", value: "filter.me@example.com" }],
      });
    const { status, body } = await provider.find("Users", filter);
    expect({ status, total: body.totalResults }).toEqual({ status: 200, total });
  });

  test("only the attributes that are wanted are given", async () => {
    const { id } = await provider.createUser();
    const { body } = await provider.ask("GET", `/Users/${id}?attributes=userName,active`);
    expect(Object.keys(body).toSorted()).toEqual(["active", "id", "schemas", "userName"]);
    expect((await provider.ask("GET", `/Users/${id}?excludedAttributes=emails`)).body.emails).toBeUndefined();
  });
});

describe("Microsoft's validator: groups", () => {
  test("a group is created, found, renamed and deleted", async () => {
    const group = await provider.createGroup("Readers");
    expect(group).toMatchObject({ displayName: "Readers", meta: { resourceType: "Group" } });
    expect((await provider.ask("POST", "/Groups", { schemas: [GROUP], displayName: "readers" })).status).toBe(409);
    expect((await provider.find("Groups", 'displayName eq "READERS"')).body.Resources[0].id).toBe(group.id);
    const renamed = await provider.patch(`/Groups/${group.id}`, {
      op: "Replace",
      path: "displayName",
      value: "Writers",
    });
    expect(renamed.body.displayName).toBe("Writers");
    expect((await provider.ask("DELETE", `/Groups/${group.id}`)).status).toBe(204);
    expect((await provider.ask("GET", `/Groups/${group.id}`)).status).toBe(404);
  });

  test("members are added and removed, in the RFC's words and in Entra's", async () => {
    const [one, two, three] = [await provider.createUser(), await provider.createUser(), await provider.createUser()];
    const { id } = await provider.createGroup("Crew", [one]);
    const add = { op: "Add", path: "members", value: [{ value: two.id }, { value: three.id }, { value: "nobody" }] };
    const idsIn = ({ body }: Said): string[] => body.members?.map(({ value }: { value: string }) => value) ?? [];
    expect(idsIn(await provider.patch(`/Groups/${id}`, add)).toSorted()).toEqual([one.id, two.id, three.id].toSorted());
    expect((await provider.ask("GET", `/Users/${two.id}`)).body.groups).toMatchObject([{ value: id, display: "Crew" }]);
    const entra = { op: "Remove", path: "members", value: [{ value: one.id }, { value: three.id }] };
    expect(idsIn(await provider.patch(`/Groups/${id}`, entra))).toEqual([two.id]);
    const rfc = { op: "remove", path: `members[value eq "${two.id}"]` };
    expect(idsIn(await provider.patch(`/Groups/${id}`, rfc))).toEqual([]);
    const replaced = await provider.patch(`/Groups/${id}`, { op: "replace", value: { members: [{ value: one.id }] } });
    expect(idsIn(replaced)).toEqual([one.id]);
    expect(idsIn(await provider.patch(`/Groups/${id}`, { op: "remove", path: "members" }))).toEqual([]);
    expect((await provider.ask("GET", `/Groups/${id}?excludedAttributes=members`)).body.members).toBeUndefined();
  });
});

describe("RFC 7644 besides", () => {
  test("the server says what it can do", async () => {
    expect(await provider.ask("GET", "/ServiceProviderConfig")).toMatchObject({
      status: 200,
      body: {
        patch: { supported: true },
        filter: { supported: true },
        etag: { supported: true },
        bulk: { supported: false },
      },
    });
    const schemas = await provider.ask("GET", "/Schemas");
    expect(schemas.body.Resources.map(({ id }: { id: string }) => id)).toEqual([USER, GROUP, ENTERPRISE]);
    expect((await provider.ask("GET", `/Schemas/${USER}`)).body.name).toBe("User");
    const types = await provider.ask("GET", "/ResourceTypes");
    expect(types.body.Resources).toMatchObject([{ endpoint: "/Users" }, { endpoint: "/Groups" }]);
    expect((await provider.ask("GET", "/ResourceTypes/User")).body.schema).toBe(USER);
    expect((await provider.ask("POST", "/Schemas", {})).status).toBe(405);
    expect((await provider.ask("GET", "/Nothing")).status).toBe(404);
  });

  test("a list is whole, page by page, and a page has its bound", async () => {
    const all = (await provider.ask("GET", "/Users?count=1000")).body;
    expect(all.itemsPerPage).toBeLessThanOrEqual(50);
    const seen = new Set<string>();
    for (let startIndex = 1; startIndex <= all.totalResults; startIndex += 7) {
      const { body } = await provider.ask("GET", `/Users?startIndex=${startIndex}&count=7`);
      for (const { id } of body.Resources) seen.add(id);
    }
    expect(seen.size).toBe(all.totalResults);
    expect((await provider.ask("GET", "/Users?count=0")).body).toMatchObject({
      itemsPerPage: 0,
      totalResults: all.totalResults,
    });
    expect((await provider.ask("GET", "/Users?startIndex=-5&count=-1")).body).toMatchObject({
      startIndex: 1,
      itemsPerPage: 0,
    });
    expect((await provider.ask("GET", "/Users?count=many")).status).toBe(400);
    const searched = await provider.ask("POST", "/Users/.search", { filter: "userName pr", count: 2 });
    expect(searched.body).toMatchObject({ itemsPerPage: 2, totalResults: all.totalResults });
  });

  test("a change that was made by somebody else meanwhile is not undone (ETags)", async () => {
    const { id } = await provider.createUser();
    const first = await provider.ask("GET", `/Users/${id}`);
    const version = first.headers.get("etag") ?? "";
    expect((await provider.ask("GET", `/Users/${id}`, undefined, { "if-none-match": version })).status).toBe(304);
    await provider.patch(`/Users/${id}`, { op: "replace", path: "title", value: "Countess" });
    const late = await provider.ask("PUT", `/Users/${id}`, first.body, { "if-match": version });
    expect(late).toMatchObject({ status: 412, body: { schemas: [ERROR] } });
    expect((await provider.ask("DELETE", `/Users/${id}`, undefined, { "if-match": version })).status).toBe(412);
  });

  test("changes at once all hold", async () => {
    const { id } = await provider.createGroup("Busy");
    const users = await Promise.all(Array.from({ length: 5 }, () => provider.createUser()));
    await Promise.all(
      users.map((user) => provider.patch(`/Groups/${id}`, { op: "add", path: "members", value: [{ value: user.id }] })),
    );
    expect((await provider.ask("GET", `/Groups/${id}`)).body.members).toHaveLength(5);
  });

  test.each([
    ["no JSON", "{", "interfaces"],
    ["a list", [], "invalidSyntax"],
    ["no userName", { schemas: [USER], active: true }, "invalidValue"],
    ["an attribute of another type", { schemas: [USER], userName: "x@y.z", emails: "x" }, "invalidValue"],
    ["a name longer than a user may have", { schemas: [USER], userName: "x".repeat(300) }, "invalidValue"],
  ])("a user of %s is refused", async (_, body, scimType) => {
    const said = await provider.ask("POST", "/Users", body);
    expect({ status: said.status, schemas: said.body.schemas }).toEqual({ status: 400, schemas: [ERROR] });
    if (scimType !== "interfaces") expect(said.body.scimType).toBe(scimType);
  });

  test.each([
    ["a path that is none", { op: "replace", path: "nonsense", value: 1 }, "invalidPath"],
    ["an operation that is none", { op: "explode", path: "title", value: 1 }, "invalidSyntax"],
    ["a removal of nothing", { op: "remove" }, "noTarget"],
    ["another id", { op: "replace", path: "id", value: "mine" }, "mutability"],
    ["a filter that does not parse", { op: "replace", path: "emails[type xx].value", value: "x" }, undefined],
  ])("a PATCH with %s is refused, and changes nothing", async (_, operation, scimType) => {
    const { id } = await provider.createUser();
    const { status, body } = await provider.patch(
      `/Users/${id}`,
      { op: "replace", path: "title", value: "T" },
      operation,
    );
    expect(status).toBe(400);
    if (scimType) expect(body.scimType).toBe(scimType);
    expect((await provider.ask("GET", `/Users/${id}`)).body.title).toBeUndefined();
  });

  test.each(["userName", 'userName zz "x"', "(((((", `userName eq "${"x".repeat(2000)}"`])(
    "a filter that is none is refused: %s",
    async (filter) => {
      expect(await provider.find("Users", filter)).toMatchObject({ status: 400, body: { scimType: "invalidFilter" } });
    },
  );
});

describe("who may provision", () => {
  test("is a key with that scope, which may do nothing else", async () => {
    const status = async (secret: string, path: string): Promise<number> =>
      (await fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await status(provider.key, "/api/v1/keys")).toBe(403);
    expect(await status(provider.key, "/api/v1/users")).toBe(403);
    const call = (await app.client.keys.create({ name: "app", scopes: ["call", "read"] })).secret;
    expect(await status(call, "/scim/v2/Users")).toBe(403);
    expect(await status("", "/scim/v2/Users")).toBe(401);
    expect(await status("bk_wrong", "/scim/v2/ServiceProviderConfig")).toBe(401);
    expect(await status(app.key, "/scim/v2/Users")).toBe(200);
  });
});

describe("what follows", () => {
  const CALL = { model: "sim/sim-small", messages: [{ role: "user", content: "hi" }] };
  const statusOf = async (secret: string): Promise<number> => (await app.chat(CALL, { key: secret })).status;

  test("people are users of the directory, with the teams of their groups; others that they have stay", async () => {
    const user = await provider.createUser();
    expect(await app.client.users.get({ name: user.userName })).toMatchObject({ teams: [], disabled: false });
    await app.client.users.update({ name: user.userName, teams: ["own"] });
    const group = await provider.createGroup("AI Developers", [user]);
    expect((await app.client.users.get({ name: user.userName })).teams.toSorted()).toEqual(["core", "own", "research"]);
    await provider.ask("DELETE", `/Groups/${group.id}`);
    expect((await app.client.users.get({ name: user.userName })).teams).toEqual(["own"]);
  });

  test("whoever is deactivated has no key that works from then on, and has it again when activated", async () => {
    const { id, userName } = await provider.createUser();
    const { secret } = await app.client.keys.create({ name: "laptop", user: userName });
    expect(await statusOf(secret)).toBe(200);
    await provider.patch(`/Users/${id}`, { op: "Replace", path: "active", value: false });
    expect(await statusOf(secret)).toBe(403);
    await provider.patch(`/Users/${id}`, { op: "Replace", path: "active", value: true });
    await until(async () => (await statusOf(secret)) === 200);
  });

  test("whoever is deleted has keys that are revoked, and they stay so", async () => {
    const said = provider.person();
    const { id } = (await provider.ask("POST", "/Users", said)).body;
    const { secret } = await app.client.keys.create({ name: "laptop", user: said.userName });
    expect(await statusOf(secret)).toBe(200);
    await provider.ask("DELETE", `/Users/${id}`);
    await until(async () => (await statusOf(secret)) === 401);
    await provider.ask("POST", "/Users", said);
    expect(await app.client.users.get({ name: said.userName })).toMatchObject({ disabled: false });
    expect(await statusOf(secret)).toBe(401);
  });

  test("whoever has another name is another user; the one before is disabled", async () => {
    const { id, userName } = await provider.createUser();
    await provider.patch(`/Users/${id}`, { op: "replace", path: "userName", value: `new.${userName}` });
    expect(await app.client.users.get({ name: userName })).toMatchObject({ disabled: true });
    expect(await app.client.users.get({ name: `new.${userName}` })).toMatchObject({ disabled: false });
  });
});
