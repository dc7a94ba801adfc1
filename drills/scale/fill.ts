// Records by the million, made in PostgreSQL itself: traces of applications and calls of our own, over thirty days, in the
// shape and about the size of real ones. What they say is drawn from a vocabulary whose words are as unequal as real ones.
import type { PoolClient } from "pg";
import { sleep } from "../../src/kernel/index.ts";
import type { Storage } from "../../src/storage/index.ts";

export interface Filling {
  /** The first record and the one after the last, of all that will ever be made. */
  from: number;
  until: number;
  /** Of all: what is filled in several goes is spread over the same days. */
  total: number;
  endMs: number;
  signal: AbortSignal;
}

const DAY_MS = 86_400_000;
export const DAYS = 30;
/** Ten records of an application's trace, and two calls of our own. */
export const GROUP = 12;
const TEXTS = 20_000;
const WORDS_PER_TEXT = 80;
const TABLES = ["ledger_records", "ledger_bodies", "ledger_texts"];

/** Once: the day's partitions, and the texts that bodies are drawn from. */
export async function prepare({ pool }: Storage, { endMs, seed }: { endMs: number; seed: number }): Promise<void> {
  await withClient(pool, async (client) => {
    for (let back = 0; back <= DAYS; back += 1) {
      const [day, next] = [back, back - 1].map((days) => new Date(endMs - days * DAY_MS).toISOString().slice(0, 10));
      for (const table of TABLES)
        await client.query(
          `create table if not exists ${table}_${day?.replaceAll("-", "")} partition of ${table}
          for values from ('${day}T00:00:00Z') to ('${next}T00:00:00Z') with (toast_tuple_target = 4080)`,
        );
    }
    await client.query("select setseed($1)", [(seed % 1000) / 1000]);
    await client.query(
      `create table drill_texts as
      select number, body, to_tsvector('simple', body) as words from (
        select number, string_agg('w' || floor(power(20000, random())), ' ') as body
        from generate_series(0, ${TEXTS - 1}) as number, generate_series(1, ${WORDS_PER_TEXT}) group by number
      ) as made`,
    );
    await client.query("create unique index on drill_texts (number)");
  });
}

/** Without indexes, which are made again afterwards: the same ones, in a fraction of the time. */
export async function fill({ pool }: Storage, filling: Filling): Promise<void> {
  await withClient(pool, async (client) => {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = any($1::regclass[]) and not indisprimary`,
      [TABLES],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    const step = GROUP * 4000;
    for (let from = filling.from; from < filling.until; from += step) {
      filling.signal.throwIfAborted();
      await fillRange(client, { ...filling, from, until: Math.min(from + step, filling.until) });
    }
    for (const { definition } of indexes) {
      filling.signal.throwIfAborted();
      // As it is told, it would be of the parent alone.
      await client.query(definition.replace(" ON ONLY ", " ON "));
    }
    await client.query(`vacuum analyze ${TABLES.join(", ")}`);
  });
}

/** As the projector marks minutes that it writes to; comes back when the ledger has summed them. */
export async function sumUp({ pool }: Storage, signal: AbortSignal): Promise<void> {
  await pool.query(`insert into ledger_dirty_minutes (minute, marks)
    select distinct date_trunc('minute', started_at), 1 from ledger_records
    on conflict (minute) do update set marks = ledger_dirty_minutes.marks + 1`);
  await untilSummed({ pool }, signal);
}

/** The running hours and days aside. */
export async function untilSummed({ pool }: Pick<Storage, "pool">, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ waiting: boolean }>(
      `select exists (select from ledger_dirty_minutes where minute < now() - interval '2 minutes')
        or exists (
          select from ledger_sums_behind
          where at < date_trunc(grain, now() at time zone 'UTC') at time zone 'UTC' - interval '2 minutes'
        ) as waiting`,
    );
    if (rows[0]?.waiting !== true) return;
    await sleep(1000, signal);
    signal.throwIfAborted();
  }
}

/** Of a store that was filled before. */
export async function extentOf({ pool }: Storage): Promise<{ count: number; endMs: number }> {
  const { rows } = await pool.query<{ count: number; end_ms: number }>(
    `select count(*)::int as count, extract(epoch from max(started_at))::float8 * 1000 as end_ms from ledger_records`,
  );
  return { count: rows[0]?.count ?? 0, endMs: Math.ceil(rows[0]?.end_ms ?? 0) + 1 };
}

export const traceIdOf = (name: string): string => Bun.CryptoHasher.hash("md5", name, "hex");

/** One trace of so many spans, in levels of ten. */
export async function fillTrace(
  { pool }: Storage,
  { spans, endMs, name }: { spans: number; endMs: number; name: string },
): Promise<void> {
  await withClient(pool, (client) =>
    client.query(
      `insert into ledger_records (${COLUMNS.join(", ")})
      select ${selected({ trace: "md5($1)", parent: "case when n > 0 then (n - 1) / 10 end" })}
      from (select n, n % 10 as p, 0 as g, ($2::float8 - 3600000 + n)::bigint as ms, n as h, 's-' || $1 as session,
        'key-1' as key_id from generate_series(0, $3::int - 1) as n) as made`,
      [name, endMs, spans],
    ),
  );
}

async function fillRange(client: PoolClient, { from, until, total, endMs }: Filling): Promise<void> {
  const values = [from, until, Math.ceil(total / GROUP), endMs];
  const made = `(
    select n, n % ${GROUP} as p, g, h, ms, 's-' || g / 3 as session, 'key-' || h % 20 as key_id from (
      select n, n / ${GROUP} as g, abs(hashint8(n / ${GROUP})) as h,
        ($4::float8 - ${DAYS * DAY_MS} + (n / ${GROUP} * 7919 % $3::bigint)::float8 / $3::float8 * ${DAYS * DAY_MS} + n % ${GROUP} * 130)::bigint as ms
      from generate_series($1::bigint, $2::bigint - 1) as n
    ) as numbered
  ) as made`;
  const trace = `case when p < 10 then md5('t' || g) else md5('o' || n) end`;
  const parent =
    "case when p = 0 or p >= 10 then null when p in (1, 5, 9) then n - p when p < 5 then n - p + 1 else n - p + 5 end";
  await client.query(
    `insert into ledger_records (${COLUMNS.join(", ")}) select ${selected({ trace, parent })} from ${made}`,
    values,
  );
  await client.query(
    `insert into ledger_bodies (started_at, id, request, response, request_is_zstd, response_is_zstd)
    select ${STARTED_AT}, ${ID}, convert_to(json_build_object('messages', json_build_array(
        json_build_object('role', 'user', 'content', body || ' order' || g)))::text, 'UTF8'),
      convert_to(json_build_object('content', left(body, 150))::text, 'UTF8'), false, false
    from ${made} join drill_texts on drill_texts.number = (made.n * 7919) % ${TEXTS} where ${IS_CALL}`,
    values,
  );
  await client.query(
    `insert into ledger_texts (started_at, id, words)
    select ${STARTED_AT}, ${ID}, case when ${IS_CALL} then words else to_tsvector('simple', ${NAME} || ' warehouse') end
      || to_tsvector('simple', 'order' || g)
    from ${made} join drill_texts on drill_texts.number = (made.n * 7919) % ${TEXTS}`,
    values,
  );
}

const IS_CALL = "(p in (2, 4, 6, 8) or p >= 10)";
const IS_OWN = "p >= 10";
const NAME = `case when ${IS_CALL} then 'chat' else 'step ' || p end`;
const STARTED_AT = "to_timestamp(ms / 1000.0)";
const ID = `(lpad(to_hex(ms), 12, '0') || '7' || substr(md5('id' || n || session), 1, 3) || '8' || substr(md5('id' || n || session), 4, 15))::uuid`;
const MODEL = `(array['gpt-4o-mini', 'gpt-4o', 'claude-sonnet', 'gemini-flash', 'o3', 'mistral-large', 'rare-model'])[
  1 + least(6, floor(-ln((h % 9973 + 1) / 9974.0) * 1.5))::int]`;
const OUTCOME = "case when abs(hashint8(n + 7)) % 50 = 0 then 'failed' else 'ok' end";
const DURATION = "(20 * exp((abs(hashint8(n)) % 1000) / 180.0))::real";

const COLUMNS =
  `id started_at kind is_own is_counted trace_id span_id parent_span_id name key_id session user_name team project
  tags service environment model answer_model route vendor operation outcome error_code finish_reason input_tokens
  output_tokens cache_read_tokens cost_usd_micros duration_ms first_token_ms request_preview response_preview data`.split(
    /\s+/,
  );

/** In the order of the columns. */
function selected({ trace, parent }: { trace: string; parent: string }): string {
  const whenCall = (value: string) => `case when ${IS_CALL} then ${value} end`;
  const spanOf = (n: string) => `decode(substr(md5('span' || (${n}) || session), 1, 16), 'hex')`;
  return `${ID}, ${STARTED_AT},
    case when ${IS_CALL} then 'call' else (array['run', 'agent', '', 'tool', '', 'agent', '', 'retrieval', '', 'span'])[p + 1] end,
    ${IS_OWN}, ${IS_CALL}, (${trace})::uuid, ${spanOf("n")}, ${spanOf(parent)}, ${NAME}, key_id, session,
    'user-' || h % 1000, 'team-' || h % 8, 'project-' || h % 5, array['tag-' || h % 7],
    case when not ${IS_OWN} then 'service-' || floor(sqrt(h % 144)) end, case when h % 10 = 0 then 'staging' else 'production' end,
    ${whenCall(MODEL)}, ${whenCall(`${MODEL} || '-2026'`)}, case when ${IS_OWN} then 'route-' || h % 4 end,
    ${whenCall("'vendor-' || h % 3")}, ${whenCall("'chat'")}, ${OUTCOME},
    case when ${OUTCOME} = 'failed' then (array['timeout', 'rate_limited', 'provider.overloaded'])[1 + h % 3] end,
    ${whenCall("'stop'")}, ${whenCall("100 + h % 5000")}, ${whenCall("10 + h % 700")}, ${whenCall("h % 100")},
    ${whenCall("(100 + h % 5000) * 3")}, ${DURATION}, ${whenCall(`${DURATION} / 4`)}, ${whenCall("'What was asked, as its first words say: order ' || g")},
    ${whenCall("'What was answered, for the list to show: ' || md5(n::text)")},
    json_build_object('id', ${ID}, 'kind', 'span', 'schema', 1, 'source', 'otlp', 'trace_id', ${trace}, 'name', ${NAME},
      'links', json_build_array(), 'session', session, 'started_at_ms', ms, 'duration_ms', ${DURATION}, 'who',
      json_build_object('key_id', key_id, 'key_name', 'an application', 'user', 'user-' || h % 1000, 'team', null, 'project', null, 'tags', json_build_array()),
      'service', json_build_object('name', 'service', 'version', '1.2.3', 'environment', 'production', 'release', null),
      'scope', json_build_object('name', '@opentelemetry/instrumentation-openai', 'version', '0.1', 'schema_url', ''),
      'dialect', 'gen_ai', 'tokens', json_build_object('input', 100 + h % 5000, 'output', 10 + h % 700),
      'attributes', json_build_object('http.status_code', 200 + h % 3, 'telemetry.sdk.language', 'nodejs', 'host.name', 'pod-' || h % 40,
        'gen_ai.request.temperature', 0.2, 'process.pid', h % 30000, 'filler', repeat(md5(n::text), 6)),
      'bodies', json_build_object('request', null, 'response', null))`;
}

async function withClient<T>(pool: Storage["pool"], work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0; set maintenance_work_mem = '512MB'; set synchronous_commit = off");
    return await work(client);
  } finally {
    client.release(true);
  }
}
