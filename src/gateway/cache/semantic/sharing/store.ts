// Questions and their vectors in PostgreSQL: written in batches, heard of by other processes, swept.
import { type Kysely, sql } from "kysely";
import type { Storage } from "../../../../storage/index.ts";
import type { Asked } from "../questions.ts";
import type { WordsAtRest } from "./words-at-rest.ts";

export interface QuestionStore {
  /** The later of two with one key stays. */
  write(asked: readonly Asked[], nowMs: number): Promise<void>;
  /** Those written since, the newest first, and until when that is so. What is over its time, or cannot be read, is to be forgotten. */
  hear(since: Date | undefined, bound: { nowMs: number; entriesMax: number }): Promise<Heard>;
  /** Marks them as over their time, so that others hear of it. */
  forget(keys: readonly string[]): Promise<void>;
  /** Takes out what has been over its time for a while, and what no kept answer belongs to. */
  sweep(): Promise<void>;
}

export interface Heard {
  until: Date;
  asked: Asked[];
}

/** A statement that began before the last look may have been committed after it. */
const OVERLAP_S = 5;

const NOTHING = { text: "", vector: new Float32Array() };

interface QuestionStoreDeps {
  storage: Pick<Storage, "tables">;
  embeddingModel: string;
  words: WordsAtRest;
}

export function createQuestionStore({ storage, embeddingModel, words }: QuestionStoreDeps): QuestionStore {
  const db = (): Kysely<unknown> => storage.tables<unknown>();

  async function askedFrom(row: QuestionRow, nowMs: number): Promise<Asked> {
    const { key, alike: group, scope, model, call_id: callId } = row;
    const said = await words.take(key, row);
    return { key, group, scope, model, callId, ...(said ?? NOTHING), expiresAtMs: nowMs + (said ? row.left_ms : 0) };
  }

  return {
    async write(asked, nowMs) {
      const rows = asked.map((each) => {
        const { key, group, scope, model, callId, expiresAtMs } = each;
        const { question, vector } = words.put(each);
        return sql`(
          ${Buffer.from(key, "hex")}, ${Buffer.from(group, "hex")}, ${scope}, ${model}, ${embeddingModel}, ${question}, ${Buffer.from(vector)}, ${callId},
          now() + ${expiresAtMs - nowMs}::float8 * interval '1 ms'
        )`;
      });
      await sql`
        insert into gateway_cache_questions (key, alike, scope, model, embedding_model, question, vector, call_id, expires_at)
        values ${sql.join(rows)}
        on conflict (key) do update set
          alike = excluded.alike, scope = excluded.scope, model = excluded.model, embedding_model = excluded.embedding_model, question = excluded.question,
          vector = excluded.vector, call_id = excluded.call_id, expires_at = excluded.expires_at,
          written_at = clock_timestamp()`.execute(db());
    },
    async hear(since, { nowMs, entriesMax }) {
      const from = since ?? new Date(0);
      const { rows: clock } = await sql<{ until: Date }>`
        select clock_timestamp() - ${OVERLAP_S} * interval '1 s' as until`.execute(db());
      const { rows } = await sql<QuestionRow>`
        select encode(key, 'hex') as key, encode(alike, 'hex') as alike, scope, model, question, vector, call_id,
          (extract(epoch from expires_at - now()) * 1000)::float8 as left_ms
        from gateway_cache_questions
        where written_at >= ${from} and embedding_model = ${embeddingModel}
        order by written_at desc limit ${entriesMax}`.execute(db());
      return { until: clock[0]?.until ?? from, asked: await Promise.all(rows.map((row) => askedFrom(row, nowMs))) };
    },
    async forget(keys) {
      await sql`
        update gateway_cache_questions set expires_at = now(), written_at = clock_timestamp()
        where key = any(${keys.map((key) => Buffer.from(key, "hex"))}::bytea[])`.execute(db());
    },
    async sweep() {
      await sql`
        delete from gateway_cache_questions where expires_at <= now() - interval '1 minute'
          or (written_at < now() - interval '1 minute'
            and not exists (select from gateway_cache_answers as kept where kept.key = gateway_cache_questions.key))`.execute(
        db(),
      );
    },
  };
}

interface QuestionRow {
  key: string;
  alike: string;
  scope: string;
  model: string;
  question: string;
  vector: Buffer;
  call_id: string;
  left_ms: number;
}
