// What happened: calls, records of all kinds, traces, sessions, users, and what lies on disk.
import { createGate } from "../../../kernel/index.ts";
import type { Ledger } from "../../../ledger/index.ts";
import type { Peers } from "../../../workers/index.ts";
import type { InterfacesConfig } from "../../config.ts";
import { interfacesErrors } from "../../errors.ts";
import { readCallDetail } from "./call-detail.ts";
import { createCallFeed } from "./call-feed.ts";
import type { Doors } from "./doors.ts";
import { liveCalls } from "./live-calls.ts";
import { readRecordDetail } from "./record-detail.ts";

interface CallRooms {
  config: InterfacesConfig;
  ledger: Ledger;
  peers: Peers;
  /** Aborts when the server closes: then those who watch live are let go first. */
  closing: AbortSignal;
}

export function callHandlers({ reader }: Doors, { config, ledger, peers, closing }: CallRooms) {
  const listeners = createGate(config.live_listeners_max);
  const feed = createCallFeed(ledger, peers);
  return {
    list: reader.calls.list.handler(({ input }) => ledger.listCalls(input)),
    get: reader.calls.get.handler(({ input }) => readCallDetail(ledger, input.id)),
    live: reader.calls.live.handler(async function* ({ signal }) {
      if (!listeners.tryEnter()) throw interfacesErrors.too_many_listeners({ max: listeners.max, retryAfterMs: 5000 });
      try {
        yield* liveCalls(feed, signal ? AbortSignal.any([signal, closing]) : closing);
      } finally {
        listeners.leave();
      }
    }),
  };
}

export function recordHandlers({ reader }: Doors, { records, stored }: Ledger) {
  const found = <T>(value: T | undefined, what: string, id: string): T => {
    if (value === undefined) throw interfacesErrors.not_found({ what, id });
    return value;
  };
  return {
    storage: reader.storage.handler(() => stored()),
    records: {
      list: reader.records.list.handler(({ input }) => records.listRecords(input)),
      get: reader.records.get.handler(({ input }) => readRecordDetail(records, input.id)),
    },
    traces: {
      list: reader.traces.list.handler(({ input }) => records.listTraces(input)),
      get: reader.traces.get.handler(async ({ input }) => found(await records.readTrace(input), "trace", input.id)),
    },
    sessions: {
      list: reader.sessions.list.handler(({ input }) => records.listSessions(input)),
      get: reader.sessions.get.handler(async ({ input }) =>
        found(await records.readSession(input.id), "session", input.id),
      ),
    },
    activity: { users: reader.activity.users.handler(({ input }) => records.listActiveUsers(input)) },
  };
}
