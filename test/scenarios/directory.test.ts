// Users, teams and projects as operators make them, and what callers notice of it, at two processes on one database.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { untilFound } from "../support/until.ts";

const config = `
providers: { sim: { price: { input_usd_per_million: 1000, output_usd_per_million: 1000 } } }
governance: { budgets: [{ of: team, name: capped, usd: 1 }] }
`;

let apps: TwoApps["apps"];
let close: TwoApps["close"];

beforeAll(async () => {
  ({ apps, close } = await startTwoApps(config));
});
afterAll(() => close());

const client = () => apps[0].client;
const body = { model: "sim/sim-instant", max_tokens: 5, messages: [{ role: "user", content: "Hello" }] };
const ask = async (key: string, at: 0 | 1 = 0) => apps[at].chat(body, { key });
const told = async (response: Response) =>
  ((await response.json()) as { error: { code: string; message: string } }).error;

/** Until the process that did not make the change answers so; it is given far more than the second that it should take. */
function untilElsewhere(key: string, status: number): Promise<Response> {
  return untilFound(async () => {
    const response = await ask(key, 1);
    return response.status === status && response;
  });
}

describe.each(["users", "teams", "projects"] as const)("%s", (kind) => {
  const kindOf = { users: "user", teams: "team", projects: "project" } as const;

  test("are made, shown, changed and deleted by name", async () => {
    const routes = client()[kind];
    const name = "Größe / a b";
    const made = await routes.create({ name, budgets: [{ usd: 5 }] });
    expect(made).toMatchObject({ name, disabled: false, limits: [] });
    expect(made.budgets).toEqual([{ usd: 5, every: "month", when_short: "refuse" }]);
    await expect(routes.create({ name })).rejects.toMatchObject({ code: "governance.entry_exists", status: 409 });
    const changed = await routes.update({ name, limits: [{ requests: 9 }] });
    expect(changed).toMatchObject({ budgets: made.budgets, limits: [{ requests: 9, every: "minute" }] });
    expect(await routes.get({ name })).toEqual(changed);
    expect((await routes.list({})).entries).toContainEqual(changed);
    await routes.delete({ name });
    await expect(routes.get({ name })).rejects.toMatchObject({ code: "governance.entry_unknown", status: 404 });
    expect((await routes.create({ name })).budgets).toEqual([]);
    await routes.delete({ name });
  });

  test("are listed page by page, each once", async () => {
    for (const name of ["p1", "p2", "p3", "p4", "p5"]) await client()[kind].create({ name });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await client()[kind].list({ limit: 2, ...(cursor !== null && { cursor }) });
      seen.push(...page.entries.map(({ name }) => name));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(["p1", "p2", "p3", "p4", "p5"]);
    await expect(client()[kind].list({ cursor: "%%" })).rejects.toMatchObject({ code: "governance.bad_cursor" });
    for (const name of seen) await client()[kind].delete({ name });
  });

  test("that are disabled have their calls refused at every process, until they are enabled", async () => {
    const name = `stopped ${kind}`;
    await client()[kind].create({ name });
    const { secret } = await client().keys.create({ name, [kindOf[kind]]: name });
    expect((await ask(secret, 1)).status).toBe(200);
    await client()[kind].update({ name, disabled: true });
    expect(await told(await ask(secret))).toMatchObject({
      code: "governance.disabled",
      message: expect.stringContaining(`The ${kindOf[kind]} ${name} is disabled`),
    });
    await untilElsewhere(secret, 403);
    await client()[kind].update({ name, disabled: false });
    expect((await ask(secret)).status).toBe(200);
    await untilElsewhere(secret, 200);
  });

  test("that carry a budget are held to it at every process, from the change on", async () => {
    const name = `poor ${kind}`;
    const { secret } = await client().keys.create({ name, [kindOf[kind]]: name });
    expect((await ask(secret, 1)).status).toBe(200);
    await client()[kind].create({ name, budgets: [{ usd: 0.000001 }] });
    expect(await told(await ask(secret))).toMatchObject({
      code: "governance.budget_short",
      message: expect.stringContaining(`The budget of the ${kindOf[kind]} ${name}`),
    });
    await untilElsewhere(secret, 402);
    await client()[kind].update({ name, budgets: [] });
    await untilElsewhere(secret, 200);
  });

  test("show what was spent of their budgets", async () => {
    const name = `told ${kind}`;
    await client()[kind].create({ name, budgets: [{ usd: 5 }] });
    const key = await client().keys.create({ name, [kindOf[kind]]: name, budgets: [{ usd: 3, every: "day" }] });
    expect((await ask(key.secret)).status).toBe(200);
    const spent = async (whose: string) =>
      (await client().budgets({ limit: 200 })).budgets.find((each) => each.whose === whose && each.spent > 0);
    expect(await untilFound(() => spent(`key ${key.id}`))).toMatchObject({ cap: 3_000_000, every: "day" });
    expect(await untilFound(() => spent(`${kindOf[kind]} ${name}`))).toMatchObject({ cap: 5_000_000, every: "month" });
  });

  test("are not deleted while a key goes by them", async () => {
    const name = `needed ${kind}`;
    await client()[kind].create({ name });
    const { id } = await client().keys.create({ name, [kindOf[kind]]: name });
    await expect(client()[kind].delete({ name })).rejects.toMatchObject({
      code: "governance.entry_in_use",
      status: 409,
    });
    await client().keys.revoke({ id });
    await client()[kind].delete({ name });
  });
});
