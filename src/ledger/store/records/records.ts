// The store's side of reading records: each query, run within its time.
import type { RawBuilder } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import { startOfCallId } from "../../call-id.ts";
import { withinTime } from "../bounded.ts";
import type { CallBodies } from "../reading.ts";
import { searchByDay } from "./by-day.ts";
import {
  groupsQuery,
  type GroupRow,
  type GroupSearch,
  groupTotalsQuery,
  type GroupTotalsRow,
  wholeTotalsQuery,
} from "./groups.ts";
import {
  type NodeRow,
  nodesQuery,
  recordBodiesQuery,
  recordQuery,
  recordsQuery,
  sessionQuery,
  type WholeRow,
  type WholeSession,
  type WholeTrace,
} from "./list-records.ts";
import type { RecordScope } from "../../filter/scope.ts";
import type { RecordTables, SummaryRow } from "./rows.ts";
import type { RecordSearch } from "./search.ts";
import type { TotalsRow } from "./totals.ts";
import { headsOfQuery, headsQuery, traceTotalsQuery } from "./traces.ts";
import { plainBody } from "../stored-body.ts";

/** All of them throw `ledger.search_too_long`. */
export interface RecordStore {
  listRecords(search: RecordSearch): Promise<SummaryRow[]>;
  findRecord(id: string): Promise<WholeRow | undefined>;
  readRecordBodies(id: string): Promise<CallBodies | undefined>;
  listHeads(search: RecordSearch): Promise<SummaryRow[]>;
  /** Roots or earliest records, in any order. */
  headsOf(traceIds: readonly string[], within?: RecordScope): Promise<SummaryRow[]>;
  /** In the order of the ids. */
  traceTotals(traceIds: readonly string[], limit: number, within?: RecordScope): Promise<TotalsRow[]>;
  listNodes(of: WholeTrace): Promise<NodeRow[]>;
  listGroups(search: GroupSearch): Promise<GroupRow[]>;
  groupTotals(
    search: Parameters<typeof groupTotalsQuery>[0],
    names: readonly string[],
    limit: number,
  ): Promise<GroupTotalsRow[]>;
  wholeTotals(of: Parameters<typeof wholeTotalsQuery>[0], limit: number): Promise<TotalsRow | undefined>;
  listSession(of: WholeSession): Promise<SummaryRow[]>;
}

export function createRecordStore(storage: Storage, timeoutMs: number): RecordStore {
  const db = storage.tables<RecordTables>();
  const run = <Row>(query: RawBuilder<Row>): Promise<Row[]> =>
    withinTime(db, timeoutMs, async (transaction) => (await query.execute(transaction)).rows);
  const runByDay = <Row>(search: RecordSearch, queryOf: (search: RecordSearch) => RawBuilder<Row>): Promise<Row[]> =>
    withinTime(db, timeoutMs, (transaction) =>
      searchByDay(search, async (day) => (await queryOf(day).execute(transaction)).rows),
    );
  return {
    listRecords: (search) => runByDay(search, recordsQuery),
    async findRecord(id) {
      if (startOfCallId(id) === undefined) return undefined;
      return (await run(recordQuery(id)))[0];
    },
    async readRecordBodies(id) {
      if (startOfCallId(id) === undefined) return undefined;
      const [row] = await run(recordBodiesQuery(id));
      return (
        row && {
          request: plainBody(row.request, row.request_is_zstd),
          response: plainBody(row.response, row.response_is_zstd),
        }
      );
    },
    listHeads: (search) => runByDay(search, headsQuery),
    headsOf: (traceIds, within) => (traceIds.length === 0 ? Promise.resolve([]) : run(headsOfQuery(traceIds, within))),
    traceTotals: (traceIds, limit, within) =>
      traceIds.length === 0 ? Promise.resolve([]) : run(traceTotalsQuery(traceIds, limit, within)),
    listNodes: (of) => run(nodesQuery(of)),
    listGroups: (search) => run(groupsQuery(search)),
    groupTotals: (search, names, limit) =>
      names.length === 0 ? Promise.resolve([]) : run(groupTotalsQuery(search, names, limit)),
    wholeTotals: async (of, limit) => (await run(wholeTotalsQuery(of, limit)))[0],
    listSession: (of) => run(sessionQuery(of)),
  };
}
