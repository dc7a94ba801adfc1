// A file of users, teams, projects and keys: planned, applied whole or not at all, applied again, pruned and exported.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTestApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: "governance: { apply_entries_max: 2000 }" });
});
afterAll(() => app.close());

const state = {
  users: { ada: { teams: ["core"] } },
  teams: { core: { budgets: [{ usd: 100 }] }, rest: null },
  projects: { atlas: { teams: ["core"], limits: [{ requests: 60 }] } },
  keys: { "atlas ci": { project: "atlas", user: "ada", expires_at: "2099-01-01", models: ["sim/*"] } },
};
const body = { model: "sim/sim-instant", max_tokens: 5, messages: [{ role: "user", content: "Hello" }] };
const actions = ({ changes }: { changes: { action: string; section: string; name: string }[] }) =>
  changes.map(({ action, section, name }) => `${action} ${section}.${name}`);

describe("a file", () => {
  let secret = "";

  test("is planned without changing anything", async () => {
    const plan = await app.client.apply({ state, dry_run: true });
    expect(actions(plan)).toEqual([
      "create teams.core",
      "create teams.rest",
      "create users.ada",
      "create projects.atlas",
      "create keys.atlas ci",
      "leave keys.first admin key",
    ]);
    expect(plan.secrets).toEqual({});
    expect((await app.client.teams.list({})).entries).toEqual([]);
  });

  test("is applied, and gives the secret of a new key this once", async () => {
    const plan = await app.client.apply({ state, dry_run: true });
    const applied = await app.client.apply({ state, if_revision: plan.revision });
    expect(Object.keys(applied.secrets["keys"] ?? {})).toEqual(["atlas ci"]);
    secret = applied.secrets["keys"]?.["atlas ci"] ?? "";
    expect((await app.chat(body, { key: secret })).status).toBe(200);
    await expect(app.client.apply({ state, if_revision: plan.revision })).rejects.toMatchObject({
      code: "governance.state_changed",
      status: 409,
    });
  });

  test("applied again changes nothing", async () => {
    const again = await app.client.apply({ state });
    expect(again).toMatchObject({ counts: { create: 0, change: 0, remove: 0, leave: 1, unchanged: 5 }, secrets: {} });
    expect(actions(again)).toEqual(["leave keys.first admin key"]);
  });

  test("is compared field by field", async () => {
    const teams = { core: { budgets: [{ usd: 200 }], disabled: true }, rest: {} };
    const { changes } = await app.client.apply({ state: { teams }, dry_run: true });
    expect(changes).toEqual([
      {
        section: "teams",
        name: "core",
        action: "change",
        fields: [
          { field: "disabled", before: false, after: true },
          {
            field: "budgets",
            before: [{ usd: 100, every: "month", when_short: "refuse" }],
            after: [{ usd: 200, every: "month", when_short: "refuse" }],
          },
        ],
      },
    ]);
  });

  test("says where it does not hold, and what was perhaps meant", async () => {
    const wrong = { teams: { core: { budgts: [] } }, kyes: {}, keys: { a: { scopes: ["fly"] } } };
    await expect(app.client.apply({ state: wrong })).rejects.toMatchObject({
      code: "governance.state_invalid",
      status: 400,
      message: expect.stringMatching(
        /unknown key "kyes": did you mean "keys"\?\n.*unknown key "teams\.core\.budgts": did you mean "budgets"\?\n.*keys\.a\.scopes\.0: /,
      ),
    });
  });

  test("must hold entries by name", async () => {
    for (const teams of [["core"], "core", 5])
      await expect(app.client.apply({ state: { teams } })).rejects.toMatchObject({ code: "governance.state_invalid" });
  });

  test("is applied whole or not at all", async () => {
    const before = (await app.client.export()).state;
    // The team is named by a project that stays.
    await expect(app.client.apply({ state: { teams: { newer: {} } }, prune: true })).rejects.toMatchObject({
      code: "governance.entry_in_use",
    });
    expect((await app.client.export()).state).toEqual(before);
  });

  test("is what an export prints, but for what a file cannot tell", async () => {
    const { state: exported, left_out } = await app.client.export();
    expect(left_out).toEqual([]);
    expect(exported["teams"]).toEqual({
      core: { budgets: [{ usd: 100, every: "month", when_short: "refuse" }] },
      rest: {},
    });
    expect(exported["keys"]).toMatchObject({
      "atlas ci": { user: "ada", project: "atlas", models: ["sim/*"], expires_at: "2099-01-01T00:00:00.000Z" },
    });
    const again = await app.client.apply({ state: exported, prune: true });
    expect(again.changes).toEqual([]);
    const twin = await app.client.keys.create({ name: "atlas ci" });
    expect((await app.client.export()).left_out).toEqual([
      { section: "keys", name: "atlas ci", reason: "2 have this name" },
    ]);
    await expect(app.client.apply({ state })).rejects.toMatchObject({ message: expect.stringContaining(twin.id) });
    await app.client.keys.revoke({ id: twin.id });
  });

  test("lets its keys call what they may, and nothing else", async () => {
    expect((await app.chat({ ...body, model: "sim/sim-small" }, { key: secret })).status).toBe(200);
    await app.client.apply({ state: { keys: { "atlas ci": { models: ["sim/sim-small"] } } } });
    const refused = await app.chat(body, { key: secret });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("may not call");
  });

  test("prunes what it does not have, but never the key that asks", async () => {
    const all = { users: {}, teams: {}, projects: {}, keys: {} };
    const pruned = await app.client.apply({ state: all, prune: true });
    expect(actions(pruned).sort()).toEqual([
      "leave keys.first admin key",
      "remove keys.atlas ci",
      "remove projects.atlas",
      "remove teams.core",
      "remove teams.rest",
      "remove users.ada",
    ]);
    expect((await app.chat(body, { key: secret })).status).toBe(401);
    expect((await app.client.teams.list({})).entries).toEqual([]);
  });

  test("of many keys is applied at once, and more than the bound are refused", async () => {
    const keysOf = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key ${at}`, {}]));
    const { secrets, counts, changes } = await app.client.apply({ state: { keys: keysOf(1500) } });
    expect(new Set(Object.values(secrets["keys"] ?? {})).size).toBe(1500);
    expect(counts.create).toBe(1500);
    expect(changes).toHaveLength(500);
    const again = await app.client.apply({ state: { keys: keysOf(1500) } });
    expect(again.counts).toMatchObject({ unchanged: 1500, change: 0 });
    await expect(app.client.apply({ state: { keys: keysOf(2001) } })).rejects.toMatchObject({
      code: "governance.state_too_large",
    });
  });
});

describe("a directory that is strict", () => {
  test("refuses names that it does not have, and calls of keys that have them", async () => {
    const strict = await startTestApp({ config: "governance: { directory: strict }" });
    await expect(strict.client.keys.create({ name: "k", team: "nobody" })).rejects.toMatchObject({
      code: "governance.not_in_directory",
      status: 403,
    });
    await expect(strict.client.apply({ state: { projects: { p: { teams: ["nobody"] } } } })).rejects.toMatchObject({
      code: "governance.not_in_directory",
    });
    await strict.client.apply({ state: { teams: { known: {} }, keys: { k: { team: "known" } } } });
    await strict.close();
  });
});
