// What happened: calls, records of all kinds, traces, sessions, users, and what lies on disk. Everybody is shown as much of it as they
// may see, and no texts that they may not.
import { createGate } from "../../../kernel/index.ts";
import type { Governance } from "../../../governance/index.ts";
import type { Ledger } from "../../../ledger/index.ts";
import type { Peers } from "../../../workers/index.ts";
import type { InterfacesConfig } from "../../config.ts";
import { interfacesErrors } from "../../errors.ts";
import { readCallDetail } from "./call-detail.ts";
import { createCallFeed } from "./call-feed.ts";
import type { Doors } from "./doors.ts";
import { liveCalls } from "./live-calls.ts";
import { readRecordDetail } from "./record-detail.ts";
import { scoreHandlers } from "./records/score-handlers.ts";
import {
  createScopeFor,
  createScopeOf,
  seenActivity,
  seenCall,
  seenRecord,
  seenSession,
  seenSummaries,
  seenTraces,
} from "./rights/seen-records.ts";

interface CallRooms {
  config: InterfacesConfig;
  governance: Governance;
  ledger: Ledger;
  peers: Peers;
  /** Aborts when the server closes: then those who watch live are let go first. */
  closing: AbortSignal;
}

export function callHandlers({ calls }: Doors, { config, governance, ledger, peers, closing }: CallRooms) {
  const listeners = createGate(config.live_listeners_max);
  const feed = createCallFeed(ledger, peers);
  const scopeFor = createScopeFor({ ledger, governance });
  const scopeOf = createScopeOf(governance);
  return {
    list: calls.list.handler(({ input, context }) => ledger.listCalls(input, scopeFor(input.filter, context))),
    get: calls.get.handler(async ({ input, context }) =>
      seenCall(await readCallDetail(ledger, input.id, scopeOf(context.sight)), context),
    ),
    live: calls.live.handler(async function* ({ signal, context }) {
      if (!listeners.tryEnter()) throw interfacesErrors.too_many_listeners({ max: listeners.max, retryAfterMs: 5000 });
      try {
        const until = signal ? AbortSignal.any([signal, closing]) : closing;
        yield* liveCalls(feed, { within: scopeOf(context.sight), signal: until });
      } finally {
        listeners.leave();
      }
    }),
  };
}

export function recordHandlers(doors: Doors, { ledger, governance }: Pick<CallRooms, "ledger" | "governance">) {
  const { records: reader, stored } = ledger;
  const { storage, records, traces, sessions, activity } = doors;
  const scopeFor = createScopeFor({ ledger, governance });
  const scopeOf = createScopeOf(governance);
  const found = <T>(value: T | undefined, what: string, id: string): T => {
    if (value === undefined) throw interfacesErrors.not_found({ what, id });
    return value;
  };
  return {
    storage: storage.handler(() => stored()),
    records: {
      list: records.list.handler(async ({ input, context }) => {
        const page = await reader.listRecords(input, scopeFor(input.filter, context));
        return { ...page, records: seenSummaries(page.records, context) };
      }),
      get: records.get.handler(async ({ input, context }) =>
        seenRecord(await readRecordDetail(reader, input.id, scopeOf(context.sight)), context),
      ),
      scores: scoreHandlers(records.scores, { ledger, governance }),
    },
    traces: {
      list: traces.list.handler(async ({ input, context }) =>
        seenTraces(await reader.listTraces(input, scopeFor(input.filter, context)), context),
      ),
      get: traces.get.handler(async ({ input, context }) =>
        found(await reader.readTrace(input, scopeOf(context.sight)), "trace", input.id),
      ),
    },
    sessions: {
      list: sessions.list.handler(async ({ input, context }) =>
        seenActivity(await reader.listSessions(input, scopeFor(input.filter, context)), context),
      ),
      get: sessions.get.handler(async ({ input, context }) =>
        seenSession(found(await reader.readSession(input.id, scopeOf(context.sight)), "session", input.id), context),
      ),
    },
    activity: {
      users: activity.users.handler(async ({ input, context }) =>
        seenActivity(await reader.listActiveUsers(input, scopeFor(input.filter, context)), context),
      ),
    },
  };
}
