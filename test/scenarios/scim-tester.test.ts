// SCIM as the published suite scim2-tester asks it: what its 135 checks found beyond test/scenarios/scim.test.ts.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";
import { ENTERPRISE, GROUP, startProvider } from "../support/people/scim-provider.ts";

let app: TestApp;
let provider: Awaited<ReturnType<typeof startProvider>>;

beforeAll(async () => {
  app = await startTestApp({ config: "identity: { scim: { default_roles: [member] } }" });
  provider = await startProvider(app);
});
afterAll(() => app?.close());

describe("SCIM by a published suite", () => {
  test("what cannot be done at an address is 405, whatever is sent there", async () => {
    for (const path of ["/Schemas", "/ResourceTypes", "/ServiceProviderConfig"])
      for (const method of ["POST", "PUT", "PATCH", "DELETE"])
        expect((await provider.ask(method, path)).status).toBe(405);
  });

  test("roles and certificates have types of any name", async () => {
    const roles = [{ value: "captain", type: "watch" }];
    const x509Certificates = [{ value: Buffer.from("certificate").toString("base64"), type: "badge" }];
    const made = await provider.createUser({ roles, x509Certificates });
    expect(made).toMatchObject({ roles, x509Certificates });
    const value = [{ value: "mate", type: "other" }];
    expect((await provider.patch(`/Users/${made.id}`, { op: "replace", path: "roles", value })).body.roles).toEqual(
      value,
    );
  });

  test("an extension is added, replaced and removed as a whole", async () => {
    const { id } = await provider.createUser();
    const change = async (op: string, value?: object) =>
      (await provider.patch(`/Users/${id}`, { op, path: ENTERPRISE, value })).body[ENTERPRISE];
    expect(await change("add", { schemas: [ENTERPRISE], department: "Deck", costCenter: "7" })).toMatchObject({
      department: "Deck",
      costCenter: "7",
    });
    expect(await change("replace", { department: "Engine" })).toMatchObject({ department: "Engine" });
    expect(await change("remove")).toBeUndefined();
    expect((await provider.patch(`/Users/${id}`, { op: "add", path: ENTERPRISE, value: "Deck" })).status).toBe(400);
  });

  test("whether somebody is active may be left unsaid, and then they are", async () => {
    const { id, userName } = await provider.createUser({ active: false });
    const active = async () => (await app.client.users.get({ name: userName })).disabled;
    expect(await active()).toBe(true);
    expect((await provider.patch(`/Users/${id}`, { op: "remove", path: "active" })).body.active).toBeUndefined();
    expect(await active()).toBe(false);
  });

  test("members say where they are and what they are called: by the provider, or by their own names", async () => {
    const [one, two] = [await provider.createUser(), await provider.createUser()];
    const members = [{ value: one.id, display: "Number One" }, { value: two.id }];
    const { id } = (await provider.ask("POST", "/Groups", { schemas: [GROUP], displayName: "Watch", members })).body;
    const read = async () => {
      const found = (await provider.ask("GET", `/Groups/${id}`)).body.members as { value: string }[];
      return [one, two].map((user) => found.find(({ value }) => value === user.id));
    };
    const at = (user: { id: string }) => `${app.url}/scim/v2/Users/${user.id}`;
    expect(await read()).toEqual([
      { value: one.id, display: "Number One", type: "User", $ref: at(one) },
      { value: two.id, display: two.userName, type: "User", $ref: at(two) },
    ] as never);
    await provider.patch(`/Users/${two.id}`, { op: "replace", path: "userName", value: `new.${two.userName}` });
    await provider.patch(`/Groups/${id}`, { op: "replace", path: "displayName", value: "First watch" });
    expect(await read()).toMatchObject([{ display: "Number One" }, { display: `new.${two.userName}` }]);
  });

  test("people and groups are searched for as one list", async () => {
    await Promise.all([provider.createUser({ externalId: "shared" }), provider.createUser({ externalId: "shared" })]);
    await provider.ask("POST", "/Groups", { schemas: [GROUP], displayName: "Shared", externalId: "shared" });
    const search = async (more: object) =>
      (await provider.ask("POST", "/.search", { schemas: [], filter: 'externalId eq "shared"', ...more })).body;
    const kindsIn = ({ Resources }: { Resources: { meta: { resourceType: string } }[] }) =>
      Resources.map(({ meta }) => meta.resourceType);
    const all = await search({});
    expect([all.totalResults, kindsIn(all)]).toEqual([3, ["User", "User", "Group"]]);
    expect(kindsIn(await search({ startIndex: 2, count: 1 }))).toEqual(["User"]);
    expect(kindsIn(await search({ startIndex: 3, count: 5 }))).toEqual(["Group"]);
    expect(await search({ count: 0 })).toMatchObject({ totalResults: 3, Resources: [] });
    expect((await provider.ask("GET", "/.search")).status).toBe(404);
  });
});
