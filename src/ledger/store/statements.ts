// The statements that carry records from the journal into PostgreSQL. What the columns' line of a frame says by name
// (projector/lines), these take by name.
import { lineColumns } from "../projector/lines/line-columns.ts";

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
  // Of what asks a model; the inputs of tools and agents are no prompts.
  pattern: `case when kind in ('call', 'embedding', 'rerank') then coalesce(pattern, request_pattern::uuid) end as pattern`,
};
const stored = lineColumns.map((name) => STORED[name] ?? name);
const names = lineColumns.map((name) => (name === "started_at_ms" ? "started_at" : name)).join(", ");

/** Of a record that came before: what it keeps when it is written over. */
const replaced = lineColumns
  .filter((name) => name !== "id" && name !== "started_at_ms")
  .map((name) => `${name} = excluded.${name}`)
  .join(", ");

/** `at` is the number of the first large parameter: the order is that of projector/batch.ts. */
const incoming = (at: number, { distinct, order } = { distinct: "", order: "" }): string => `
  incoming as materialized (
    select ${distinct}
      ${stored.join(", ")},
      data,
      request_preview,
      response_preview,
      request,
      response,
      words,
      request_hash is not null as request_is_zstd,
      response_hash is not null as response_is_zstd,
      coalesce(request_hash, sha256(request)) as request_hash,
      coalesce(response_hash, sha256(response)) as response_hash
    from rows from (
      unnest($${at}::text[]::ledger_line_4[]),
      unnest(
        $${at + 1}::bytea[], $${at + 2}::bytea[], $${at + 3}::bytea[], $${at + 4}::bytea[], $${at + 5}::json[],
        $${at + 6}::text[], $${at + 7}::text[], $${at + 8}::text[], $${at + 9}::text[]
      )
    ) as sent(
      version, ${lineColumns.join(", ")},
      request, response, request_hash, response_hash, data, request_preview, response_preview, request_pattern, words
    )
    where exists (select from moved)
    ${order}
  )`;

const insertRecords = `
    insert into ledger_records as old (${names}, request_preview, response_preview, request_hash, response_hash, data)
    select ${names}, request_preview, response_preview, request_hash, response_hash, data
    from incoming`;

const insertBodies = `
    insert into ledger_bodies as old (started_at, id, request, response, request_is_zstd, response_is_zstd)
    select started_at, id, request, response, request_is_zstd, response_is_zstd`;

/** What came, or came to say more, waits for those who follow. */
const followed = ({ follower, notes }: { follower: number; notes: number }): string => `
  unfollowed as (
    insert into ledger_unfollowed (follower, started_at, ids, notes)
    select name, started_at, ids, case when name = $${follower} then ($${notes}::bytea[])[1] end from ledger_followers
    cross join (select array_agg(started_at) as started_at, array_agg(id) as ids from records having count(*) > 0) as batch
  )`;

// Calls that stand alone: each is the root of its trace, and its words came with it, so that nothing is left for later (indexing/).
// One statement is one transaction. Should the checkpoint stand elsewhere, `moved` is empty, and so is all the rest.
// A body comes with its hash when it comes compressed; the others are hashed here. Minutes come in order, so that
// two processes that write at once wait for each other instead of in a circle.
export const insertBatch = `
  with moved as (${moveCheckpoint}),
  ${incoming(10)},
  records as (${insertRecords}
    on conflict do nothing
    returning started_at, id
  ),
  ${followed({ follower: 9, notes: 20 })},
  bodies as (${insertBodies}
    from incoming
    where request is not null or response is not null
    on conflict do nothing
  ),
  texts as (
    insert into ledger_texts (started_at, id, words)
    select started_at, id, words::tsvector from incoming where words <> ''
    on conflict do nothing
  ),
  rooted as (
    delete from ledger_trace_heads where trace_id = any (array(select trace_id from incoming))
  ),
  marks as (
    insert into ledger_dirty_minutes (minute)
    select unnest($8::timestamptz[]) from moved
    on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1
  )
  select from moved`;

// Of a span that comes again, the one that lasted longer is kept, or else the one that says more: each may be sent while it
// runs, and when it has ended. Its minutes are marked later (taking.ts).
const SAYS_MORE = `(coalesce(excluded.duration_ms, 0), length(excluded.data::text))
      > (coalesce(old.duration_ms, 0), length(old.data::text))`;

const FULLEST_FIRST = "order by id, coalesce(duration_ms, 0) desc, length(data::text) desc";

// What has just come for the first time is found by its words at once. What came before has more to say than what came now, and is
// read once more; the heads of traces are settled when all of it is there (indexing/).
export const mergeBatch = `
  with moved as (${moveCheckpoint}),
  ${incoming(9, { distinct: "distinct on (id)", order: FULLEST_FIRST })},
  known as materialized (
    select incoming.started_at, incoming.id from incoming
    cross join lateral (
      select from ledger_records as r where r.started_at = incoming.started_at and r.id = incoming.id limit 1
    ) as before
  ),
  records as (${insertRecords}
    on conflict (started_at, id) do update set ${replaced}, data = excluded.data,
      request_preview = coalesce(excluded.request_preview, old.request_preview),
      response_preview = coalesce(excluded.response_preview, old.response_preview),
      request_hash = coalesce(excluded.request_hash, old.request_hash),
      response_hash = coalesce(excluded.response_hash, old.response_hash)
    where not old.is_own and ${SAYS_MORE}
    returning old.started_at, old.id
  ),
  unindexed as (
    insert into ledger_unindexed (started_at, ids, has_words)
    select array_agg(started_at), array_agg(records.id), known.id is null and exists (select from incoming where words is not null)
    from records left join known using (started_at, id) group by known.id is null
  ),
  texts as (
    insert into ledger_texts (started_at, id, words)
    select started_at, id, words::tsvector from incoming join records using (started_at, id)
    where words <> '' and id not in (select id from known)
    on conflict (started_at, id) do update set words = excluded.words
  ),
  ${followed({ follower: 8, notes: 19 })},
  bodies as (${insertBodies}
    from incoming join records using (started_at, id)
    where request is not null or response is not null
    on conflict (started_at, id) do update set
      request = coalesce(excluded.request, old.request),
      response = coalesce(excluded.response, old.response),
      request_is_zstd = case when excluded.request is null then old.request_is_zstd else excluded.request_is_zstd end,
      response_is_zstd = case when excluded.response is null then old.response_is_zstd else excluded.response_is_zstd end
  )
  select from moved`;

/** Times in order, as above. */
export const insertMarks = `
  insert into ledger_dirty_minutes (minute) select unnest($1::timestamptz[])
  on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1`;

export const insertRejected = `
  with moved as (${moveCheckpoint})
  insert into ledger_rejected (journal_id, segment, segment_offset, error, frame)
  select $1, $8, $9, $10, $11 from moved
  on conflict do nothing
  returning 1`;

export const insertPatterns = `
  insert into ledger_patterns as known (pattern, template)
  select * from unnest($1::uuid[], $2::text[]) as met(pattern, template) order by 1
  on conflict (pattern) do update set last_met = now() where known.last_met < now() - interval '1 hour'`;
