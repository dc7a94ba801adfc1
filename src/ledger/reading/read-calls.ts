// Calls read back, from PostgreSQL and from the latest records in memory, as one. A record is found from the moment it is
// closed; which of the two it came from does not show.
import type { World } from "../../kernel/index.ts";
import { startOfCallId } from "../call-id.ts";
import type { LedgerConfig } from "../config.ts";
import type { CallPage, CallQuery, CallRecord, CallSummary } from "../contract.ts";
import { isServerFault } from "../../storage/index.ts";
import { ledgerErrors } from "../errors.ts";
import { createFromDatabase } from "./from-database.ts";
import { createHeldElsewhere } from "./held-elsewhere.ts";
import { createHeldHere } from "./held-here.ts";
import { type Filter, hasText } from "../filter/filter.ts";
import { matchesFilter } from "../filter/match-filter.ts";
import { readFilter } from "../filter/read-filter.ts";
import { isInScope, type RecordScope, withinScope } from "../filter/scope.ts";
import { columnsOfCall } from "../projector/lines/columns-of-call.ts";
import type { Journal } from "../journal/journal.ts";
import type { RecentRecords } from "./recent-records.ts";
import type { Peers } from "../../workers/index.ts";
import type { CallBodies, CallSearch } from "../store/reading.ts";
import { type BodySealer, openBodies } from "../sealing.ts";
import type { LedgerStore } from "../store/store.ts";

export interface CallReader {
  listCalls(query: CallQuery, within?: RecordScope): Promise<CallPage>;
  findCall(id: string, within?: RecordScope): Promise<CallRecord | undefined>;
  readBodies(id: string): Promise<CallBodies | undefined>;
}

interface CallReaderDeps {
  journal: Journal;
  recent: RecentRecords;
  store: LedgerStore;
  isAvailable(): boolean;
  world: Pick<World, "nowMs">;
  peers: Peers;
  sealer?: BodySealer | undefined;
}

const AHEAD_MS = 3_600_000;

type CallReaderConfig = Pick<LedgerConfig, "list_window" | "reading">;

export function createCallReader(config: CallReaderConfig, deps: CallReaderDeps): CallReader {
  const { recent, store, isAvailable, world } = deps;
  const fromDatabase = createFromDatabase(isAvailable);
  const here = createHeldHere(deps);
  const elsewhere = createHeldElsewhere(deps.peers, here);

  async function storedCalls(search: CallSearch): Promise<CallRecord[]> {
    if (!isAvailable()) return [];
    try {
      return await store.listCalls(search);
    } catch (error) {
      if (isServerFault(error)) return [];
      throw error;
    }
  }

  /** What PostgreSQL has, or else another process; should PostgreSQL be away, that is told unless the other has it. */
  async function storedOr<T>(read: () => Promise<T | undefined>, ask: () => Promise<T | undefined>) {
    try {
      return (await fromDatabase(read)) ?? (await ask());
    } catch (error) {
      const found = await ask();
      if (found === undefined) throw error;
      return found;
    }
  }

  async function findAny(id: string): Promise<CallRecord | undefined> {
    const held = here.find(id);
    if (held?.isWhole) return held.record;
    // PostgreSQL has it, with hashes. Should it be away, or get it in a moment only, the record is better than nothing.
    if (held) return (await fromDatabase(() => store.findCall(id)).catch(() => undefined)) ?? held.record;
    if (startOfCallId(id) === undefined) return undefined;
    return storedOr(
      () => store.findCall(id),
      () => elsewhere.findCall(id),
    );
  }

  return {
    async listCalls(query, within) {
      const search = searchOf(query, { nowMs: world.nowMs(), config, within });
      const calls = new Map<string, CallRecord>();
      for (const record of await storedCalls({ ...search, limit: search.limit + 1 })) calls.set(record.id, record);
      for (const record of recent.filter((each) => isFound(each, search))) calls.set(record.id, record);
      const found = [...calls.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
      const page = found.slice(0, search.limit);
      const last = found.length > page.length ? page.at(-1) : undefined;
      return { calls: page.map(summaryOf), next_cursor: last ? cursorOf(last.id) : null };
    },
    async findCall(id, within) {
      const found = await findAny(id);
      return found && isInScope(found.who, within) ? found : undefined;
    },
    async readBodies(id) {
      return (
        here.bodies(id) ??
        storedOr(
          async () => openBodies(deps.sealer, id, await store.readBodies(id)),
          () => elsewhere.readBodies(id),
        )
      );
    },
  };
}

interface SearchDeps {
  nowMs: number;
  config: CallReaderConfig;
  within: RecordScope | undefined;
}

function searchOf(query: CallQuery, { nowMs, config, within }: SearchDeps): CallSearch {
  const { limit, cursor, since_ms, until_ms, model, route, key_id, outcome, filter } = query;
  return {
    sinceMs: since_ms ?? (until_ms ?? nowMs) - config.list_window,
    // A clock may be ahead of ours. Without a filter it may be ahead as far as it likes.
    untilMs: until_ms ?? (filter === undefined ? Number.POSITIVE_INFINITY : nowMs + AHEAD_MS),
    beforeId: cursor === undefined ? undefined : idOfCursor(cursor),
    model,
    route,
    keyId: key_id,
    outcome,
    filter:
      filter === undefined && within === undefined
        ? undefined
        : withinScope(readFilter(filter ?? "", config.reading.filter), within),
    limit,
  };
}

function isFound(record: CallRecord, search: CallSearch): boolean {
  const { sinceMs, untilMs, beforeId, model, route, keyId, outcome, filter } = search;
  return (
    record.started_at_ms >= sinceMs &&
    record.started_at_ms <= untilMs &&
    (beforeId === undefined || record.id < beforeId) &&
    (model === undefined || record.model === model) &&
    (route === undefined || record.route.name === route) &&
    (keyId === undefined || record.who.key_id === keyId) &&
    (outcome === undefined || record.outcome === outcome) &&
    (filter === undefined || passes(record, filter))
  );
}

/** Of the texts of what is in memory nothing is known: such a record is found by its words when PostgreSQL has indexed it. */
function passes(record: CallRecord, filter: Filter): boolean {
  return !hasText(filter) && matchesFilter(filter, { columns: columnsOfCall(record), data: record, text: "" });
}

/** What lists and live views show of a record. */
export function summaryOf(record: CallRecord): CallSummary {
  const { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error } =
    record;
  return { id, started_at_ms, who, model, stream, route, answer, tokens, cost, timings, outcome, status, error };
}

/** The last call of a page, so that the next begins below it whatever has come in above. */
function cursorOf(id: string): string {
  return Buffer.from(id).toString("base64url");
}

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, "base64url").toString("latin1");
  if (startOfCallId(id) === undefined) throw ledgerErrors.bad_cursor({});
  return id;
}
