// The live list of calls: the newest page, what ends while we look, and older pages on request. It owns reading,
// pausing and catching up after a gap; order and bounds are call-list.ts, the stream is keep-connected.ts.
import type { CallSummary } from "../../../../../src/ledger/contract.ts";
import { explainError } from "../../../api/explain-error.ts";
import type { Api } from "../../../api/open-api.ts";
import { canJudge, type CallFilter, filterQuery, matchesFilter, reachesNow, sameFilter } from "./call-filter.ts";
import { appendPage, catchUp, placeRows, type Row, rowsFound } from "./call-list.ts";
import { endOfList, type FeedState, firstState, isBadFilter } from "./feed-state.ts";
import { type Connection, keepConnected, type KeptConnection } from "./keep-connected.ts";

const pageSize = 100;
/** Calls kept while paused; when more came, the newest page is read again on going on. */
const heldMax = 500;
/** New calls are shown at most this often: at 200 calls a second, a row at a time would only flicker. */
const flushMs = 200;
const refreshAgainMs = 5000;
/** Where only the server can tell which calls match, it is asked this long after the first that came in, and not more often. */
const askAgainMs = 1500;
/** It is asked for calls that began since then: those that end now began before. */
const beganWithinMs = 15 * 60_000;

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
  askTimer: ReturnType<typeof setTimeout> | undefined;
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
    askTimer: undefined,
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
  clearTimeout(feed.askTimer);
  feed.flushTimer = undefined;
  feed.askTimer = undefined;
}

async function refresh(feed: Feed): Promise<void> {
  feed.question += 1;
  const asked = feed.question;
  clearTimeout(feed.refreshTimer);
  try {
    const page = await feed.api.client.calls.list({ limit: pageSize, ...filterQuery(feed.state.filter, Date.now()) });
    if (asked !== feed.question) return;
    const list = catchUp(feed.state.list, page, { liveSinceMs: feed.liveSinceMs, nowMs: Date.now() });
    change(feed, { list, loaded: true, loadingOlder: false, problem: null });
  } catch (error) {
    if (asked !== feed.question) return;
    change(feed, { loaded: true, loadingOlder: false, problem: explainError(error) });
    // What the server cannot read, it cannot read in five seconds either.
    if (!isBadFilter(feed.state)) feed.refreshTimer = setTimeout(() => void refresh(feed), refreshAgainMs);
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
    const page = await feed.api.client.calls.list({ limit: pageSize, ...filterQuery(filter, Date.now()), ...from });
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
  if (!canJudge(state.filter)) {
    change(feed, { arrived });
    if (reachesNow(state.filter) && !isBadFilter(state)) askSoon(feed);
    return;
  }
  const mine = batch.filter((call) => matchesFilter(call, state.filter, nowMs));
  receiveRows(
    feed,
    mine.map((call) => ({ call, arrivedAtMs: nowMs })),
    { arrived },
  );
}

function receiveRows(feed: Feed, rows: readonly Row[], part: Partial<FeedState> = {}): void {
  const { state } = feed;
  if (!state.paused) change(feed, { ...part, list: placeRows(state.list, rows, Date.now()) });
  else {
    const held = [...state.held, ...rows].slice(-heldMax);
    change(feed, { ...part, held, heldCount: state.heldCount + rows.length });
  }
}

function askSoon(feed: Feed): void {
  feed.askTimer ??= setTimeout(() => {
    feed.askTimer = undefined;
    void askForNew(feed);
  }, askAgainMs);
}

/** The newest calls that match, as the server judges. What is new among them counts as having come in now. */
async function askForNew(feed: Feed): Promise<void> {
  const asked = feed.question;
  const nowMs = Date.now();
  const wanted = filterQuery(feed.state.filter, nowMs);
  const sinceMs = Math.max(wanted.since_ms ?? 0, nowMs - beganWithinMs);
  try {
    const page = await feed.api.client.calls.list({ limit: pageSize, ...wanted, since_ms: sinceMs });
    if (asked !== feed.question || feed.connection === undefined) return;
    receiveRows(feed, rowsFound([...feed.state.list.rows, ...feed.state.held], page.calls, Date.now()));
  } catch (error) {
    // The list stands as it is; the next call that comes in asks again.
    if (asked === feed.question) change(feed, { problem: explainError(error) });
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
  clearTimeout(feed.askTimer);
  feed.askTimer = undefined;
  change(feed, { ...firstState(filter), connection, paused, arrived });
  if (feed.connection !== undefined) void refresh(feed);
}
