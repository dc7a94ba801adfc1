// Spans for tests, as an application would report them, put into PostgreSQL as the projector puts them there.
import { createHash } from "node:crypto";
import type { Storage } from "../../storage/index.ts";
import { columnsOfSpan } from "../projector/lines/columns-of-span.ts";
import { blankSpan } from "../spans/blank-span.ts";
import type { SpanRecord } from "../spans/contract.ts";

export interface TestSpan {
  /** Any names: the ids are made of them. */
  trace: string;
  span: string;
  parent?: string | undefined;
  /** Since the epoch. */
  at: number;
  ms?: number;
  request?: string;
  response?: string;
  change?: Partial<SpanRecord>;
}

export function traceIdFrom(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 32);
}

export function spanIdFrom(trace: string, name: string): string {
  return createHash("sha256").update(`${trace}/${name}`).digest("hex").slice(0, 16);
}

export function recordIdFrom({ trace, span, at }: Pick<TestSpan, "trace" | "span" | "at">): string {
  const time = Math.floor(at).toString(16).padStart(12, "0");
  const rest = createHash("sha256").update(`${trace}/${span}/id`).digest("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

const seen = {
  source: "otlp",
  service: { name: "shop", version: null, environment: "production", release: null },
  scope: { name: "test", version: "1", schema_url: "" },
  dialect: "gen_ai",
} as const;

export function spanRecordOf({ trace, span, parent, at, ms = 100, request, response, change }: TestSpan): SpanRecord {
  const body = (text: string | undefined) =>
    text === undefined
      ? null
      : { hash: "", media_type: "application/json", size_bytes: text.length, stored_bytes: text.length };
  return {
    ...blankSpan(),
    ...seen,
    id: recordIdFrom({ trace, span, at }),
    kind: "span",
    trace_id: traceIdFrom(trace),
    span_id: spanIdFrom(trace, span),
    parent_span_id: parent === undefined ? null : spanIdFrom(trace, parent),
    name: span,
    started_at_ms: at,
    duration_ms: ms,
    who: { key_id: "key-1", key_name: "laptop", user: null, team: null, project: null, tags: [] },
    bodies: { request: body(request), response: body(response) },
    ...change,
  };
}

const COLUMNS_SENT_AS: Record<string, (value: unknown) => unknown> = {
  span_id: (value) => (typeof value === "string" ? `\\x${value}` : null),
  parent_span_id: (value) => (typeof value === "string" ? `\\x${value}` : null),
};

/** All of them as one batch, that waits to be indexed. */
export async function putSpans({ pool }: Pick<Storage, "pool">, spans: readonly TestSpan[]): Promise<void> {
  const rows = spans.map((span) => {
    const record = spanRecordOf(span);
    const columns = Object.entries({ ...columnsOfSpan(record) }).map(([name, value]) => [
      name,
      COLUMNS_SENT_AS[name] ? COLUMNS_SENT_AS[name](value) : value,
    ]);
    return {
      ...Object.fromEntries(columns),
      started_at: new Date(Math.floor(record.started_at_ms)).toISOString(),
      data: record,
      request: span.request === undefined ? null : `\\x${Buffer.from(span.request).toString("hex")}`,
      response: span.response === undefined ? null : `\\x${Buffer.from(span.response).toString("hex")}`,
      request_is_zstd: false,
      response_is_zstd: false,
    };
  });
  const sent = JSON.stringify(rows);
  await pool.query("insert into ledger_records select * from json_populate_recordset(null::ledger_records, $1)", [
    sent,
  ]);
  await pool.query("insert into ledger_bodies select * from json_populate_recordset(null::ledger_bodies, $1)", [sent]);
  await pool.query(
    "insert into ledger_unindexed (started_at, ids) select array_agg(started_at), array_agg(id) from json_populate_recordset(null::ledger_records, $1)",
    [sent],
  );
}
