// Calls and their bodies read back from PostgreSQL.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { startOfCallId } from "../call-id.ts";
import type { CallOutcome, CallRecord } from "../contract.ts";
import type { Filter } from "../filter/filter.ts";
import { withinTime } from "./bounded.ts";
import { searchByDay } from "./records/by-day.ts";
import { passesFilter } from "./records/search.ts";
import { dateAt, type LedgerTables, storedName } from "./tables.ts";
import { plainBody, withHashes } from "./stored-body.ts";

export interface Reading {
  listCalls(search: CallSearch): Promise<CallRecord[]>;
  findCall(id: string): Promise<CallRecord | undefined>;
  /** Undefined when none were stored. */
  readBodies(id: string): Promise<CallBodies | undefined>;
}

/** The bodies of one call, as stored; null where none was. */
export interface CallBodies {
  request: Uint8Array | null;
  response: Uint8Array | null;
}

const EVERYTHING: Filter = { type: "all", parts: [] };

/** Newest first. Every bound that is given applies. */
export interface CallSearch {
  sinceMs: number;
  untilMs: number;
  /** Only calls older than this one. */
  beforeId: string | undefined;
  model: string | undefined;
  route: string | undefined;
  keyId: string | undefined;
  outcome: CallOutcome | undefined;
  filter?: Filter | undefined;
  limit: number;
}

/** A list with a filter takes `timeoutMs` at most, and throws `ledger.search_too_long`. */
export function createReading(storage: Storage, timeoutMs: number): Reading {
  const db = storage.tables<LedgerTables>();
  return {
    async listCalls(search) {
      const rows = await (search.filter
        ? withinTime(db, timeoutMs, (transaction) =>
            searchByDay(search, (day) => listQuery(transaction, day).execute()),
          )
        : listQuery(db, search).execute());
      return rows.map(({ data }) => data);
    },
    async findCall(id) {
      if (startOfCallId(id) === undefined) return undefined;
      const row = await callQuery(db, id).executeTakeFirst();
      if (!row) return undefined;
      return withHashes(row.data, row.request_hash, row.response_hash);
    },
    async readBodies(id) {
      if (startOfCallId(id) === undefined) return undefined;
      const row = await bodiesQuery(db, id).executeTakeFirst();
      return (
        row && {
          request: plainBody(row.request, row.request_is_zstd),
          response: plainBody(row.response, row.response_is_zstd),
        }
      );
    },
  };
}

/** Each filter has an index that also gives the order; the bounds in time choose the partitions. Exported to be explained. */
export function listQuery(db: Kysely<LedgerTables>, search: CallSearch) {
  const { beforeId, model, route, keyId, outcome, filter } = search;
  const beforeMs = beforeId === undefined ? undefined : startOfCallId(beforeId);
  return db
    .selectFrom("ledger_records")
    .select("data")
    .where("is_own", "=", true)
    .where("started_at", ">=", dateAt(search.sinceMs))
    .where("started_at", "<=", dateAt(Math.min(search.untilMs, beforeMs ?? search.untilMs)))
    .$if(beforeMs !== undefined, (query) =>
      query.where(sql<boolean>`(started_at, id) < (${dateAt(beforeMs ?? 0)}, ${beforeId}::uuid)`),
    )
    .$if(model !== undefined, (query) => query.where("model", "=", storedName(model)))
    .$if(route !== undefined, (query) => query.where("route", "=", storedName(route)))
    .$if(keyId !== undefined, (query) => query.where("key_id", "=", storedName(keyId)))
    .$if(outcome !== undefined, (query) => query.where("outcome", "=", outcome ?? "ok"))
    .$if(filter !== undefined, (query) =>
      query.where(passesFilter({ ...search, filter: filter ?? EVERYTHING }, "ledger_records")),
    )
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(search.limit);
}

/** The time in the id leads to its partition. Exported to be explained. */
export function callQuery(db: Kysely<LedgerTables>, id: string) {
  return db
    .selectFrom("ledger_records")
    .select(["data", "request_hash", "response_hash"])
    .where("started_at", "=", dateAt(startOfCallId(id) ?? 0))
    .where("id", "=", id)
    .where("is_own", "=", true);
}

/** As above. */
export function bodiesQuery(db: Kysely<LedgerTables>, id: string) {
  return db
    .selectFrom("ledger_bodies")
    .select(["request", "response", "request_is_zstd", "response_is_zstd"])
    .where("started_at", "=", dateAt(startOfCallId(id) ?? 0))
    .where("id", "=", id);
}
