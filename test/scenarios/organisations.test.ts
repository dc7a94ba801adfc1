// Tenants: made and closed by the installation, run by their own admins; with names, caps, answers and spans that are nobody else's.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BinnacleClient, createClient } from "../../client/index.ts";
import type { RoleName } from "../../src/policy/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { until } from "../support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    config:
      "gateway: { cache: { enabled: true, scope: installation } }\ngovernance: { limits: [{ of: team, name: capped, requests: 2 }] }",
  });
  for (const name of ["acme", "globex"]) await app.client.organisations.create({ name });
});
afterAll(() => app.close());

interface Made {
  id: string;
  secret: string;
  client: BinnacleClient;
}

async function make(organisation: string, role: RoleName, more: object = {}): Promise<Made> {
  const { id, secret } = await app.client.keys.create({
    name: `${organisation} ${role}`,
    organisation,
    roles: [role],
    ...more,
  });
  return { id, secret, client: createClient({ url: app.url, key: secret }) };
}

const ask = (words: string) => ({ model: "sim/sim-instant", messages: [{ role: "user", content: words }] });

describe("an organisation", () => {
  test("is run by its own admin, who makes keys and people there and nowhere else", async () => {
    const { client } = await make("acme", "admin");
    const key = await client.keys.create({ name: "theirs", roles: ["developer"] });
    expect(key).toMatchObject({ organisation: "acme", roles: ["developer"] });
    await client.teams.create({ name: "core" });
    expect((await client.teams.list({})).entries.map(({ name }) => name)).toEqual(["core"]);
    expect((await app.client.teams.list({})).entries).toEqual([]);
    await expect(client.keys.create({ name: "not theirs", organisation: "globex" })).rejects.toMatchObject({
      code: "governance.not_allowed",
      message: expect.stringContaining("change_keys"),
    });
    const { keys } = await client.keys.list({});
    expect(new Set(keys.map(({ organisation }) => organisation))).toEqual(new Set(["acme"]));
  });

  test("has owners whom admins neither make nor touch", async () => {
    const owner = await make("acme", "owner");
    const { client } = await make("acme", "admin");
    const refusals = [
      () => client.keys.create({ name: "x", roles: ["owner"] }),
      () => client.keys.create({ name: "x", scopes: ["admin"] }),
      () => client.keys.update({ id: owner.id, disabled: true }),
      () => client.keys.revoke({ id: owner.id }),
      () => client.users.create({ name: "x", roles: ["owner"] }),
      () => client.apply({ state: { keys: { x: { roles: ["owner"] } } } }),
    ];
    for (const refusal of refusals) await expect(refusal()).rejects.toMatchObject({ code: "governance.owner_only" });
    expect((await owner.client.session.get()).roles).toEqual(["owner"]);
  });

  test("that is disabled calls nothing, and cannot be deleted while it has keys", async () => {
    await app.client.organisations.create({ name: "closing" });
    const { secret } = await make("closing", "member");
    await expect(app.client.organisations.delete({ name: "closing" })).rejects.toMatchObject({
      code: "governance.entry_in_use",
    });
    await app.client.organisations.update({ name: "closing", disabled: true });
    expect((await app.chat(ask("hi"), { key: secret })).status).toBe(403);
  });

  test("that nobody made has no keys", async () => {
    const made = app.client.keys.create({ name: "x", organisation: "nobody" });
    await expect(made).rejects.toMatchObject({ code: "governance.entry_unknown" });
  });

  test("is applied and exported as a file of its own", async () => {
    const state = { teams: { field: {} }, keys: { robot: { roles: ["member"], kind: "service", team: "field" } } };
    await app.client.apply({ state, organisation: "globex" });
    expect((await app.client.export({ organisation: "globex" })).state).toMatchObject(state);
    expect((await app.client.export()).state["teams"]).toEqual({});
  });
});

describe("the same names in two organisations", () => {
  test("are under caps of their own, and a cap that the config names is of the installation's own", async () => {
    const limited = { team: "capped" };
    const own = await make("default", "member", limited);
    const acme = await make("acme", "member", limited);
    const statuses = async ({ secret }: Made): Promise<number[]> => {
      const found: number[] = [];
      for (let call = 0; call < 3; call += 1)
        found.push((await app.chat(ask(`capped ${call}`), { key: secret })).status);
      return found;
    };
    expect([await statuses(own), await statuses(acme)]).toEqual([
      [200, 200, 429],
      [200, 200, 200],
    ]);
  });

  test("have budgets that only their own organisation is shown", async () => {
    for (const organisation of ["acme", "globex"])
      await app.client.teams.create({ name: "spent", organisation, limits: [{ requests: 10 }] });
    const [acme, globex] = [await make("acme", "auditor"), await make("globex", "auditor")];
    const { secret } = await make("acme", "member", { team: "spent" });
    await app.chat(ask("counted"), { key: secret });
    const seen = async ({ client }: Pick<Made, "client">) =>
      (await client.budgets({})).budgets.map(({ whose }) => whose);
    await until(async () => (await seen(acme)).includes("team spent"));
    expect([await seen(globex), (await seen(app)).includes("team spent")]).toEqual([[], true]);
  });
});

describe("between organisations", () => {
  test("no kept answer is shared, even where the whole installation shares them", async () => {
    const keys = [await make("default", "member"), await make("acme", "member"), await make("acme", "member")];
    const outcomes: (string | null)[] = [];
    for (const { secret } of keys) {
      const response = await app.chat(ask("an answer that is kept"), { key: secret });
      await response.text();
      outcomes.push(response.headers.get("x-binnacle-cache"));
    }
    expect(outcomes).toEqual(["miss", "miss", "hit"]);
  });

  test("a span with another's ids is a record of its own", async () => {
    const sent = { traceId: "ab".repeat(16), spanId: "cd".repeat(8), name: "first", kind: 1 };
    const time = { startTimeUnixNano: `${Date.now()}000000`, endTimeUnixNano: `${Date.now()}000000` };
    const [acme, globex] = [await make("acme", "owner"), await make("globex", "owner")];
    for (const [{ secret }, name] of [[acme, "acme's"] as const, [globex, "globex's, which says more"] as const])
      await fetch(`${app.url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
        body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ ...sent, ...time, name }] }] }] }),
      });
    const names = async ({ client }: Made) => {
      const found = await client.traces.get({ id: sent.traceId }).catch(() => undefined);
      return found?.nodes.map(({ name }) => name);
    };
    await until(async () => (await names(acme)) !== undefined && (await names(globex)) !== undefined);
    expect([await names(acme), await names(globex)]).toEqual([["acme's"], ["globex's, which says more"]]);
  });

  test("costs and series are each one's own, and the installation sees what they come to together", async () => {
    const [acme, globex] = [await make("acme", "owner"), await make("globex", "owner")];
    await app.chat(ask("one more of globex"), { key: globex.secret });
    const all = async ({ client }: Pick<Made, "client">) => (await client.costs.list({ by: "key" })).total.records;
    const sum = async (): Promise<number> => {
      const { rows } = await app.client.costs.list({ by: "organisation" });
      return rows.reduce((total, { records }) => total + records, 0);
    };
    await until(async () => (await app.client.status()).ledger.pending_records === 0);
    const [ofAcme, ofGlobex, together] = [await all(acme), await all(globex), await sum()];
    expect([ofAcme > 0, ofGlobex > 0, together > ofAcme + ofGlobex]).toEqual([true, true, true]);
    const { rows } = await app.client.costs.list({ by: "organisation" });
    expect(rows.find(({ key }) => key["organisation"] === "globex")?.records).toBe(ofGlobex);
    await expect(acme.client.costs.list({ organisation: "globex" })).rejects.toMatchObject({
      code: "governance.not_allowed",
    });
  });
});
