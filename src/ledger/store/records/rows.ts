// A row of ledger_records as lists read it: the columns, never the whole record.
import { sql } from "kysely";
import type { RecordSummary } from "../../contract.ts";

export interface RecordTables {
  ledger_records: {
    id: string;
    started_at: Date;
    kind: string;
    is_own: boolean;
    is_counted: boolean;
    trace_id: string | null;
    span_id: Buffer | null;
    parent_span_id: Buffer | null;
    name: string | null;
    key_id: string;
    session: string | null;
    user_name: string | null;
    team: string | null;
    project: string | null;
    tags: string[] | null;
    service: string | null;
    environment: string | null;
    model: string | null;
    answer_model: string | null;
    route: string | null;
    vendor: string | null;
    prompt: string | null;
    operation: string | null;
    outcome: string;
    error_code: string | null;
    finish_reason: string | null;
    cache: string | null;
    input_tokens: number | null;
    output_tokens: number | null;
    cache_read_tokens: number | null;
    cache_write_tokens: number | null;
    reasoning_tokens: number | null;
    cost_usd_micros: number | null;
    saved_usd_micros: number | null;
    duration_ms: number | null;
    first_token_ms: number | null;
    request_preview: string | null;
    response_preview: string | null;
    same_as: string | null;
    data: unknown;
  };
  ledger_trace_heads: { trace_id: string; started_at: Date; id: string };
  ledger_texts: { started_at: Date; id: string; words: string };
}

/** What `summaryColumns` selects. */
export type SummaryRow = Omit<RecordTables["ledger_records"], "started_at" | "span_id" | "parent_span_id" | "data"> & {
  started_at_ms: number;
  span_id: string | null;
  parent_span_id: string | null;
};

export const startedAtMs = (record: string) =>
  sql<number>`(extract(epoch from ${sql.ref(`${record}.started_at`)}) * 1000)::float8`;

/** Of the records that are called `r`. */
export const summaryColumns = sql<SummaryRow>`
  r.id, ${startedAtMs("r")} as started_at_ms, r.kind, r.is_own, r.is_counted, r.trace_id,
  encode(r.span_id, 'hex') as span_id, encode(r.parent_span_id, 'hex') as parent_span_id, r.name, r.key_id, r.session,
  r.user_name, r.team, r.project, r.tags, r.service, r.environment, r.model, r.answer_model, r.route, r.vendor, r.prompt,
  r.operation, r.outcome, r.error_code, r.finish_reason, r.cache, r.input_tokens, r.output_tokens, r.cache_read_tokens,
  r.cache_write_tokens, r.reasoning_tokens, r.cost_usd_micros, r.saved_usd_micros, r.duration_ms, r.first_token_ms,
  r.request_preview, r.response_preview, r.same_as`;

export function summaryOfRow(row: SummaryRow): RecordSummary {
  const { is_own, is_counted, trace_id, user_name, tags, duration_ms, first_token_ms, ...rest } = row;
  const { input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, ...plain } = rest;
  return {
    ...plain,
    own: is_own,
    counted: is_counted,
    trace_id: traceIdOf(trace_id),
    user: user_name,
    tags: tags ?? [],
    duration_ms: roundedMs(duration_ms),
    first_token_ms: roundedMs(first_token_ms),
    tokens:
      input_tokens === null && output_tokens === null
        ? null
        : {
            input: input_tokens ?? 0,
            output: output_tokens ?? 0,
            cache_read: cache_read_tokens ?? 0,
            cache_write: cache_write_tokens ?? 0,
            reasoning: reasoning_tokens ?? 0,
          },
  };
}

/** As W3C writes it. */
function traceIdOf(uuid: string | null): string | null {
  return uuid === null ? null : uuid.replaceAll("-", "");
}

/** PostgreSQL's `real` has seven digits; what follows them is noise. */
export function roundedMs(ms: number | null): number | null {
  return ms === null ? null : Number(ms.toPrecision(7));
}
