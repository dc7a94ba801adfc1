import { afterEach, expect, test } from "bun:test";
import { type CallFeed, createCallFeed } from "./call-feed.ts";
import { type CallFilter, noFilter } from "./call-filter.ts";
import { aCall, inventServer, type InventedServer } from "./calls.fixture.ts";
import { endOfList, type FeedState } from "./feed-state.ts";

const open: { feed?: CallFeed } = {};
afterEach(() => open.feed?.close());

/** A started feed, and a server that has so many calls, a second between one and the next. */
function startFeed(calls: number, filter: CallFilter = noFilter): { server: InventedServer; feed: CallFeed } {
  const nowMs = Date.now();
  const server = inventServer(Array.from({ length: calls }, (_, at) => aCall({ started_at_ms: nowMs - at * 1000 })));
  const feed = createCallFeed(server.api);
  open.feed = feed;
  feed.setFilter(filter);
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

const isLive = (state: FeedState): boolean => state.connection.kind === "live" && state.loaded;
const has = (id: string) => (state: FeedState) => state.list.rows.some((row) => row.call.id === id);

test("reads the newest page, then shows calls as they end", async () => {
  const { server, feed } = startFeed(120);
  const first = await until(feed, isLive);
  expect([first.list.rows.length, endOfList(first), first.problem]).toEqual([100, "some", null]);
  const { id } = server.end({ outcome: "failed" });
  const after = await until(feed, has(id));
  expect(after.arrived).toEqual({ total: 1, failed: 1 });
});

test("loads older pages to the end of the record", async () => {
  const { feed } = startFeed(250);
  await until(feed, isLive);
  await feed.loadOlder();
  await feed.loadOlder();
  const { list } = feed.getState();
  expect([list.rows.length, list.older.kind]).toEqual([250, "none"]);
  expect(new Set(list.rows.map((row) => row.call.id)).size).toBe(250);
});

test("holds new calls back while paused, counts them, and shows them on going on", async () => {
  const { server, feed } = startFeed(3);
  await until(feed, isLive);
  feed.setPaused(true);
  server.end();
  server.end();
  const held = await until(feed, (state) => state.heldCount === 2);
  expect(held.list.rows.length).toBe(3);
  feed.setPaused(false);
  expect(feed.getState()).toMatchObject({ heldCount: 0, paused: false });
  expect(feed.getState().list.rows.length).toBe(5);
});

test("asks the server for an outcome, and sifts live calls itself", async () => {
  const { server, feed } = startFeed(60, { ...noFilter, outcome: "refused" });
  await until(feed, isLive);
  server.end({ outcome: "ok" });
  const { id } = server.end({ outcome: "refused" });
  const { list } = await until(feed, has(id));
  expect(list.rows.map((row) => row.call.outcome)).toEqual(["refused"]);
  expect(server.asked.every(({ outcome }) => outcome === "refused")).toBe(true);
});

test("lets the server say which live calls match a filter in words, and shows those as new", async () => {
  const { server, feed } = startFeed(5, { ...noFilter, text: "slow" });
  await until(feed, isLive);
  server.end({ model: "fast" });
  const { id } = server.end({ model: "slow" });
  const { list } = await until(feed, has(id));
  expect(list.rows.map((row) => row.call.model)).toEqual(["slow"]);
  expect(list.rows[0]?.arrivedAtMs).toBeNumber();
  expect(server.asked.at(-1)).toMatchObject({ filter: "slow", since_ms: expect.any(Number) });
});

test("holds back what the server found while paused", async () => {
  const { server, feed } = startFeed(1, { ...noFilter, text: "slow" });
  await until(feed, isLive);
  feed.setPaused(true);
  server.end({ model: "slow" });
  const held = await until(feed, (state) => state.heldCount === 1);
  expect(held.list.rows).toEqual([]);
  feed.setPaused(false);
  expect(feed.getState().list.rows.length).toBe(1);
});

test("does not ask again and again for a filter that cannot be read", async () => {
  const { server, feed } = startFeed(5);
  await until(feed, isLive);
  server.refuseWith({
    status: 400,
    code: "ledger.bad_filter",
    message: "It cannot be read.",
    data: { fix: "Mend it." },
  });
  feed.setFilter({ ...noFilter, text: "(" });
  await until(feed, (state) => state.problem?.code === "ledger.bad_filter");
  const before = server.asked.length;
  server.end();
  await until(feed, (state) => state.arrived.total === 1);
  expect(server.asked.length).toBe(before);
});

test("says why the list cannot be read while the database is away, shows live calls all the same, and recovers", async () => {
  const { server, feed } = startFeed(5);
  await until(feed, isLive);
  server.refuseWith({ status: 503, code: "storage.unavailable", message: "Away.", data: { fix: "Wait." } });
  feed.setFilter({ ...noFilter, outcome: "ok" });
  const away = await until(feed, (state) => state.problem !== null);
  expect(away.problem).toMatchObject({ kind: "refused", code: "storage.unavailable" });
  server.end({ outcome: "ok" });
  await until(feed, (state) => state.list.rows.length === 1);
  server.refuseWith(null);
  feed.retryNow();
  const back = await until(feed, (state) => state.problem === null);
  expect(back.list.rows.length).toBeGreaterThan(1);
});

test("comes back after the server was gone, with what ended in between", async () => {
  const { server, feed } = startFeed(3);
  await until(feed, isLive);
  server.switchOff();
  await until(feed, (state) => state.connection.kind === "waiting");
  const { id } = server.end();
  server.switchOn();
  feed.retryNow();
  const back = await until(feed, (state) => isLive(state) && has(id)(state));
  expect(back.list.rows.length).toBe(4);
  await until(feed, (state) => state.problem === null);
});
