// Judgements, one row each: the same one told twice is one.
import { sql } from "kysely";
import type { Filter } from "../dimensions.ts";
import type { ScoreRow, Scores } from "../figures.ts";
import { at, type Db } from "./tables.ts";

export interface Score {
  /** The same for what replaces each other. */
  id: string;
  atMs: number;
  name: string;
  /** Null for what was taken back. */
  value: number | null;
  dimensions: Readonly<Record<string, string | null>>;
}

export interface ScoreStore extends Scores {
  put(scores: readonly Score[]): Promise<void>;
  sweep(beforeMs: number): Promise<void>;
}

export function createScoreStore(db: () => Db): ScoreStore {
  return {
    async put(scores) {
      if (scores.length === 0) return;
      // The last word on one counts.
      const latest = [...new Map(scores.map((score) => [score.id, score])).values()];
      const rows = latest.map(({ atMs, ...score }) => ({ ...score, at: new Date(atMs).toISOString() }));
      await sql`
        with given as (
          select * from json_to_recordset(${JSON.stringify(rows)}::json)
            as given (id uuid, at timestamptz, name text, value double precision, dimensions jsonb)
        ),
        taken_back as (
          delete from alerts_scores as known using given where known.id = given.id and given.value is null
        )
        insert into alerts_scores as known (id, at, name, value, dimensions)
        select id, at, name, value, dimensions from given where value is not null
        on conflict (id) do update set at = excluded.at, value = excluded.value, dimensions = excluded.dimensions
        where excluded.at >= known.at`.execute(db());
    },
    async scores({ since_ms, until_ms, by, where, limit, name, bound }) {
      const { rows } = await sql<Omit<ScoreRow, "key"> & { key: ScoreRow["key"] }>`
        select ${keyOf(by)} as key, count(*) as count, avg(value) as mean, count(*) filter (where value >= ${bound}) as at_least
        from alerts_scores
        where name = ${name} and at >= ${at(since_ms)} and at < ${at(until_ms)} ${conditionOf(where)}
        group by 1 order by count(*) desc limit ${limit}`.execute(db());
      return rows;
    },
    async sweep(beforeMs) {
      await sql`delete from alerts_scores where at < ${at(beforeMs)}`.execute(db());
    },
  };
}

function keyOf(by: readonly string[]) {
  const pairs = by.flatMap((name) => [sql`${name}::text`, sql`dimensions ->> ${name}::text`]);
  return sql`jsonb_build_object(${sql.join(pairs)})`;
}

function conditionOf(where: Filter) {
  const conditions = Object.entries(where).map(
    ([name, value]) => sql`and dimensions ->> ${name}::text = any(${[value].flat()}::text[])`,
  );
  return conditions.length === 0 ? sql`` : sql.join(conditions, sql` `);
}
