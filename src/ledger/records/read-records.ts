// Records, sessions and users as they are asked for. They are read from PostgreSQL alone: what was recorded a moment ago is
// there when the projector has carried it (see the lag in the state).
import type { World } from "../../kernel/index.ts";
import type { LedgerConfig } from "../config.ts";
import type { CallRecord } from "../contract.ts";
import { createFromDatabase } from "../reading/from-database.ts";
import { readFilter } from "../filter/read-filter.ts";
import { isInScope, type RecordScope, withinScope } from "../filter/scope.ts";
import type { SpanRecord } from "../spans/contract.ts";
import type { GroupColumn, GroupRow } from "../store/records/groups.ts";
import type { RecordStore } from "../store/records/records.ts";
import { summaryOfRow } from "../store/records/rows.ts";
import { type BodySealer, openBodies } from "../sealing.ts";
import type { CallBodies } from "../store/reading.ts";
import type {
  Activity,
  ActivityPage,
  RecordPage,
  RecordQuery,
  RecordSummary,
  SessionDetail,
  TraceDetail,
  TracePage,
  TraceQuery,
} from "./contract.ts";
import { cursorAfter, pageOfGroups, type ReadSearch } from "./pages.ts";
import { readCursor, windowOf } from "./place.ts";
import { sessionOf } from "./session.ts";
import { totalsOfRow } from "./totals.ts";
import { createTraceReader } from "./read-traces.ts";

/**
 * All throw `ledger.unavailable` while PostgreSQL is away, and `ledger.search_too_long`. What is not within a scope is not there:
 * lists pass over it in PostgreSQL, before they are cut into pages.
 */
export interface RecordReader {
  /** The lists throw `ledger.bad_filter`, `ledger.unknown_filter_field`, `ledger.bad_cursor`, `ledger.window_too_wide`. */
  listRecords(query: RecordQuery, within?: RecordScope): Promise<RecordPage>;
  findRecord(id: string, within?: RecordScope): Promise<FoundRecord | undefined>;
  /** The stored bodies of a record that was found; what they are, say the references in `record.bodies`. */
  readRecordBodies(id: string): Promise<CallBodies | undefined>;
  listTraces(query: TraceQuery, within?: RecordScope): Promise<TracePage>;
  /** `id` is 32 hex digits. Undefined when nothing of it is on record. */
  readTrace(query: { id: string; limit: number }, within?: RecordScope): Promise<TraceDetail | undefined>;
  listSessions(query: RecordQuery, within?: RecordScope): Promise<ActivityPage>;
  readSession(name: string, within?: RecordScope): Promise<SessionDetail | undefined>;
  listActiveUsers(query: RecordQuery, within?: RecordScope): Promise<ActivityPage>;
}

export interface FoundRecord {
  summary: RecordSummary;
  record: CallRecord | SpanRecord;
}

export interface RecordReaderDeps {
  store: RecordStore;
  isAvailable(): boolean;
  world: Pick<World, "nowMs">;
  sealer?: BodySealer | undefined;
}

/** Of the records that a page looks at, one in so many at first. */
const GLANCE = 10;

export function createRecordReader(config: LedgerConfig["reading"], deps: RecordReaderDeps): RecordReader {
  const { store, isAvailable, world } = deps;

  const read = createFromDatabase(isAvailable);

  function searchOf(query: RecordQuery, within?: RecordScope): ReadSearch {
    const cursor = readCursor(query.cursor);
    const window = windowOf(query, config, { nowMs: world.nowMs(), cursor });
    const filter = withinScope(readFilter(query.filter ?? "", config.filter), within);
    return { ...window, filter, within, before: cursor, cursor, limit: query.limit };
  }

  async function listActivity(column: GroupColumn, query: RecordQuery, within?: RecordScope): Promise<ActivityPage> {
    const search = { ...searchOf(query, within), column };
    const { names, nextCursor } = pageOfGroups(await readGroups(store, search, config.records_max), search);
    const totals = await store.groupTotals(search, names, config.records_max);
    const items = names.map((name, index): Activity => {
      const row = totals[index];
      return {
        name,
        totals: totalsOfRow(row, config.records_max),
        traces: row?.traces ?? 0,
        users: row?.users ?? [],
        last_request_preview: row?.last_request_preview ?? null,
      };
    });
    return { items, next_cursor: nextCursor };
  }

  const traces = createTraceReader(config, { store, searchOf });
  return {
    listRecords: (query, within) =>
      read(async () => {
        const search = searchOf(query, within);
        const rows = await store.listRecords({ ...search, limit: search.limit + 1 });
        const records = rows.slice(0, search.limit).map(summaryOfRow);
        return { records, next_cursor: rows.length > search.limit ? cursorAfter(records.at(-1), search) : null };
      }),
    findRecord: (id, within) =>
      read(async () => {
        const row = await store.findRecord(id);
        if (!row || !isInScope(row.data.who, within)) return undefined;
        const { data, request_hash, response_hash, ...summary } = row;
        return { summary: summaryOfRow(summary), record: withHashes(data, [request_hash, response_hash]) };
      }),
    readRecordBodies: (id) => read(async () => openBodies(deps.sealer, id, await store.readRecordBodies(id))),
    listTraces: (query, within) => read(() => traces.list(query, within)),
    readTrace: (query, within) => read(() => traces.read({ ...query, within })),
    listSessions: (query, within) => read(() => listActivity("session", query, within)),
    listActiveUsers: (query, within) => read(() => listActivity("user_name", query, within)),
    readSession: (name, within) =>
      read(async () => {
        const rows = await store.listSession({ session: name, within, limit: config.records_max + 1 });
        const totals = await store.wholeTotals({ column: "session", name, within }, config.records_max + 1);
        if (rows.length === 0) return undefined;
        return sessionOf(name, rows.map(summaryOfRow), {
          totals: totalsOfRow(totals, config.records_max),
          max: config.records_max,
        });
      }),
  };
}

/** Mostly the newest few records have a page's names already, and all need not be gone through. */
async function readGroups(
  store: RecordStore,
  search: ReadSearch & { column: GroupColumn },
  recordsMax: number,
): Promise<GroupRow[]> {
  const wanted = { ...search, limit: search.limit + 1 };
  const few = await store.listGroups({ ...wanted, recordsMax: Math.ceil(recordsMax / GLANCE) });
  const isAll = few.every(({ name }) => name !== null);
  const isFull = few.filter(({ name }) => name !== null).length > search.limit;
  return isAll || isFull ? few : store.listGroups({ ...wanted, recordsMax });
}

/** A record was written before its bodies' hashes were known. */
function withHashes<R extends CallRecord | SpanRecord>(record: R, hashes: (Buffer | null)[]): R {
  const { request, response } = record.bodies;
  for (const [index, ref] of [request, response].entries()) {
    const hash = hashes[index];
    if (ref && hash) ref.hash = hash.toString("hex");
  }
  return record;
}
