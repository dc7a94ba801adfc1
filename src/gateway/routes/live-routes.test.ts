import { expect, test } from "bun:test";
import { createWorld } from "../../kernel/index.ts";
import { createLiveRoutes } from "./live-routes.ts";
import type { RouteVersion } from "./store.ts";

function startLive(configured: Parameters<typeof createLiveRoutes>[0] = {}) {
  const state = {
    revision: 0,
    standing: [] as RouteVersion[],
    isAway: false,
    reads: 0,
    changes: 0,
    logged: [] as string[],
  };
  const { log, monotonicMs } = createWorld();
  const note = (_: object, text: string) => void state.logged.push(text);
  const live = createLiveRoutes(configured, {
    store: {
      newestRevision: () => (state.isAway ? Promise.reject(new Error("away")) : Promise.resolve(state.revision)),
      async standing() {
        state.reads += 1;
        return state.standing;
      },
      versions: () => Promise.resolve([]),
    },
    world: { monotonicMs, log: Object.assign(log, { warn: note, error: note }) },
    isAvailable: () => true,
    intervalMs: 60_000,
    onChange: () => void (state.changes += 1),
  });
  const setStanding = (revision: number, ...standing: RouteVersion[]) => Object.assign(state, { revision, standing });
  return { live, state, setStanding };
}

const version = (name: string, revision: number, plan: unknown = { targets: [`v/${revision}`] }): RouteVersion => ({
  name,
  revision,
  plan,
  changedAtMs: 1,
  keyId: "k",
  keyName: "ops",
});
const route = (target: string) => ({ strategy: "order" as const, affinity: "none" as const, targets: [target] });

test("routes are read again only when the revision is another, also a lower one", async () => {
  const { live, state, setStanding } = startLive();
  await live.start();
  setStanding(2, version("a", 1), version("b", 2));
  await live.look();
  const a = live.find("a");
  const reads = state.reads;
  await live.look();
  expect(state.reads).toBe(reads);
  setStanding(3, version("a", 1), version("b", 3));
  await live.look();
  expect(live.find("a")).toBe(a as never);
  expect(live.find("b")?.route.targets).toEqual(["v/3"]);
  setStanding(1, version("a", 1));
  await live.look();
  expect(live.all().map(({ name }) => name)).toEqual(["a"]);
  await live.close();
});

test("without the database the config's routes serve, and those that are known go on", async () => {
  const { live, state, setStanding } = startLive({ house: route("v/house") });
  state.isAway = true;
  await live.start();
  expect(live.all().map(({ name }) => name)).toEqual(["house"]);
  state.isAway = false;
  setStanding(1, version("a", 1));
  await live.look();
  state.isAway = true;
  await live.look();
  expect(live.all().map(({ name }) => name)).toEqual(["house", "a"]);
  await live.close();
});

test("a name of the config file is the file's, and the other waits and is told of", async () => {
  const { live, state, setStanding } = startLive();
  setStanding(1, version("a", 1));
  await live.start();
  live.setConfigured({ a: route("v/file") });
  expect([live.find("a")?.route.targets, live.isConfigured("a")]).toEqual([["v/file"], true]);
  expect(state.logged).toEqual(["the config file's route stands before the one made by API"]);
  live.setConfigured({});
  expect([live.find("a")?.route.targets, live.isConfigured("a")]).toEqual([["v/1"], false]);
  expect(live.isConfigured("constructor")).toBe(false);
  expect(state.changes).toBe(3);
  await live.close();
});

test("a plan that is not understood here is told of, and the others serve", async () => {
  const { live, state, setStanding } = startLive();
  setStanding(2, version("new", 1, { targets: ["v/x"], strategy: "of tomorrow" }), version("a", 2));
  await live.start();
  expect(live.all().map(({ name }) => name)).toEqual(["a"]);
  expect(state.logged).toEqual(["a route made by API is not understood here"]);
  await live.close();
});
