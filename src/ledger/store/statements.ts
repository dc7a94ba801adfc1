// The statements that carry records from the journal into PostgreSQL. What the columns' line of a frame says by name
// (projector/record-lines.ts), these take by name.
import { NAME_LENGTH_MAX } from "./tables.ts";

const moveCheckpoint = `
  update ledger_checkpoints
  set segment = $5, segment_offset = $6, record = $7, updated_at = now()
  where journal_id = $1 and segment = $2 and segment_offset = $3 and record = $4
  returning 1`;

/** As they come, each with what is stored of it. What a line leaves out is null; of our own calls it leaves out what is plain. */
const COLUMNS: readonly { name: string; sent?: string; type: string; stored?: string }[] = [
  { name: "id", type: "uuid" },
  { name: "started_at", sent: "started_at_ms", type: "float8", stored: "to_timestamp(started_at_ms / 1000)" },
  { name: "kind", type: "text" },
  { name: "is_own", type: "boolean", stored: "coalesce(is_own, true)" },
  { name: "is_counted", type: "boolean", stored: "coalesce(is_counted, true)" },
  { name: "trace_id", type: "uuid" },
  { name: "span_id", type: "text", stored: "decode(span_id, 'hex')" },
  { name: "parent_span_id", type: "text", stored: "decode(parent_span_id, 'hex')" },
  { name: "name", type: "text", stored: cut("coalesce(name, model)") },
  { name: "key_id", type: "text", stored: cut("key_id") },
  { name: "session", type: "text", stored: cut("session") },
  { name: "user_name", type: "text", stored: cut("user_name") },
  { name: "team", type: "text", stored: cut("team") },
  { name: "project", type: "text", stored: cut("project") },
  { name: "tags", type: "text[]" },
  { name: "service", type: "text", stored: cut("service") },
  { name: "environment", type: "text", stored: cut("environment") },
  { name: "model", type: "text", stored: cut("model") },
  { name: "answer_model", type: "text", stored: cut("answer_model") },
  { name: "route", type: "text", stored: cut("route") },
  { name: "vendor", type: "text", stored: cut("vendor") },
  { name: "prompt", type: "text", stored: cut("prompt") },
  { name: "pattern", type: "uuid" },
  { name: "operation", type: "text", stored: cut("operation") },
  { name: "outcome", type: "text" },
  { name: "error_code", type: "text", stored: cut("error_code") },
  { name: "finish_reason", type: "text", stored: cut("finish_reason") },
  { name: "cache", type: "text" },
  { name: "input_tokens", type: "bigint" },
  { name: "output_tokens", type: "bigint" },
  { name: "cache_read_tokens", type: "bigint" },
  { name: "cache_write_tokens", type: "bigint" },
  { name: "reasoning_tokens", type: "bigint" },
  { name: "cost_usd_micros", type: "bigint" },
  { name: "saved_usd_micros", type: "bigint" },
  { name: "wasted_usd_micros", type: "bigint" },
  { name: "duration_ms", type: "real" },
  { name: "first_token_ms", type: "real" },
  { name: "request_preview", type: "text" },
  { name: "response_preview", type: "text" },
];

function cut(text: string): string {
  return `left(${text}, ${NAME_LENGTH_MAX})`;
}

const names = COLUMNS.map(({ name }) => name).join(", ");
const sentNames = COLUMNS.map(({ name, sent = name }) => sent).join(", ");
const sentTypes = COLUMNS.map(({ name, sent = name, type }) => `${sent} ${type}`).join(", ");

// One statement is one transaction. Should the checkpoint stand elsewhere, `moved` is empty, and so is all the rest.
// A body comes with its hash when it comes compressed; the others are hashed here. Minutes are marked in order, so that
// two processes that write at once wait for each other instead of in a circle.
export const insertBatch = `
  with moved as (${moveCheckpoint}),
  incoming as materialized (
    select
      ${COLUMNS.map(({ name, stored = name }) => `${stored} as ${name}`).join(", ")},
      data,
      request,
      response,
      request_hash is not null as request_is_zstd,
      response_hash is not null as response_is_zstd,
      coalesce(request_hash, sha256(request)) as request_hash,
      coalesce(response_hash, sha256(response)) as response_hash
    from rows from (
      json_to_recordset($8::json) as (${sentTypes}),
      unnest($13::json[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
    ) as sent(${sentNames}, data, request, response, request_hash, response_hash)
    where exists (select from moved)
  ),
  records as (
    insert into ledger_records (${names}, request_hash, response_hash, data)
    select ${names}, request_hash, response_hash, data
    from incoming
    on conflict do nothing
  ),
  bodies as (
    insert into ledger_bodies (started_at, id, request, response, request_is_zstd, response_is_zstd)
    select started_at, id, request, response, request_is_zstd, response_is_zstd
    from incoming
    where request is not null or response is not null
    on conflict do nothing
  ),
  marks as (
    insert into ledger_dirty_minutes (minute)
    select distinct date_trunc('minute', started_at, 'UTC') from incoming order by 1
    on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1
  )
  select from moved`;

export const insertRejected = `
  with moved as (${moveCheckpoint})
  insert into ledger_rejected (journal_id, segment, segment_offset, error, frame)
  select $1, $8, $9, $10, $11 from moved
  on conflict do nothing
  returning 1`;
