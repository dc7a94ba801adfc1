// Tells listeners in this process about what is on record now, later: whatever a listener does, no call waits for it.
import type { Log } from "../kernel/index.ts";
import type { CallRecord, SpanRecord } from "./contract.ts";

export type Listener<Told> = (record: Told) => void;
export type CallListener = Listener<CallRecord>;
export type SpanListener = Listener<SpanRecord>;

/** Epoch milliseconds. */
export type StoredListener = (closedAtMs: number) => void;

/** Told at once, record by record: they count, and do nothing else. */
export function createStoredListeners() {
  const listeners = new Set<StoredListener>();
  return {
    add(listener: StoredListener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(closedAtMs: number): void {
      for (const listener of listeners) listener(closedAtMs);
    },
  };
}

export interface Listeners<Told> {
  /** Returns the way to stop listening. */
  add(listener: Listener<Told>): () => void;
  /** Returns at once; listeners hear of it when the calls at hand have been served. */
  tell(record: Told): void;
}

/** Records that may wait in one turn of the event loop. Listeners are not told of more, and the log says so. */
const WAITING_MAX = 10_000;

/** `what` they are told of, in the plural, for the log. */
export function createListeners<Told extends { id: string }>(log: Log, what: string): Listeners<Told> {
  const listeners = new Set<Listener<Told>>();
  let waiting: Told[] = [];
  let untold = 0;

  function deliver(): void {
    const records = waiting;
    waiting = [];
    if (untold > 0) log.warn({ records: untold }, `listeners were not told of some ${what}: too many came at once`);
    untold = 0;
    for (const record of records) for (const listener of listeners) callSafely(listener, record);
  }

  function callSafely(listener: Listener<Told>, record: Told): void {
    try {
      listener(record);
    } catch (error) {
      log.error(error, `a listener of ${what} failed on ${record.id}`);
    }
  }

  return {
    add(listener) {
      // One function may listen twice; each has its own way to stop.
      const own: Listener<Told> = (record) => listener(record);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    tell(record) {
      if (listeners.size === 0) return;
      if (waiting.length === WAITING_MAX) untold += 1;
      else if (waiting.push(record) === 1) setImmediate(deliver);
    },
  };
}
