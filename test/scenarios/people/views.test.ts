// Saved views: one's own, those that the organisation shares, and nobody else's.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { createClient } from "../../../client/index.ts";
import { runInTest } from "../../../src/interfaces/cli/testing/run-in-test.ts";
import { startTestApp, type TestApp } from "../../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: "views: { per_owner_max: 2 }" });
  await app.client.organisations.create({ name: "acme" });
});
afterAll(() => app?.close());

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

async function clientOf(user: string, organisation = "default") {
  const { secret } = await app.client.keys.create({ name: `${user}'s`, user, organisation, roles: ["member"] });
  return createClient({ url: app.url, key: secret });
}

test("are one's own unless they are shared, and shared within the organisation alone", async () => {
  const [ada, ben, eve] = [await clientOf("ada"), await clientOf("ben"), await clientOf("ada", "acme")];
  const made = await ada.views.put({ page: "calls", name: "slow", search: "a=1", shared: false });
  expect(made).toMatchObject({ page: "calls", name: "slow", search: "a=1", shared: false, owner: "ada", is_own: true });
  expect((await ben.views.list({})).views).toEqual([]);
  const shared = await ada.views.put({ page: "calls", name: "slow", search: "a=2", shared: true });
  expect(shared.id).toBe(made.id);
  expect((await ben.views.list({ page: "calls" })).views).toMatchObject([
    { search: "a=2", owner: "ada", is_own: false },
  ]);
  expect((await ben.views.list({ page: "cost" })).views).toEqual([]);
  expect((await eve.views.list({})).views).toEqual([]);
  expect(await failureOf(ben.views.delete({ id: made.id }))).toMatchObject({ code: "views.not_found" });
  expect(await failureOf(eve.views.delete({ id: made.id }))).toMatchObject({ code: "views.not_found" });
  expect(await ada.views.delete({ id: made.id })).toEqual({ deleted: made.id });
  expect((await ada.views.list({})).views).toEqual([]);
});

test("are bounded: a third is refused, and one of the same name is replaced", async () => {
  const cora = await clientOf("cora");
  for (const name of ["one", "two", "two"]) await cora.views.put({ page: "cost", name, search: "" });
  expect((await cora.views.list({})).views.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(await failureOf(cora.views.put({ page: "cost", name: "three", search: "" }))).toMatchObject({
    code: "views.too_many",
  });
});

test("are saved, listed and deleted from the command line", async () => {
  const run = (...words: string[]) => runInTest(["views", ...words, "--url", app.url, "--key", app.key]);
  expect((await run("list")).stderr).toContain("No view is saved");
  expect((await run("save", "calls", "slow ones", "filter=x", "--shared")).stdout).toContain(
    "Saved slow ones of calls",
  );
  const listed = JSON.parse((await run("list", "--json")).stdout) as { views: { id: string }[] };
  expect((await run("list", "--page", "calls")).stdout).toContain("yours, shared");
  expect((await run("delete", listed.views[0]?.id ?? "")).stdout).toContain("Deleted");
});
