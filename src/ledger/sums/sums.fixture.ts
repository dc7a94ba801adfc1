// What the tests of sums share: records as the projector would write them, and sums made over there by the plainest means.
import { startMigratedDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { createWorld } from "../../kernel/index.ts";
import { ledgerMigrations } from "../migrations/index.ts";
import { sumsConfigSchema } from "./config.ts";
import { createRoller } from "./roller.ts";
import { createSums } from "./sums.ts";

export interface FixtureRecord {
  at_ms: number;
  kind?: string;
  is_own?: boolean;
  key_id?: string;
  user_name?: string | null;
  team?: string | null;
  project?: string | null;
  tags?: string[] | null;
  service?: string | null;
  environment?: string | null;
  model?: string | null;
  route?: string | null;
  vendor?: string | null;
  prompt?: string | null;
  pattern?: string | null;
  outcome?: string;
  input_tokens?: number | null;
  output_tokens?: number | null;
  cost_usd_micros?: number | null;
  saved_usd_micros?: number | null;
  wasted_usd_micros?: number | null;
  duration_ms?: number | null;
  first_token_ms?: number | null;
  is_counted?: boolean;
}

const DEFAULTS = {
  kind: "call",
  is_own: true,
  key_id: "key-1",
  user_name: null,
  team: null,
  project: null,
  tags: null,
  service: null,
  environment: null,
  model: "sim/steady",
  route: "direct",
  vendor: "sim",
  prompt: null,
  pattern: null,
  outcome: "ok",
  input_tokens: 10,
  output_tokens: 20,
  cost_usd_micros: 30,
  saved_usd_micros: null,
  wasted_usd_micros: null,
  duration_ms: 100,
  first_token_ms: null,
  is_counted: true,
};

const INSERT = `
  with incoming as (
    select to_timestamp((each->>'at_ms')::float8 / 1000) as started_at, record.*, record.data as whole
    from json_array_elements($1::json) as each, json_to_record(each) as record(
      id uuid, kind text, is_own boolean, key_id text, user_name text, team text, project text, tags text[], service text,
      environment text, model text, route text, vendor text, prompt text, pattern uuid, outcome text, input_tokens bigint,
      output_tokens bigint, cost_usd_micros bigint, saved_usd_micros bigint, wasted_usd_micros bigint, duration_ms real,
      first_token_ms real, is_counted boolean, data json
    )
  ),
  marks as (
    insert into ledger_dirty_minutes (minute)
    select distinct date_trunc('minute', started_at, 'UTC') from incoming order by 1
    on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1
  )
  insert into ledger_records (
    id, started_at, kind, is_own, key_id, user_name, team, project, tags, service, environment, model, route, vendor, prompt,
    pattern, outcome, input_tokens, output_tokens, cost_usd_micros, saved_usd_micros, wasted_usd_micros, duration_ms,
    first_token_ms, is_counted, data
  )
  select
    id, started_at, kind, is_own, key_id, user_name, team, project, tags, service, environment, model, route, vendor, prompt,
    pattern, outcome, input_tokens, output_tokens, cost_usd_micros, saved_usd_micros, wasted_usd_micros, duration_ms,
    first_token_ms, is_counted, '{}'
  from incoming`;

/** As the projector does it: the records, and the marks of their minutes, in one statement. */
export async function putRecords({ storage }: Pick<TestDatabase, "storage">, records: readonly FixtureRecord[]) {
  const rows = records.map((record) => ({ ...DEFAULTS, id: Bun.randomUUIDv7(), ...record }));
  await storage.pool.query(INSERT, [JSON.stringify(rows)]);
}

/** A database with the ledger's tables, sums over it, and a clock that stands where it is put. */
export async function startSums(startMs: number, settings: Record<string, unknown> = {}) {
  const database = await startMigratedDatabase("ledger", [ledgerMigrations]);
  const clock = { nowMs: startMs };
  const world = createWorld({ nowMs: () => clock.nowMs });
  const config = sumsConfigSchema.parse(settings);
  const deps = { storage: database.storage, world };
  return { ...database, clock, sums: createSums(config, deps), roller: createRoller(config, deps) };
}
