// The live list of calls: the newest page, what ends while we look, and older pages on request. It owns reading,
// pausing and catching up after a gap; order and bounds are call-list.ts, the stream is keep-connected.ts.
import type { CallSummary } from "../../../src/ledger/contract.ts";
import { explainError } from "../api/explain-error.ts";
import type { Api } from "../api/open-api.ts";
import { type CallFilter, filterQuery, matchesFilter, sameFilter } from "./call-filter.ts";
import { appendPage, catchUp, placeRows } from "./call-list.ts";
import { endOfList, type FeedState, firstState } from "./feed-state.ts";
import { type Connection, keepConnected, type KeptConnection } from "./keep-connected.ts";

const pageSize = 100;
/** Calls kept while paused; when more came, the newest page is read again on going on. */
const heldMax = 500;
/** New calls are shown at most this often: at 200 calls a second, a row at a time would only flicker. */
const flushMs = 200;
const refreshAgainMs = 5000;

export interface CallFeed {
  getState: () => FeedState;
  subscribe: (listener: () => void) => () => void;
  start: () => void;
  close: () => void;
  setFilter: (filter: CallFilter) => void;
  setPaused: (paused: boolean) => void;
  loadOlder: () => Promise<void>;
  /** Tries a waiting connection, and a list that could not be read, again at once. */
  retryNow: () => void;
}

interface Feed {
  api: Api;
  state: FeedState;
  listeners: Set<() => void>;
  connection: KeptConnection | undefined;
  liveSinceMs: number;
  incoming: CallSummary[];
  flushTimer: ReturnType<typeof setTimeout> | undefined;
  refreshTimer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to a question that is no longer asked (another filter, a closed feed) carry an old number. */
  question: number;
}

export function createCallFeed(api: Api): CallFeed {
  const feed: Feed = {
    api,
    state: firstState(),
    listeners: new Set(),
    connection: undefined,
    liveSinceMs: Infinity,
    incoming: [],
    flushTimer: undefined,
    refreshTimer: undefined,
    question: 0,
  };
  return {
    getState: () => feed.state,
    subscribe(listener) {
      feed.listeners.add(listener);
      return () => feed.listeners.delete(listener);
    },
    start: () => start(feed),
    close: () => close(feed),
    setFilter: (filter) => setFilter(feed, filter),
    setPaused: (paused) => setPaused(feed, paused),
    loadOlder: () => loadOlder(feed),
    retryNow() {
      feed.connection?.retryNow();
      if (feed.state.problem !== null) void refresh(feed);
    },
  };
}

function change(feed: Feed, part: Partial<FeedState>): void {
  feed.state = { ...feed.state, ...part };
  for (const listener of feed.listeners) listener();
}

function start(feed: Feed): void {
  if (feed.connection !== undefined) return;
  feed.connection = keepConnected<CallSummary>({
    open: (signal) => feed.api.client.calls.live(undefined, { signal }),
    receive: (call) => receive(feed, call),
    lastHeardMs: feed.api.lastHeardMs,
    onChange: (connection) => follow(feed, connection),
  });
}

/** The list is read once the stream is open, so that no call ends unseen between the two; without a stream, anyway. */
function follow(feed: Feed, connection: Connection): void {
  if (connection.kind === "live") feed.liveSinceMs = Date.now();
  change(feed, { connection });
  if (connection.kind === "live" || (connection.kind === "waiting" && !feed.state.loaded)) void refresh(feed);
}

function close(feed: Feed): void {
  feed.question += 1;
  feed.connection?.close();
  feed.connection = undefined;
  clearTimeout(feed.flushTimer);
  clearTimeout(feed.refreshTimer);
  feed.flushTimer = undefined;
}

async function refresh(feed: Feed): Promise<void> {
  feed.question += 1;
  const asked = feed.question;
  clearTimeout(feed.refreshTimer);
  try {
    const page = await feed.api.client.calls.list({ limit: pageSize, ...filterQuery(feed.state.filter) });
    if (asked !== feed.question) return;
    const list = catchUp(feed.state.list, page, { liveSinceMs: feed.liveSinceMs, nowMs: Date.now() });
    change(feed, { list, loaded: true, loadingOlder: false, problem: null });
  } catch (error) {
    if (asked !== feed.question) return;
    change(feed, { loaded: true, loadingOlder: false, problem: explainError(error) });
    feed.refreshTimer = setTimeout(() => void refresh(feed), refreshAgainMs);
  }
}

async function loadOlder(feed: Feed): Promise<void> {
  if (endOfList(feed.state) !== "some") return;
  const { filter, list } = feed.state;
  const asked = feed.question;
  const from =
    list.older.kind === "cursor"
      ? { cursor: list.older.cursor }
      : list.older.kind === "before"
        ? { until_ms: list.older.untilMs + 1 }
        : {};
  change(feed, { loadingOlder: true });
  try {
    const page = await feed.api.client.calls.list({ limit: pageSize, ...filterQuery(filter), ...from });
    if (asked !== feed.question) return;
    change(feed, { list: appendPage(feed.state.list, page), loadingOlder: false, problem: null });
  } catch (error) {
    if (asked === feed.question) change(feed, { loadingOlder: false, problem: explainError(error) });
  }
}

function receive(feed: Feed, call: CallSummary): void {
  feed.incoming.push(call);
  feed.flushTimer ??= setTimeout(() => flush(feed), flushMs);
}

function flush(feed: Feed): void {
  const nowMs = Date.now();
  const { state, incoming: batch } = feed;
  feed.flushTimer = undefined;
  feed.incoming = [];
  const failed = batch.filter((call) => call.outcome === "failed" || call.outcome === "truncated").length;
  const arrived = { total: state.arrived.total + batch.length, failed: state.arrived.failed + failed };
  const rows = batch.filter((call) => matchesFilter(call, state.filter)).map((call) => ({ call, arrivedAtMs: nowMs }));
  if (!state.paused) change(feed, { arrived, list: placeRows(state.list, rows, nowMs) });
  else {
    const held = [...state.held, ...rows].slice(-heldMax);
    change(feed, { arrived, held, heldCount: state.heldCount + rows.length });
  }
}

function setPaused(feed: Feed, paused: boolean): void {
  const { held, heldCount, list } = feed.state;
  if (paused === feed.state.paused) return;
  change(feed, { paused, held: [], heldCount: 0, list: placeRows(list, held, Date.now()) });
  if (heldCount > held.length) void refresh(feed);
}

function setFilter(feed: Feed, filter: CallFilter): void {
  const { connection, paused, arrived } = feed.state;
  if (sameFilter(filter, feed.state.filter)) return;
  change(feed, { ...firstState(filter), connection, paused, arrived });
  if (feed.connection !== undefined) void refresh(feed);
}
