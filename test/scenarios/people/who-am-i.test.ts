// What a session says of whoever asks: what the policies allow, and not what a second table would say.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { createClient } from "../../../client/index.ts";
import { runInTest } from "../../../src/interfaces/cli/testing/run-in-test.ts";
import { roleNames } from "../../../src/policy/contract.ts";
import { readOperations } from "../../support/api/operations.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";
import { mayAsk } from "../../support/isolation/expected.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await app.client.organisations.create({ name: "acme" });
});
afterAll(() => app?.close());

async function sessionOf(role: (typeof roleNames)[number], organisation: string) {
  const { secret } = await app.client.keys.create({ name: `${organisation}'s ${role}`, organisation, roles: [role] });
  return createClient({ url: app.url, key: secret }).session.get();
}

const operations = readOperations().map(({ id }) => id);

test.each(roleNames.map((role) => [role] as const))(
  "the operations of %s are those that the table of rights allows, at home and as a tenant",
  async (role) => {
    for (const organisation of ["default", "acme"]) {
      const said = await sessionOf(role, organisation);
      const expected = operations.filter((operation) =>
        mayAsk({ operation, role, from: organisation, about: organisation }),
      );
      expect(said.operations.toSorted()).toEqual(expected.toSorted());
      expect(said).toMatchObject({ organisation, roles: [role], is_installation: organisation === "default" });
    }
  },
);

test("a child may call and sees its own; a developer sees its project; an auditor changes nothing", async () => {
  const child = await sessionOf("child", "default");
  expect(child.actions).toEqual(["call", "use_model", "use_target"]);
  expect(child.sees).toEqual({ records: "own", bodies: "own", figures: "own" });
  const { secret } = await app.client.keys.create({ name: "dev", roles: ["developer"], project: "atlas" });
  const developer = await createClient({ url: app.url, key: secret }).session.get();
  expect(developer.sees).toEqual({ records: "project", bodies: "project", figures: "project" });
  expect(developer.actions).toContain("change_prompts");
  expect((await sessionOf("auditor", "acme")).actions.filter((action) => /change|erase|approve/.test(action))).toEqual(
    [],
  );
  const owner = await sessionOf("owner", "default");
  expect(owner.actions).toContain("grant_roles");
  expect(owner.sees.records).toBe("organisation");
  expect((await sessionOf("operator", "default")).sees).toMatchObject({ records: "organisation", bodies: "own" });
});

test("a policy of the installation's own takes away what it forbids, at once", async () => {
  const before = await sessionOf("operator", "default");
  expect([before.actions.includes("change_routes"), before.operations.includes("routes.put")]).toEqual([true, true]);
  const text =
    '@id("own.frozen")\n@why("routes are frozen")\nforbid (principal, action == Action::"change_routes", resource);';
  const { version } = await app.client.policies.propose({ files: [{ name: "own.cedar", text }] });
  await app.client.policies.activate({ number: version?.number ?? 0 });
  const after = await sessionOf("operator", "default");
  expect([after.actions.includes("change_routes"), after.operations.includes("routes.put")]).toEqual([false, false]);
  expect(after.operations).toContain("routes.list");
});

test("the command line says it too", async () => {
  const run = (...words: string[]) => runInTest(["whoami", ...words, "--url", app.url, "--key", app.key]);
  const { stdout } = await run();
  expect(stdout).toContain("default, the installation's own");
  expect(stdout).toContain("records: of the organisation");
  expect(JSON.parse((await run("--json")).stdout)).toMatchObject({ roles: ["owner"], is_installation: true });
});
