// What of somebody's records lies in clear, taken away: bodies that were never sealed, previews, the words that they are found by, and
// comments that were given with scores, by them or on their records. A day after the other, so that no statement is long.
import { type Kysely, type RawBuilder, sql } from "kysely";
import { SEAL_MARK } from "../../kernel/index.ts";
import type { Storage } from "../../storage/index.ts";
import { DEFAULT_ORGANISATION } from "../sealing.ts";
import { dayOfName, storedName } from "./tables.ts";

/** All that is named must hold. */
export interface RecordsOf {
  user?: string | undefined;
  /** A key's id. */
  key?: string | undefined;
  project?: string | undefined;
  organisation?: string | undefined;
}

export interface Cleared {
  /** Records there are. */
  records: number;
  /** Of how many something was taken. */
  texts: number;
}

type Db = Kysely<Record<string, never>>;

const DAY_MS = 86_400_000;

/** `onStep` is waited for before each statement. */
export async function clearText(
  storage: Storage,
  of: RecordsOf,
  onStep: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Cleared> {
  const db = storage.tables<Record<string, never>>();
  const sum = { records: 0, texts: 0 };
  for (const day of await storedDays(db)) {
    await onStep();
    const { records, texts } = await clearRecords(db, day, of);
    await onStep();
    sum.records += records;
    sum.texts += texts + (await clearComments(db, day, of));
  }
  return sum;
}

async function storedDays(db: Db): Promise<Date[]> {
  const { rows } = await sql<{ day: string }>`
    select right(part.relname, 8) as day
    from pg_inherits join pg_class parent on parent.oid = inhparent join pg_class part on part.oid = inhrelid
    where parent.relname = 'ledger_records' and part.relname ~ '_[0-9]{8}$'
      and parent.relnamespace = current_schema()::regnamespace
    order by 1`.execute(db);
  return rows.map(({ day }) => new Date(dayOfName(day) * DAY_MS));
}

async function clearRecords(db: Db, day: Date, of: RecordsOf): Promise<Cleared> {
  const named = sql<boolean>`${within("record", day)} and ${belongs("record", of)}`;
  const { rows } = await sql<Cleared>`
    with named as (select started_at, id from ledger_records as record where ${named}),
    words as (
      delete from ledger_texts as text using named
      where ${within("text", day)} and text.started_at = named.started_at and text.id = named.id returning text.id
    ),
    bodies as (
      delete from ledger_bodies as body using named
      where ${within("body", day)} and body.started_at = named.started_at and body.id = named.id
        and (${isInClear("request")} or ${isInClear("response")}) returning body.id
    ),
    previews as (
      update ledger_records as record set request_preview = null, response_preview = null
      where ${named} and (request_preview is not null or response_preview is not null) returning id
    )
    select (select count(*) from named)::int as records,
      (select count(*) from (select id from words union select id from bodies union select id from previews) as taken)::int
        as texts`.execute(db);
  return rows[0] ?? { records: 0, texts: 0 };
}

/** Of scores of that day: those that they gave, and those of records of theirs, whoever gave them. */
async function clearComments(db: Db, day: Date, of: RecordsOf): Promise<number> {
  const { numAffectedRows } = await sql`
    update ledger_records as score set data = jsonb_set(score.data::jsonb, '{score,explanation}', 'null')::json
    where ${within("score", day)} and score.kind = 'score' and score.data #>> '{score,explanation}' is not null
      and (${belongs("score", of)} or exists (
        select from ledger_records as judged
        where judged.trace_id = score.trace_id and judged.span_id = score.parent_span_id and ${belongs("judged", of)}
      ))`.execute(db);
  return Number(numAffectedRows ?? 0);
}

function isInClear(side: "request" | "response"): RawBuilder<boolean> {
  const body = sql.ref(`body.${side}`);
  return sql<boolean>`(${body} is not null and substring(${body} from 1 for ${SEAL_MARK.length}) <> ${Buffer.from(SEAL_MARK)})`;
}

function within(table: string, day: Date): RawBuilder<boolean> {
  const at = sql.ref(`${table}.started_at`);
  return sql<boolean>`${at} >= ${day} and ${at} < ${new Date(day.getTime() + DAY_MS)}`;
}

function belongs(table: string, { user, key, project, organisation }: RecordsOf): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const ofOrganisation = sql`coalesce(${column("organisation")}, ${DEFAULT_ORGANISATION})`;
  const conditions = [
    ...(user === undefined ? [] : [sql`${column("user_name")} = ${storedName(user)}`]),
    ...(key === undefined ? [] : [sql`${column("key_id")} = ${storedName(key)}`]),
    ...(project === undefined ? [] : [sql`${column("project")} = ${storedName(project)}`]),
    ...(organisation === undefined ? [] : [sql`${ofOrganisation} = ${storedName(organisation)}`]),
  ];
  return sql<boolean>`(${sql.join([sql`true`, ...conditions], sql` and `)})`;
}
