// The scores of a record: those below it in its trace, of its organisation, the latest of each span.
import { sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { SpanRecord } from "../spans/contract.ts";
import { withinTime } from "../store/bounded.ts";
import type { Place } from "../store/records/search.ts";
import { dateAt } from "../store/tables.ts";

export interface ScoresOf {
  traceId: string;
  spanId: string;
  /** Null is the installation's own. */
  organisation: string | null;
  before: Place | undefined;
  limit: number;
}

/** Newest first. Throws `ledger.search_too_long`. */
export type ListScores = (of: ScoresOf) => Promise<SpanRecord[]>;

export function createListScores(storage: Storage, timeoutMs: number): ListScores {
  const db = storage.tables<unknown>();
  return async ({ traceId, spanId, organisation, before, limit }) => {
    const isBelow = before
      ? sql`(latest.started_at, latest.id) < (${dateAt(before.startedAtMs)}, ${before.id}::uuid)`
      : sql`true`;
    return withinTime(db, timeoutMs, async (transaction) => {
      const { rows } = await sql<{ data: SpanRecord }>`
        select latest.data from (
          select distinct on (r.span_id) r.id, r.started_at, r.data from ledger_records as r
          where r.trace_id = ${traceId}::uuid and r.parent_span_id = decode(${spanId}, 'hex') and r.kind = 'score'
            and r.organisation is not distinct from ${organisation}
          order by r.span_id, r.started_at desc, r.id desc
        ) as latest
        where (latest.data #>> '{score,value}' is not null or latest.data #>> '{score,label}' is not null) and ${isBelow}
        order by latest.started_at desc, latest.id desc
        limit ${limit}`.execute(transaction);
      return rows.map(({ data }) => data);
    });
  };
}
