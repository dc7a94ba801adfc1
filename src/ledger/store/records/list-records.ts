// A page of records; one record; the records of a trace or a session. Each is exported as a query of its own, to be explained.
import { type RawBuilder, sql } from "kysely";
import { startOfCallId } from "../../call-id.ts";
import type { CallRecord, SpanRecord } from "../../contract.ts";
import { cleanText } from "../../clean-text.ts";
import { dateAt } from "../tables.ts";
import { summaryColumns, type SummaryRow, startedAtMs } from "./rows.ts";
import type { RecordScope } from "../../filter/scope.ts";
import { isOnPage, isVisible, passesFilter, type RecordSearch } from "./search.ts";

export interface WholeRow extends SummaryRow {
  data: CallRecord | SpanRecord;
  request_hash: Buffer | null;
  response_hash: Buffer | null;
}

/** What the tree of a trace is made of. */
export interface NodeRow {
  id: string;
  span_id: string | null;
  parent_span_id: string | null;
  started_at_ms: number;
  duration_ms: number | null;
  kind: string;
  is_own: boolean;
  is_counted: boolean;
  name: string | null;
  service: string | null;
  agent: string | null;
  tool: string | null;
  linked_spans: string[] | null;
  outcome: string;
  error_code: string | null;
  model: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd_micros: number | null;
  saved_usd_micros: number | null;
  same_as: string | null;
}

export function recordsQuery(search: RecordSearch): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`
    select ${summaryColumns} from ledger_records as r
    where ${isOnPage("r", search)} and ${passesFilter(search)}
    order by r.started_at desc, r.id desc
    limit ${search.limit}`;
}

/** The time in the id leads to its partition. */
export function recordQuery(id: string): RawBuilder<WholeRow> {
  const startMs = startOfCallId(id) ?? 0;
  return sql<WholeRow>`
    select ${summaryColumns}, r.data, r.request_hash, r.response_hash from ledger_records as r
    where r.started_at = ${dateAt(startMs)} and r.id = ${id}::uuid
    limit 1`;
}

export function recordBodiesQuery(id: string) {
  const startMs = startOfCallId(id) ?? 0;
  return sql<{
    request: Buffer | null;
    response: Buffer | null;
    request_is_zstd: boolean;
    response_is_zstd: boolean;
  }>`
    select b.request, b.response, b.request_is_zstd, b.response_is_zstd from ledger_bodies as b
    where b.started_at = ${dateAt(startMs)} and b.id = ${id}::uuid
    limit 1`;
}

export interface WholeTrace {
  traceId: string;
  limit: number;
  within?: RecordScope | undefined;
}

/** The earliest of a trace. Agents and tools are named in the whole record alone; few records are one or the other. */
export function nodesQuery({ traceId, limit, within }: WholeTrace): RawBuilder<NodeRow> {
  return sql<NodeRow>`
    select
      r.id, encode(r.span_id, 'hex') as span_id, encode(r.parent_span_id, 'hex') as parent_span_id,
      ${startedAtMs("r")} as started_at_ms, r.duration_ms, r.kind, r.is_own, r.is_counted, r.name, r.service,
      case when r.kind = 'agent' then coalesce(r.data #>> '{agent,name}', r.name) end as agent,
      case when r.kind = 'tool' then coalesce(r.data #>> '{tool,name}', r.name) end as tool,
      case when r.kind = 'agent' and json_typeof(r.data -> 'links') = 'array' then
        array(select link ->> 'span_id' from json_array_elements(r.data -> 'links') as link limit 20) end as linked_spans,
      r.outcome, r.error_code, r.model, r.input_tokens, r.output_tokens, r.cost_usd_micros,
      r.saved_usd_micros, r.same_as
    from ledger_records as r
    where r.trace_id = ${traceId}::uuid and ${isVisible(within)}
    order by r.started_at, r.id
    limit ${limit}`;
}

export interface WholeSession {
  session: string;
  limit: number;
  within?: RecordScope | undefined;
}

/** The earliest of a session. */
export function sessionQuery({ session, limit, within }: WholeSession): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`
    select ${summaryColumns} from ledger_records as r
    where r.session = ${cleanText(session)} and ${isVisible(within)}
    order by r.started_at, r.id
    limit ${limit}`;
}
