// The type by which records' columns come from our process, each row as text: a third of what JSON costs to read; and traces in
// order of time.
// The order is that of projector/lines/line-columns.ts.
import { sql, type Migration } from "kysely";

const statements = [
  sql`create type ledger_line as (
  version smallint,
  is_own boolean,
  id uuid,
  trace_id uuid,
  parent_span_id text,
  span_id text,
  started_at_ms float8,
  kind text,
  is_counted boolean,
  name text,
  key_id text,
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
  pattern uuid,
  operation text,
  outcome text,
  error_code text,
  finish_reason text,
  cache text,
  input_tokens bigint,
  output_tokens bigint,
  cache_read_tokens bigint,
  cache_write_tokens bigint,
  reasoning_tokens bigint,
  cost_usd_micros bigint,
  saved_usd_micros bigint,
  wasted_usd_micros bigint,
  duration_ms real,
  first_token_ms real
)`,
  // In the order in which a trace is read: its latest first, as many as are wanted.
  sql`drop index ledger_records_by_trace`,
  sql`create index ledger_records_by_trace on ledger_records (trace_id, started_at)`,
];

export const takeLinesAsRows: Migration = {
  async up(db) {
    for (const statement of statements) await statement.execute(db);
  },
};
