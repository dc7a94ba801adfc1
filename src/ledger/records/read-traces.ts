// Traces: pages of them with what they come to, and one as a tree.
import type { LedgerConfig } from "../config.ts";
import type { NodeRow } from "../store/records/list-records.ts";
import type { RecordStore } from "../store/records/records.ts";
import { roundedMs, summaryOfRow, type SummaryRow } from "../store/records/rows.ts";
import type { RecordQuery, TraceDetail, TraceNode, TracePage, TraceQuery, TraceSummary } from "./contract.ts";
import { findCriticalPath } from "./critical-path.ts";
import { findHandOffs } from "./hand-offs.ts";
import { cursorAfter, pageOfGroups, type ReadSearch } from "./pages.ts";
import { totalsOfNodes, totalsOfRow } from "./totals.ts";
import type { RecordScope } from "../filter/scope.ts";
import { type Placed, placeInTree } from "./tree.ts";

export interface TraceReader {
  list(query: TraceQuery, within?: RecordScope): Promise<TracePage>;
  read(query: { id: string; limit: number; within?: RecordScope | undefined }): Promise<TraceDetail | undefined>;
}

export interface TraceReaderDeps {
  store: RecordStore;
  searchOf(query: RecordQuery, within?: RecordScope): ReadSearch;
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const HAND_OFFS_MAX = 200;
/** Of each trace on a page; more are said to be more. */
const LISTED_RECORDS_MAX = 2000;
/** Of one trace that is shown. */
const SUMMED_RECORDS_MAX = 200_000;

export function createTraceReader(config: LedgerConfig["reading"], { store, searchOf }: TraceReaderDeps): TraceReader {
  async function summarise(rows: readonly SummaryRow[], within: RecordScope | undefined): Promise<TraceSummary[]> {
    const totals = await store.traceTotals(
      rows.map(({ trace_id }) => trace_id ?? ""),
      LISTED_RECORDS_MAX,
      within,
    );
    return rows.map((row, index) => {
      const first = summaryOfRow(row);
      return {
        trace_id: first.trace_id ?? "",
        first,
        root_is_known: first.parent_span_id === null,
        totals: totalsOfRow(totals[index], LISTED_RECORDS_MAX),
      };
    });
  }

  async function listByAny(search: ReadSearch): Promise<TracePage> {
    const groups = { ...search, column: "trace_id" as const, recordsMax: config.records_max };
    const { names, nextCursor } = pageOfGroups(await store.listGroups({ ...groups, limit: search.limit + 1 }), search);
    const heads = new Map((await store.headsOf(names, search.within)).map((row) => [row.trace_id, row]));
    const found = names.flatMap((name) => heads.get(name) ?? []);
    return { traces: await summarise(found, search.within), next_cursor: nextCursor };
  }

  return {
    async list({ match, ...query }, within) {
      const search = searchOf(query, within);
      if (match === "any") return listByAny(search);
      const rows = await store.listHeads({ ...search, limit: search.limit + 1 });
      const shown = rows.slice(0, search.limit);
      const last = rows.length > shown.length ? shown.at(-1) : undefined;
      // A trace may have several roots; it is shown once, by the latest.
      const traces = shown.filter(
        (row, index) => shown.findIndex(({ trace_id }) => trace_id === row.trace_id) === index,
      );
      return {
        traces: await summarise(traces, within),
        next_cursor: last ? cursorAfter(summaryOfRow(last), search) : null,
      };
    },
    async read({ id, limit, within }) {
      const traceId = id.toLowerCase();
      if (!TRACE_ID.test(traceId)) return undefined;
      const rows = await store.listNodes({ traceId, within, limit: limit + 1 });
      if (rows.length === 0) return undefined;
      // All of them are here, or PostgreSQL sums them up.
      const totals =
        rows.length <= limit
          ? totalsOfNodes(rows)
          : totalsOfRow(
              await store.wholeTotals({ column: "trace_id", name: traceId, within }, SUMMED_RECORDS_MAX),
              SUMMED_RECORDS_MAX,
            );
      const shown = rows.slice(0, limit);
      return {
        trace_id: traceId,
        totals,
        truncated: rows.length > limit,
        ...treeOf(shown),
      };
    },
  };
}

function treeOf(rows: readonly NodeRow[]): Pick<TraceDetail, "nodes" | "hand_offs"> {
  const startMs = rows[0]?.started_at_ms ?? 0;
  const placed = placeInTree(rows);
  const critical = findCriticalPath(placed);
  return {
    nodes: placed.map((place) => nodeOf(place, { startMs, criticalMs: critical.get(place.item) ?? 0 })),
    hand_offs: findHandOffs(placed, { startMs, max: HAND_OFFS_MAX }),
  };
}

function nodeOf(
  { item, parent, depth, isOrphan }: Placed<NodeRow>,
  { startMs, criticalMs }: { startMs: number; criticalMs: number },
): TraceNode {
  return {
    id: item.id,
    span_id: item.span_id,
    kind: item.kind,
    name: item.name,
    service: item.service,
    agent: item.agent,
    tool: item.tool,
    outcome: item.outcome,
    error_code: item.error_code,
    model: item.model,
    cost_usd_micros: item.cost_usd_micros,
    parent_id: parent?.id ?? null,
    depth,
    orphan: isOrphan,
    own: item.is_own,
    counted: item.is_counted,
    same_as: item.same_as,
    started_after_ms: microseconds(item.started_at_ms - startMs),
    duration_ms: roundedMs(item.duration_ms) ?? 0,
    critical_ms: microseconds(criticalMs),
    tokens:
      item.input_tokens === null && item.output_tokens === null
        ? null
        : { input: item.input_tokens ?? 0, output: item.output_tokens ?? 0 },
  };
}

/** Without the noise of fractions. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
