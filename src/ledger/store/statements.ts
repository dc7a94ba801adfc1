// The statements that carry records from the journal into PostgreSQL. What the columns' line of a frame says by name
// (projector/lines), these take by name.
import { lineColumns } from "../projector/lines/line-columns.ts";
import { NAME_LENGTH_MAX } from "./tables.ts";

const moveCheckpoint = `
  update ledger_checkpoints
  set segment = $5, segment_offset = $6, record = $7, updated_at = now()
  where journal_id = $1 and segment = $2 and segment_offset = $3 and record = $4
  returning 1`;

/** What is stored of a column, where that is not the column as it comes. */
const STORED: Partial<Record<(typeof lineColumns)[number], string>> = {
  started_at_ms: "to_timestamp(started_at_ms / 1000) as started_at",
  span_id: "decode(span_id, 'hex') as span_id",
  parent_span_id: "decode(parent_span_id, 'hex') as parent_span_id",
};
/** Whoever sends a record chooses these. */
const CHOSEN: ReadonlySet<string> = new Set(
  `name key_id session user_name team project service environment model answer_model route vendor prompt operation error_code
  finish_reason`.split(/\s+/),
);

const stored = lineColumns.map(
  (name) => STORED[name] ?? (CHOSEN.has(name) ? `left(${name}, ${NAME_LENGTH_MAX}) as ${name}` : name),
);
const names = lineColumns.map((name) => (name === "started_at_ms" ? "started_at" : name)).join(", ");

// One statement is one transaction. Should the checkpoint stand elsewhere, `moved` is empty, and so is all the rest.
// A body comes with its hash when it comes compressed; the others are hashed here. Minutes are marked in order, so that
// two processes that write at once wait for each other instead of in a circle.
export const insertBatch = `
  with moved as (${moveCheckpoint}),
  incoming as materialized (
    select
      ${stored.join(", ")},
      data,
      request,
      response,
      request_hash is not null as request_is_zstd,
      response_hash is not null as response_is_zstd,
      coalesce(request_hash, sha256(request)) as request_hash,
      coalesce(response_hash, sha256(response)) as response_hash
    from rows from (
      unnest($8::text[]::ledger_line[]),
      unnest($13::json[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])
    ) as sent(version, ${lineColumns.join(", ")}, data, request, response, request_hash, response_hash)
    where exists (select from moved)
  ),
  records as (
    insert into ledger_records (${names}, request_hash, response_hash, data)
    select ${names}, request_hash, response_hash, data
    from incoming
    on conflict do nothing
    returning started_at, id
  ),
  unindexed as (
    insert into ledger_unindexed (started_at, ids)
    select array_agg(started_at), array_agg(id) from records having count(*) > 0
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
