// Kept answers in PostgreSQL: written in batches, read one by one or a request's texts at once, swept, purged.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../../storage/index.ts";
import { bodyBytes, type AnswerFigures, type KeptAnswer } from "../kept-answer.ts";
import { modelsMeant, type Purge } from "../purging.ts";

export interface CacheStore {
  /** Newer answers take the place of older ones. */
  write(answers: readonly KeptAnswer[], nowMs: number): Promise<void>;
  /** In no order. */
  read(keys: readonly string[], nowMs: number): Promise<KeptAnswer[]>;
  /** What was written and purged since; and until when that is so, for the next time. */
  hear(since: Date | undefined, entriesMax: number): Promise<Heard>;
  /** How many it was; others hear of it. */
  purge(id: string, purge: Purge): Promise<number>;
  /** Once more what others have purged, for what was on its way. */
  purgeAgain(purge: Purge): Promise<void>;
  /** Takes out what is over its time, and the oldest beyond the bounds. */
  sweep(bounds: { entriesMax: number; bytesMax: number }): Promise<void>;
  measure(): Promise<{ entries: number; bytes: number }>;
}

export interface Heard {
  until: Date;
  answers: { key: string; leftMs: number }[];
  purges: { id: string; purge: Purge }[];
}

/** A statement that began before the last look may have been committed after it. */
const OVERLAP_S = 5;

export function createCacheStore(storage: Storage): CacheStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();
  return { ...createAnswers(db), ...createUpkeep(db) };
}

function createAnswers(db: () => Kysely<unknown>): Pick<CacheStore, "write" | "read" | "hear"> {
  return {
    async write(answers, nowMs) {
      // As one JSON text: a statement of thousands of parameters costs this process more than all else that it does for a call.
      const rows = JSON.stringify(answers.map((kept) => rowOf(kept, nowMs)));
      await sql`
        insert into gateway_cache_answers as kept (
          key, scope, model, stored_at, expires_at, size, figures, is_text, body
        )
        select decode(key, 'hex'), scope::jsonb, model, now() - age_ms * interval '1 ms', now() + left_ms * interval '1 ms',
          size, figures, is_text, case when bytes is null then convert_to(text, 'UTF8') else decode(bytes, 'base64') end
        from json_to_recordset(${rows}::json) as row (
          key text, scope text, model text, age_ms float8, left_ms float8,
          size integer, figures text, is_text boolean, text text, bytes text
        )
        on conflict (key) do update set
          stored_at = excluded.stored_at, expires_at = excluded.expires_at, written_at = clock_timestamp(),
          size = excluded.size, figures = excluded.figures, is_text = excluded.is_text, body = excluded.body
        where kept.stored_at < excluded.stored_at`.execute(db());
    },
    async read(keys, nowMs) {
      const { rows } = await sql<AnswerRow>`
        select encode(key, 'hex') as key, scope::text as scope, model, figures, is_text, body,
          (extract(epoch from now() - stored_at) * 1000)::float8 as age_ms,
          (extract(epoch from expires_at - now()) * 1000)::float8 as left_ms
        from gateway_cache_answers
        where key = any(${keys.map((key) => Buffer.from(key, "hex"))}::bytea[]) and expires_at > now()`.execute(db());
      return rows.map((row) => answerFrom(row, nowMs));
    },
    async hear(since, entriesMax) {
      const from = since ?? new Date(0);
      const { rows: clock } = await sql<{ until: Date }>`
        select clock_timestamp() - ${OVERLAP_S} * interval '1 s' as until`.execute(db());
      const { rows: answers } = await sql<{ key: string; leftMs: number }>`
        select encode(key, 'hex') as key, (extract(epoch from expires_at - now()) * 1000)::float8 as "leftMs"
        from gateway_cache_answers where written_at >= ${from} and expires_at > now()
        order by written_at desc limit ${entriesMax}`.execute(db());
      const { rows: purges } = await sql<PurgeRow>`
        select id, scope, model from gateway_cache_purges where purged_at >= ${from} order by purged_at`.execute(db());
      return {
        until: clock[0]?.until ?? from,
        answers,
        purges: purges.map(({ id, scope, model }) => ({ id, purge: { scope, ...(model !== null && { model }) } })),
      };
    },
  };
}

function createUpkeep(db: () => Kysely<unknown>): Pick<CacheStore, "purge" | "purgeAgain" | "sweep" | "measure"> {
  async function remove({ model, scope }: Purge, within = db()): Promise<number> {
    const models = model === undefined ? null : modelsMeant(model);
    const { numAffectedRows } = await sql`
      delete from gateway_cache_answers
      where scope @> ${JSON.stringify(scope)}::jsonb
        and (${models}::text[] is null or model = any(${models}::text[]))`.execute(within);
    return Number(numAffectedRows ?? 0n);
  }
  return {
    // Others hear of it once it is done: who removes the same again must not find it before it was counted.
    purge: (id, purge) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          const count = await remove(purge, transaction);
          await sql`
            insert into gateway_cache_purges (id, scope, model)
            values (${id}, ${JSON.stringify(purge.scope)}::jsonb, ${purge.model ?? null})`.execute(transaction);
          return count;
        }),
    async purgeAgain(purge) {
      await remove(purge);
    },
    async sweep({ entriesMax, bytesMax }) {
      await sql`delete from gateway_cache_answers where expires_at <= now()`.execute(db());
      await sql`delete from gateway_cache_purges where purged_at < now() - interval '1 hour'`.execute(db());
      await sql`
        delete from gateway_cache_answers where key in (
          select key from (
            select key, row_number() over newest as place, sum(size) over newest as bytes
            from gateway_cache_answers
            window newest as (order by written_at desc rows unbounded preceding)
          ) as placed
          where place > ${entriesMax} or bytes > ${bytesMax}
        )`.execute(db());
    },
    async measure() {
      const { rows } = await sql<{ entries: number; bytes: number }>`
        select count(*)::float8 as entries, coalesce(sum(size), 0)::float8 as bytes
        from gateway_cache_answers where expires_at > now()`.execute(db());
      return rows[0] ?? { entries: 0, bytes: 0 };
    },
  };
}

function rowOf({ key, scope, model, storedAtMs, expiresAtMs, figures, body }: KeptAnswer, nowMs: number) {
  const is_text = typeof body === "string";
  return {
    key,
    scope,
    model: model.toWellFormed(),
    age_ms: nowMs - storedAtMs,
    left_ms: expiresAtMs - nowMs,
    size: bodyBytes(body),
    figures: JSON.stringify(figures),
    is_text,
    ...(is_text && isTextThere(body) ? { text: body } : { bytes: Buffer.from(body as string).toString("base64") }),
  };
}

/** Whether PostgreSQL takes it as text. */
function isTextThere(body: string): boolean {
  return body.isWellFormed() && !body.includes("\0");
}

interface AnswerRow {
  key: string;
  scope: string;
  model: string;
  figures: string;
  is_text: boolean;
  body: Buffer;
  age_ms: number;
  left_ms: number;
}

interface PurgeRow {
  id: string;
  scope: Purge["scope"];
  model: string | null;
}

function answerFrom(
  { key, scope, model, figures, is_text, body, age_ms, left_ms }: AnswerRow,
  nowMs: number,
): KeptAnswer {
  return {
    key,
    scope,
    model,
    storedAtMs: nowMs - age_ms,
    expiresAtMs: nowMs + left_ms,
    figures: JSON.parse(figures) as AnswerFigures,
    body: is_text ? body.toString("utf8") : body,
  };
}
