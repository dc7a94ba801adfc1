// What of somebody's records lies in clear beside their bodies, taken away: previews, and the words that they are found by.
import { sql } from "kysely";
import type { Storage } from "../../storage/index.ts";

/** All that is named must hold. */
export interface RecordsOf {
  user?: string | undefined;
  /** A key's id. */
  key?: string | undefined;
  project?: string | undefined;
  organisation?: string | undefined;
}

/** How many records there are, and of how many something was taken. */
export async function clearText(
  storage: Storage,
  { user, key, project }: RecordsOf,
): Promise<{ records: number; texts: number }> {
  const db = storage.tables<Record<string, never>>();
  const named = sql<boolean>`(
    (${user ?? null}::text is null or user_name = ${user ?? null})
    and (${key ?? null}::text is null or key_id = ${key ?? null})
    and (${project ?? null}::text is null or project = ${project ?? null})
  )`;
  const { rows } = await sql<{ records: number; texts: number }>`
    with named as (select started_at, id from ledger_records where ${named}),
    words as (
      delete from ledger_texts as text using named
      where text.started_at = named.started_at and text.id = named.id returning text.id
    ),
    previews as (
      update ledger_records set request_preview = null, response_preview = null
      where ${named} and (request_preview is not null or response_preview is not null) returning id
    )
    select (select count(*) from named)::int as records,
      (select count(*) from (select id from words union select id from previews) as taken)::int as texts`.execute(db);
  return rows[0] ?? { records: 0, texts: 0 };
}
