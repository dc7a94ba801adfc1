// Calls become records among others: what other programs report stands in the same wide table
// (docs/decisions/0021-one-wide-table.md). Everything that was stored is carried over, its new columns filled from `data`.
import { sql, type Migration } from "kysely";

// Columns of fixed width come first: PostgreSQL pads them by their place.
const columns = sql.raw(`
    id uuid not null,
    started_at timestamptz not null,
    trace_id uuid,
    pattern uuid,
    input_tokens bigint,
    output_tokens bigint,
    cache_read_tokens bigint,
    cache_write_tokens bigint,
    reasoning_tokens bigint,
    cost_usd_micros bigint,
    saved_usd_micros bigint,
    wasted_usd_micros bigint,
    duration_ms real,
    first_token_ms real,
    is_own boolean not null,
    is_counted boolean not null,
    kind text not null,
    span_id bytea,
    parent_span_id bytea,
    name text,
    key_id text not null,
    session text,
    user_name text,
    team text,
    project text,
    tags text[],
    service text,
    environment text,
    model text,
    answer_model text,
    route text,
    vendor text,
    prompt text,
    operation text,
    outcome text not null,
    error_code text,
    finish_reason text,
    cache text,
    request_preview text,
    response_preview text,
    request_hash bytea,
    response_hash bytea,
    data json not null,
    primary key (started_at, id)`);

// Callers choose these, and an index takes no more than 2,704 bytes a row.
const NAME_LENGTH_MAX = sql.lit(256);

// What a call of an earlier version lacks stays null. Attempts whose answer was not given are told as in projector/lines.
const carryOver = sql`
  insert into ledger_records (
    id, started_at, is_own, is_counted, kind, trace_id, span_id, parent_span_id, name, key_id, session, user_name, team,
    project, tags, model, answer_model, route, vendor, prompt, operation, outcome, error_code, finish_reason, cache,
    input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
    cost_usd_micros, saved_usd_micros, wasted_usd_micros, duration_ms, first_token_ms, request_hash, response_hash, data
  )
  select
    call.id, call.started_at, true, true,
    case told.operation when 'embeddings' then 'embedding' when 'rerank' then 'rerank' else 'call' end,
    case when told.trace_id ~ '^[0-9a-f]{32}$' then told.trace_id::uuid end,
    case when told.span_id ~ '^[0-9a-f]{16}$' then decode(told.span_id, 'hex') end,
    case when told.parent_span_id ~ '^[0-9a-f]{16}$' then decode(told.parent_span_id, 'hex') end,
    call.model, call.key_id,
    left(told.session, ${NAME_LENGTH_MAX}), left(told.who->>'user', ${NAME_LENGTH_MAX}),
    left(told.who->>'team', ${NAME_LENGTH_MAX}), left(told.who->>'project', ${NAME_LENGTH_MAX}),
    case when json_typeof(told.who->'tags') = 'array' and json_array_length(told.who->'tags') > 0 then
      array(select left(tag, ${NAME_LENGTH_MAX}) from json_array_elements_text(told.who->'tags') as tags(tag)) end,
    call.model, left(told.answer->>'model', ${NAME_LENGTH_MAX}), call.route, call.vendor,
    (told.prompt->>'id') || coalesce('@' || (told.prompt->>'version'), ''),
    told.operation, call.outcome, told.error->>'code', told.answer->>'finish_reason', told.cache,
    call.input_tokens, call.output_tokens, (told.tokens->>'cache_read')::bigint, (told.tokens->>'cache_write')::bigint,
    (told.tokens->>'reasoning')::bigint,
    call.cost_usd_micros, (told.cached->>'saved_usd_micros')::bigint,
    case when json_typeof(told.attempts) = 'array' then (
      select sum((attempt->>'cost_usd_micros')::bigint)
      from json_array_elements(told.attempts) as attempts(attempt)
      where (attempt->>'cost_usd_micros')::bigint > 0
        and told.continued is null
        and (attempt->>'outcome' = 'error' or attempt->>'target' is distinct from told.answer->>'target')
    ) end,
    (told.timings->>'total_ms')::real, (told.timings->>'first_token_ms')::real,
    call.request_hash, call.response_hash, call.data
  from ledger_calls as call
  cross join lateral json_to_record(call.data) as told(
    trace_id text, span_id text, parent_span_id text, session text, operation text, cache text, who json, answer json,
    prompt json, error json, tokens json, cached json, attempts json, continued json, timings json
  )`;

const statements = [
  sql`create table ledger_records (${columns}) partition by range (started_at)`,
  // The same days as the calls have.
  sql`do $$
    declare part record;
    begin
      for part in
        select replace(relname, 'ledger_calls_', 'ledger_records_') as name, pg_get_expr(relpartbound, oid) as bound
        from pg_class where oid in (select inhrelid from pg_inherits where inhparent = 'ledger_calls'::regclass)
      loop
        execute format(
          'create table %I partition of ledger_records %s with (toast_tuple_target = 4080)', part.name, part.bound
        );
      end loop;
    end $$`,
  carryOver,
  sql`drop table ledger_calls`,

  sql`create index ledger_records_by_key on ledger_records (key_id, started_at, id)`,
  sql`create index ledger_records_by_model on ledger_records (model, started_at, id)`,
  sql`create index ledger_records_by_route on ledger_records (route, started_at, id)`,
  // Nearly all is ok, and that is found by time alone.
  sql`create index ledger_records_by_outcome on ledger_records (outcome, started_at, id) where outcome <> 'ok'`,
  sql`create index ledger_records_by_session on ledger_records (session, started_at, id) where session is not null`,
  sql`create index ledger_records_by_user on ledger_records (user_name, started_at, id) where user_name is not null`,
  sql`create index ledger_records_by_trace on ledger_records (trace_id)`,

  // Minutes in which records came or changed since their sums were made: whoever makes them again looks here.
  sql`create table ledger_dirty_minutes (minute timestamptz primary key, marks bigint not null default 1)
    with (fillfactor = 50)`,
  // Of what was there before, no sums were made.
  sql`insert into ledger_dirty_minutes (minute)
    select distinct date_trunc('minute', started_at, 'UTC') from ledger_records`,
];

export const keepOneWideTable: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
