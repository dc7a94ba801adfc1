// A few records of each profile (model, route, prompt) out of a span of time, drawn by lot: for those who compare how calls
// are with how they were, and need not see every one.
import { sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import { dateAt, type LedgerTables } from "./tables.ts";

/** Which calls are compared with each other; null where they name none. */
export interface RecordProfile {
  model: string;
  route: string | null;
  /** With its version: `greeting@v2`. */
  prompt: string | null;
}

export interface SampleQuery {
  since_ms: number;
  /** Exclusive. */
  until_ms: number;
  /** Of all where left out. */
  profile?: RecordProfile;
  /** Records of each profile. */
  records_max: number;
  /** Those with the most records. */
  profiles_max: number;
}

export interface SampledRecord {
  at_ms: number;
  input_tokens: number | null;
  output_tokens: number | null;
  duration_ms: number | null;
  first_token_ms: number | null;
  finish_reason: string | null;
  answer_model: string | null;
  /** The vendor's own version of the model, where it says one. */
  fingerprint: string | null;
  outcome: string;
  request_preview: string | null;
  response_preview: string | null;
  cost_usd_micros: number | null;
}

export interface RecordSample {
  profile: RecordProfile;
  /** How many there are; `records` has no more than were asked for. */
  seen: number;
  records: SampledRecord[];
}

export interface Sampling {
  /** Chats that a model answered, or failed to: none that was refused here, cancelled, or answered from the cache. */
  sampleRecords(query: SampleQuery): Promise<RecordSample[]>;
}

type Row = Record<keyof Omit<SampledRecord, "at_ms">, string | number | null> &
  RecordProfile & { seen: string; started_at: Date };

export function createSampling(storage: Storage): Sampling {
  const db = storage.tables<LedgerTables>();
  return {
    async sampleRecords(query) {
      const { rows } = await sampleStatement(query).execute(db);
      const samples = new Map<string, RecordSample>();
      for (const { model, route, prompt, seen, ...row } of rows as Row[]) {
        const name = JSON.stringify([model, route, prompt]);
        const sample = samples.get(name) ?? { profile: { model, route, prompt }, seen: Number(seen), records: [] };
        samples.set(name, sample);
        sample.records.push(recordOf(row));
      }
      return [...samples.values()];
    },
  };
}

// The end of an id is random, so that the order of ids read backwards is a lot that falls the same each time.
function sampleStatement({ since_ms, until_ms, profile, records_max, profiles_max }: SampleQuery) {
  const ofProfile = profile
    ? sql`and model = ${profile.model} and route is not distinct from ${profile.route}
        and prompt is not distinct from ${profile.prompt}`
    : sql``;
  return sql`
    with numbered as (
      select
        id, started_at, model, route, prompt,
        count(*) over same as seen,
        row_number() over (partition by model, route, prompt order by reverse(id::text)) as place
      from ledger_records
      where started_at >= ${dateAt(since_ms)} and started_at < ${dateAt(until_ms)}
        and kind = 'call' and is_counted and model is not null
        and (not is_own or operation in ('chat', 'native', 'realtime'))
        and outcome in ('ok', 'failed', 'truncated')
        and coalesce(cache, '') not in ('hit', 'semantic', 'joined')
        ${ofProfile}
      window same as (partition by model, route, prompt)
    ),
    chosen as (
      select id, started_at, seen, dense_rank() over (order by seen desc, model, route, prompt) as profile_place
      from numbered
      where place <= ${records_max}
    )
    select
      seen, started_at, model, route, prompt, input_tokens, output_tokens, duration_ms, first_token_ms, finish_reason,
      answer_model, data->>'fingerprint' as fingerprint, outcome, request_preview, response_preview, cost_usd_micros
    from chosen
    join ledger_records using (started_at, id)
    where profile_place <= ${profiles_max}`;
}

function recordOf(row: Omit<Row, "model" | "route" | "prompt" | "seen">): SampledRecord {
  const numberOf = (value: string | number | null): number | null => (value === null ? null : Number(value));
  const textOf = (value: string | number | null): string | null => (value === null ? null : String(value));
  return {
    at_ms: row.started_at.getTime(),
    input_tokens: numberOf(row.input_tokens),
    output_tokens: numberOf(row.output_tokens),
    duration_ms: numberOf(row.duration_ms),
    first_token_ms: numberOf(row.first_token_ms),
    finish_reason: textOf(row.finish_reason),
    answer_model: textOf(row.answer_model),
    fingerprint: textOf(row.fingerprint),
    outcome: String(row.outcome),
    request_preview: textOf(row.request_preview),
    response_preview: textOf(row.response_preview),
    cost_usd_micros: numberOf(row.cost_usd_micros),
  };
}
