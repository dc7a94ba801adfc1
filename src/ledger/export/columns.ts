// The columns of a record in tables, CSV and Parquet alike: first what people sum and filter by, at the end the record whole and
// its bodies. Reading a table back needs the last ones only.
import type { SpanRecord } from "../contract.ts";
import type { AnyRecord, PortableBody, PortableRecord } from "./portable.ts";

export type Cell = string | number | boolean | null;
type ColumnType = "STRING" | "INT64" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP";

export interface Column {
  name: string;
  type: ColumnType;
  read(portable: PortableRecord): Cell;
}

/** Columns of the record alone. */
function of(name: string, type: ColumnType, read: (record: AnyRecord) => Cell | undefined): Column {
  return { name, type, read: ({ record }) => read(record) ?? null };
}

export const columns: readonly Column[] = [
  of("id", "STRING", ({ id }) => id),
  of("started_at", "TIMESTAMP", ({ started_at_ms }) => Math.floor(started_at_ms)),
  of("kind", "STRING", ({ kind }) => kind),
  of("own", "BOOLEAN", (record) => !isSpan(record)),
  of("trace_id", "STRING", ({ trace_id }) => trace_id),
  of("span_id", "STRING", ({ span_id }) => span_id),
  of("parent_span_id", "STRING", ({ parent_span_id }) => parent_span_id),
  of("name", "STRING", (record) => (isSpan(record) ? record.name : record.model)),
  of("session", "STRING", ({ session }) => session),
  of("key_id", "STRING", ({ who }) => who.key_id),
  of("key_name", "STRING", ({ who }) => who.key_name),
  of("user", "STRING", ({ who }) => who.user),
  of("team", "STRING", ({ who }) => who.team),
  of("project", "STRING", ({ who }) => who.project),
  of("tags", "STRING", ({ who }) => JSON.stringify(who.tags)),
  of("service", "STRING", (record) => (isSpan(record) ? record.service.name : null)),
  of("environment", "STRING", (record) => (isSpan(record) ? record.service.environment : null)),
  of("operation", "STRING", ({ operation }) => operation),
  of("model", "STRING", ({ model }) => model),
  of("answer_model", "STRING", (record) => (isSpan(record) ? record.answer_model : record.answer?.model)),
  of("route", "STRING", (record) => (isSpan(record) ? null : record.route.name)),
  of("vendor", "STRING", (record) => (isSpan(record) ? record.vendor : record.answer?.vendor)),
  of("outcome", "STRING", ({ outcome }) => outcome),
  of("error_code", "STRING", ({ error }) => error?.code),
  of("finish_reason", "STRING", (record) => (isSpan(record) ? record.finish_reason : record.answer?.finish_reason)),
  of("cache", "STRING", (record) => (isSpan(record) ? null : record.cache)),
  of("input_tokens", "INT64", ({ tokens }) => tokens?.input),
  of("output_tokens", "INT64", ({ tokens }) => tokens?.output),
  of("cache_read_tokens", "INT64", ({ tokens }) => tokens?.cache_read),
  of("cache_write_tokens", "INT64", ({ tokens }) => tokens?.cache_write),
  of("reasoning_tokens", "INT64", ({ tokens }) => tokens?.reasoning),
  of("cost_usd_micros", "INT64", ({ cost }) => cost?.usd_micros),
  of("duration_ms", "DOUBLE", (record) => (isSpan(record) ? record.duration_ms : record.timings.total_ms)),
  of("first_token_ms", "DOUBLE", (record) => (isSpan(record) ? record.first_token_ms : record.timings.first_token_ms)),
  { name: "record", type: "STRING", read: ({ record }) => JSON.stringify(record) },
  { name: "request", type: "STRING", read: ({ request }) => request?.text ?? null },
  { name: "request_is_base64", type: "BOOLEAN", read: ({ request }) => request?.is_base64 ?? null },
  { name: "response", type: "STRING", read: ({ response }) => response?.text ?? null },
  { name: "response_is_base64", type: "BOOLEAN", read: ({ response }) => response?.is_base64 ?? null },
];

/** The other way: what `readPortable` takes. Throws SyntaxError where the record is no JSON. */
export function portableFromCells(cells: Partial<Record<string, unknown>>): unknown {
  return {
    record: JSON.parse(String(cells["record"])) as unknown,
    request: bodyFromCells(cells["request"], cells["request_is_base64"]),
    response: bodyFromCells(cells["response"], cells["response_is_base64"]),
  };
}

/** CSV knows neither null nor true: an empty text is no body. */
function bodyFromCells(text: unknown, isBase64: unknown): PortableBody | null {
  if (typeof text !== "string" || text === "") return null;
  return { text, is_base64: isBase64 === true || isBase64 === "true" };
}

function isSpan(record: AnyRecord): record is SpanRecord {
  return "source" in record;
}
