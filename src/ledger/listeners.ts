// Tells listeners in this process about closed calls, after the call: whatever a listener does, no call waits for it.
import type { Log } from "../kernel/index.ts";
import type { CallRecord } from "./contract.ts";

export type CallListener = (record: CallRecord) => void;

export interface Listeners {
  /** Returns the way to stop listening. */
  add(listener: CallListener): () => void;
  /** Returns at once; listeners hear of it when the calls at hand have been served. */
  tell(record: CallRecord): void;
}

/** Records that may wait in one turn of the event loop. Listeners are not told of more, and the log says so. */
const WAITING_MAX = 10_000;

export function createListeners(log: Log): Listeners {
  const listeners = new Set<CallListener>();
  let waiting: CallRecord[] = [];
  let untold = 0;

  function deliver(): void {
    const records = waiting;
    waiting = [];
    if (untold > 0) log.warn({ records: untold }, "listeners were not told of some calls: too many ended at once");
    untold = 0;
    for (const record of records) for (const listener of listeners) callSafely(listener, record);
  }

  function callSafely(listener: CallListener, record: CallRecord): void {
    try {
      listener(record);
    } catch (error) {
      log.error(error, `a listener failed on the call ${record.id}`);
    }
  }

  return {
    add(listener) {
      // One function may listen twice; each has its own way to stop.
      const own: CallListener = (record) => listener(record);
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
