// Routes that are made, changed and taken away while the platform runs, by one of two processes on one PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createClient } from "../../client/index.ts";
import type { RouteView } from "../../src/gateway/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { SHARED_ENV, startTwoApps, type TwoApps } from "../support/two-apps.ts";
import { until } from "../support/until.ts";

const FILE = "gateway: { routes: { house: { targets: [sim/sim-small] } } }\n";

let both: TwoApps;
let here: TestApp;
let there: TestApp;

beforeAll(async () => {
  both = await startTwoApps(FILE);
  [here, there] = both.apps;
});
afterAll(() => both.close());

const elsewhere = () => createClient({ url: there.url, key: here.key });
const ask = (model: string, more: object = {}) => ({
  model,
  max_tokens: 5,
  messages: [{ role: "user", content: "Hello" }],
  ...more,
});

/** Who answers at that process; the status, where nobody does. */
async function answeredBy(app: TestApp, model: string): Promise<string> {
  const response = await app.chat(ask(model), { key: here.key });
  await response.text();
  return response.headers.get("x-binnacle-target") ?? String(response.status);
}

const put = (name: string, plan: Record<string, unknown>, more: object = {}) =>
  here.client.routes.put({ name, plan, ...more });

describe("a route made by API", () => {
  test("is used at once where it was made, and by the other process soon after", async () => {
    const plan = { strategy: "weighted", targets: [{ target: "sim/sim-instant", weight: 2 }] };
    const { route, changes, revision_before } = await put("ship", plan);
    expect(route).toMatchObject({ name: "ship", source: "api", targets: ["sim/sim-instant"], affinity: "none" });
    expect(route.changed_by?.key_name).toBe("first admin key");
    expect([revision_before, changes]).toEqual([
      0,
      ["+ strategy: weighted", "+ targets.0.target: sim/sim-instant", "+ targets.0.weight: 2", "+ affinity: none"],
    ]);
    expect(await answeredBy(here, "ship")).toBe("sim/sim-instant");
    // It takes as long as the interval between two looks, half a second, and what a machine is busy with besides.
    await until(async () => (await answeredBy(there, "ship")) === "sim/sim-instant");
    expect((await elsewhere().models({ search: "ship" })).models).toMatchObject([{ id: "ship", kind: "route" }]);
    expect(await elsewhere().routes.get({ name: "ship" })).toEqual(route);
  });

  test("is changed by the other process, and gone with its deletion", async () => {
    await put("brief", { targets: ["sim/sim-instant"] });
    await until(async () => (await answeredBy(there, "brief")) === "sim/sim-instant");
    await elsewhere().routes.put({ name: "brief", plan: { targets: ["sim/sim-large"] } });
    expect(await answeredBy(there, "brief")).toBe("sim/sim-large");
    await until(async () => (await answeredBy(here, "brief")) === "sim/sim-large");
    expect(await elsewhere().routes.delete({ params: { name: "brief" } })).toEqual({ deleted: "brief" });
    expect(await answeredBy(there, "brief")).toBe("404");
    await until(async () => (await answeredBy(here, "brief")) === "404");
    await expect(here.client.routes.get({ name: "brief" })).rejects.toMatchObject({ code: "gateway.route_unknown" });
    await expect(here.client.routes.delete({ params: { name: "brief" } })).rejects.toMatchObject({ status: 404 });
  });

  test("leaves a call under way where it began", async () => {
    await put("slow", { targets: ["sim/sim-small?token_ms=30&tokens=10"] });
    const underWay = await here.chat(ask("slow", { max_tokens: 10, stream: true }));
    await put("slow", { targets: ["sim/sim-large"] });
    expect(await answeredBy(here, "slow")).toBe("sim/sim-large");
    await here.client.routes.delete({ params: { name: "slow" } });
    expect(await underWay.text()).toEndWith("data: [DONE]\n\n");
    expect(underWay.headers.get("x-binnacle-target")).toContain("sim/sim-small");
  });

  test("may have any name that a model may have", async () => {
    for (const name of ["team/fast", "ä b%2F?", "explain", "__proto__", "x".repeat(200)]) {
      await put(name, { targets: ["sim/sim-instant"] });
      expect(await answeredBy(here, name)).toBe("sim/sim-instant");
      expect((await here.client.routes.history({ name })).versions).toHaveLength(1);
      await here.client.routes.delete({ params: { name } });
    }
    for (const name of ["", "a\u0000b", "x".repeat(201)])
      await expect(put(name, { targets: ["sim/sim-instant"] })).rejects.toThrow();
  });
});

describe("a change", () => {
  test("that does not hold is refused whole, with every problem and its place", async () => {
    await put("firm", { targets: ["sim/sim-instant"] });
    const refused = (plan: Record<string, unknown>) =>
      put("firm", plan).then(
        () => "taken",
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      );
    const bad: [Record<string, unknown>, string[]][] = [
      [{ targets: [] }, ["targets: name at least one target"]],
      [{ strategie: "order", targets: ["sim/x"] }, ['unknown key "strategie": did you mean "strategy"?']],
      [
        { targets: ["simm/x", { targets: ["sim/sim-instant", "sim/sim-instnat"] }] },
        [
          'targets.0: no vendor "simm" is configured; did you mean "sim"?',
          'targets.1.targets.1: "sim/sim-instnat" is not offered there; did you mean "sim/sim-instant"?',
        ],
      ],
      [{ targets: ["sim/sim-instant", { target: "sim/sim-large", weight: 2 }] }, ["targets.1.weight: goes with"]],
      [{ targets: [`sim/${"x".repeat(70_000)}`] }, ["gateway.api_routes.plan_bytes_max is 65536"]],
    ];
    for (const [plan, words] of bad) {
      const said = await refused(plan);
      for (const word of ["gateway.route_invalid", ...words]) expect(said).toContain(word);
    }
    const when = { header: { target: ["nobody/x"] }, user: "nobody/y" };
    expect(await refused({ targets: [{ when, target: "sim/sim-instant" }] })).toBe("taken");
    await put("firm", { targets: ["sim/sim-instant"] });
    expect(await answeredBy(here, "firm")).toBe("sim/sim-instant");
    expect((await here.client.routes.history({ name: "firm" })).versions).toHaveLength(3);
  });

  test("of a route that has changed since is refused, with what has changed", async () => {
    const first = await put("busy", { targets: ["sim/sim-instant"] }, { if_revision: 0 });
    const second = await put("busy", { targets: ["sim/sim-large"] }, { if_revision: first.route.revision });
    const conflict = await elsewhere()
      .routes.put({
        name: "busy",
        plan: { targets: ["sim/sim-small"] },
        if_revision: first.route.revision ?? 0,
      })
      .catch((error: unknown) => error as { status: number; message: string; data: { fix: string } });
    expect(conflict).toMatchObject({
      status: 409,
      code: "gateway.route_changed",
      message: expect.stringMatching(
        /key "first admin key" \(\w+\) changed it at .*\n {2}~ targets.0: sim\/sim-instant → sim\/sim-large$/,
      ),
      data: { fix: expect.stringContaining(`if_revision ${second.route.revision}`) },
    });
    await expect(put("busy", { targets: ["sim/sim-small"] }, { if_revision: 0 })).rejects.toMatchObject({
      status: 409,
    });
    await expect(
      here.client.routes.delete({ params: { name: "busy" }, query: { if_revision: 1 } }),
    ).rejects.toMatchObject({ code: "gateway.route_changed" });
    await here.client.routes.delete({ params: { name: "busy" }, query: { if_revision: second.route.revision ?? 0 } });
    const after = put("busy", { targets: ["sim/sim-small"] }, { if_revision: second.route.revision });
    await expect(after).rejects.toThrow(/deleted it at/);
  });

  test("from many at once comes out as one after the other, and one alone for each revision", async () => {
    await put("race", { targets: ["sim/sim-instant"] });
    const { revision } = await here.client.routes.get({ name: "race" });
    await until(async () => (await answeredBy(there, "race")) === "sim/sim-instant");
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? here.client : elsewhere()).routes.put({
          name: "race",
          plan: { targets: [`sim/sim-small?seed=${index}`] },
          if_revision: revision ?? 0,
        }),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await here.client.routes.history({ name: "race" })).versions).toHaveLength(2);
  });

  test("that is none makes no version, and one that is only tried changes nothing", async () => {
    const { route } = await put("still", { targets: ["sim/sim-instant"] });
    const again = await put("still", { strategy: "order", targets: ["sim/sim-instant"] });
    expect(again).toMatchObject({ changes: [], revision_before: route.revision, route: { revision: route.revision } });
    const tried = await put("still", { targets: ["sim/sim-large"] }, { dry_run: true });
    expect(tried.changes).toEqual(["~ targets.0: sim/sim-instant → sim/sim-large"]);
    expect(await here.client.routes.get({ name: "still" })).toEqual(route);
  });
});

describe("the history", () => {
  test("says who changed what when, and gives an earlier version back, of a deleted route too", async () => {
    const { secret, id } = await here.client.keys.create({ name: "ops", scopes: ["admin"] });
    const first = await put("old", { targets: ["sim/sim-instant"] });
    const client = createClient({ url: here.url, key: secret });
    await client.routes.put({ name: "old", plan: { targets: ["sim/sim-large"] } });
    await client.routes.delete({ params: { name: "old" } });
    const { versions } = await client.routes.history({ name: "old" });
    expect(versions.map(({ plan }) => (plan as { targets: string[] } | null)?.targets)).toEqual([
      undefined,
      ["sim/sim-large"],
      ["sim/sim-instant"],
    ]);
    expect(versions.map(({ changed_by }) => changed_by.key_name)).toEqual(["ops", "ops", "first admin key"]);
    expect(versions[0]?.changed_by.key_id).toBe(id);
    const restore = (revision: number) => client.routes.restore({ name: "old", revision });
    await expect(restore(versions[0]?.revision ?? 0)).rejects.toThrow(/was deleted: there is nothing to restore/);
    await expect(restore(99_999)).rejects.toMatchObject({ code: "gateway.revision_unknown" });
    const { route } = await restore(first.route.revision ?? 0);
    expect(route.revision).toBeGreaterThan(versions[0]?.revision ?? 0);
    expect(await answeredBy(here, "old")).toBe("sim/sim-instant");
    await expect(client.routes.history({ name: "never" })).rejects.toMatchObject({ status: 404 });
  });
});

describe("a route of the config file", () => {
  const inConfig = { code: "gateway.route_in_config", status: 409 };

  test("cannot be changed by API, and is told apart", async () => {
    await expect(put("house", { targets: ["sim/sim-large"] })).rejects.toMatchObject(inConfig);
    await expect(here.client.routes.delete({ params: { name: "house" } })).rejects.toMatchObject(inConfig);
    await expect(here.client.routes.restore({ name: "house", revision: 1 })).rejects.toMatchObject(inConfig);
    await put("other", { targets: ["sim/sim-instant"] });
    const { routes } = await here.client.routes.list();
    const sourceOf = (wanted: string) => routes.find(({ name }: RouteView) => name === wanted)?.source;
    expect([sourceOf("house"), sourceOf("other")]).toEqual(["config", "api"]);
    expect(routes[0]).toMatchObject({ name: "house", revision: null, changed_by: null });
  });

  test("stands before one of its name that was made by API, for as long as the file has it", async () => {
    await put("twice", { targets: ["sim/sim-instant"] });
    await here.reload(`gateway: { routes: { twice: { targets: [sim/sim-large] } } }\n`);
    expect(await answeredBy(here, "twice")).toBe("sim/sim-large");
    await expect(put("twice", { targets: ["sim/sim-small"] })).rejects.toMatchObject(inConfig);
    await here.reload(FILE);
    expect(await answeredBy(here, "twice")).toBe("sim/sim-instant");
    expect(await answeredBy(here, "house")).toBe("sim/sim-small");
  });
});

describe("a database that goes away", () => {
  test("leaves routes as they are last known, and takes changes again when it is back", async () => {
    const app = await startTestApp({ config: `${FILE}storage: { probe_interval: 50ms }\n`, ownDatabase: true });
    const { routes } = app.client;
    await routes.put({ name: "ship", plan: { targets: ["sim/sim-instant"] } });
    const answered = async () => (await app.chat(ask("ship"))).headers.get("x-binnacle-target");
    const pid = Number((await Bun.file(`${app.home}/postgres/postmaster.pid`).text()).split("\n")[0]);
    process.kill(pid, "SIGKILL");
    expect(await answered()).toBe("sim/sim-instant");
    expect((await routes.list()).routes.map(({ name }) => name)).toEqual(["house", "ship"]);
    const away = { code: "gateway.routes_unavailable", status: 503 };
    await until(() =>
      routes.put({ name: "ship", plan: { targets: ["sim/sim-large"] } }).then(
        () => true,
        (error: unknown) => (expect(error).toMatchObject(away), false),
      ),
    );
    await until(async () => (await answered()) === "sim/sim-large");
    await app.close();
  }, 120_000);

  test("gives them to a process that begins anew", async () => {
    await put("lasting", { targets: ["sim/sim-instant"] });
    const again = await startTestApp({ config: FILE, database: both.database, env: SHARED_ENV });
    expect(await answeredBy(again, "lasting")).toBe("sim/sim-instant");
    await again.close();
  });
});

test("only an admin changes routes", async () => {
  const { secret } = await here.client.keys.create({ name: "reader", scopes: ["read"] });
  const reader = createClient({ url: here.url, key: secret });
  const forbidden = { status: 403 };
  await expect(reader.routes.put({ name: "x", plan: { targets: ["sim/sim-small"] } })).rejects.toMatchObject(forbidden);
  await expect(reader.routes.delete({ params: { name: "house" } })).rejects.toMatchObject(forbidden);
  await expect(reader.routes.restore({ name: "house", revision: 1 })).rejects.toMatchObject(forbidden);
  expect(await reader.routes.get({ name: "house" })).toMatchObject({ source: "config" });
});
