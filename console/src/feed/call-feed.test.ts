import { afterEach, expect, test } from "bun:test";
import type { CallQuery } from "../../../src/ledger/contract.ts";
import { openApi } from "../api/open-api.ts";
import { demoKey, type MockServer, startMockServer } from "../../dev/mock-server.ts";
import { type CallFeed, createCallFeed } from "./call-feed.ts";
import { endOfList, type FeedState } from "./feed-state.ts";

const open: { server?: MockServer; feed?: CallFeed } = {};
afterEach(async () => {
  open.feed?.close();
  await open.server?.stop();
});

/** A started feed against the stand-in. The stand-in takes the key in place of the cookie that a browser would send. */
function startFeed(calls: number): { server: MockServer; feed: CallFeed } {
  const server = startMockServer({ calls });
  const feed = createCallFeed(openApi(server.url, demoKey));
  Object.assign(open, { server, feed });
  feed.start();
  return { server, feed };
}

function until(feed: CallFeed, holds: (state: FeedState) => boolean): Promise<FeedState> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (holds(feed.getState())) resolve(feed.getState());
    };
    feed.subscribe(look);
    look();
  });
}

test("reads the newest page, then shows calls as they end", async () => {
  const { server, feed } = startFeed(120);
  const first = await until(feed, (state) => state.loaded);
  expect([first.list.rows.length, endOfList(first), first.problem]).toEqual([100, "some", null]);
  const id = server.addCall({ outcome: "failed" });
  const after = await until(feed, (state) => state.list.rows.some((row) => row.call.id === id));
  expect(after.arrived).toEqual({ total: 1, failed: 1 });
});

test("loads older pages to the end of the record", async () => {
  const { feed } = startFeed(250);
  await until(feed, (state) => state.loaded);
  await feed.loadOlder();
  await feed.loadOlder();
  const { list } = feed.getState();
  expect([list.rows.length, list.older.kind]).toEqual([250, "none"]);
  expect(new Set(list.rows.map((row) => row.call.id)).size).toBe(250);
});

test("holds new calls back while paused, counts them, and shows them on going on", async () => {
  const { server, feed } = startFeed(3);
  await until(feed, (state) => state.loaded);
  feed.setPaused(true);
  server.addCall();
  server.addCall();
  const held = await until(feed, (state) => state.heldCount === 2);
  expect(held.list.rows.length).toBe(3);
  feed.setPaused(false);
  expect(feed.getState()).toMatchObject({ heldCount: 0, paused: false });
  expect(feed.getState().list.rows.length).toBe(5);
});

test("asks the server for what it is narrowed to, and sifts live calls itself", async () => {
  const { server, feed } = startFeed(60);
  await until(feed, (state) => state.loaded);
  feed.setFilter({ outcome: "refused" satisfies CallQuery["outcome"], model: "" });
  await until(feed, (state) => state.loaded);
  server.addCall({ outcome: "ok" });
  const wanted = server.addCall({ outcome: "refused" });
  const { list } = await until(feed, (state) => state.list.rows.some((row) => row.call.id === wanted));
  expect(new Set(list.rows.map((row) => row.call.outcome))).toEqual(new Set(["refused"]));
});

test("says why the list cannot be read while the database is away, shows live calls all the same, and recovers", async () => {
  const { server, feed } = startFeed(5);
  await until(feed, (state) => state.loaded);
  server.setDatabase(false);
  feed.setFilter({ outcome: "ok", model: "" });
  const away = await until(feed, (state) => state.problem !== null);
  expect(away.problem).toMatchObject({ kind: "refused", code: "storage.unavailable" });
  server.addCall({ outcome: "ok" });
  await until(feed, (state) => state.list.rows.length === 1);
  server.setDatabase(true);
  feed.retryNow();
  const back = await until(feed, (state) => state.problem === null);
  expect(back.list.rows.length).toBeGreaterThan(1);
});

test("comes back after the server was gone, with what ended in between", async () => {
  const { server, feed } = startFeed(3);
  await until(feed, (state) => state.connection.kind === "live" && state.loaded);
  await server.stop();
  await until(feed, (state) => state.connection.kind === "waiting");
  const again = startMockServer({ port: server.port, calls: 8 });
  open.server = again;
  feed.retryNow();
  const back = await until(feed, (state) => state.connection.kind === "live" && state.list.rows.length === 8);
  expect(back.problem).toBeNull();
});
