// Users, teams and projects in PostgreSQL. One that is deleted leaves its row behind, so that every process hears of it.
import { type ColumnType, type Generated, type Kysely, type Selectable, sql } from "kysely";
import type { Storage } from "../../storage/index.ts";
import type { OwnBudget, OwnLimit } from "../budgets/contract.ts";
import { tablesOf, type Writing } from "../changes/store.ts";
import type { Entry, EntryKind, EntrySettings } from "./contract.ts";

interface EntriesTable {
  kind: EntryKind;
  name: string;
  teams: string[];
  disabled: boolean;
  budgets: ColumnType<OwnBudget[], string, string>;
  limits: ColumnType<OwnLimit[], string, string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  deleted_at: Date | null;
  revision: ColumnType<string, number, number>;
}

interface OwnersTable {
  owner_user: string | null;
  owner_team: string | null;
  owner_project: string | null;
  revoked_at: Date | null;
}

interface Tables {
  governance_entries: EntriesTable;
  governance_keys: OwnersTable;
}

export interface NamedSettings extends EntrySettings {
  name: string;
}

export interface ChangedEntry {
  kind: EntryKind;
  entry: Entry;
  isDeleted: boolean;
}

export interface EntryStore {
  /** In the order of their names, those after one. */
  list(kind: EntryKind, page: { limit: number; after: string }, writing?: Writing): Promise<Entry[]>;
  /** Within a change too. */
  find(kind: EntryKind, names: readonly string[], writing?: Writing): Promise<Entry[]>;
  /** All kinds, in pages; deleted ones too, but for revision 0. */
  changedSince(revision: number): AsyncIterable<readonly ChangedEntry[]>;
  /** Makes what is not there, replaces what is. */
  put(writing: Writing, kind: EntryKind, all: readonly NamedSettings[]): Promise<Entry[]>;
  delete(writing: Writing, kind: EntryKind, names: readonly string[]): Promise<Entry[]>;
  count(writing: Writing): Promise<number>;
  /** Of these names, those that a key which is not revoked, or another entry, goes by. */
  inUse(writing: Writing, kind: EntryKind, names: readonly string[]): Promise<string[]>;
}

/** Small enough that reading a page holds nothing up. */
const ROWS_AT_ONCE = 250;

export function createEntryStore(storage: Storage): EntryStore {
  const db = (writing?: Writing): Kysely<Tables> => tablesOf<Tables>(storage, writing);
  return {
    async list(kind, { limit, after }, writing) {
      const rows = await living(db(writing), kind).where("name", ">", after).orderBy("name").limit(limit).execute();
      return rows.map(entryFromRow);
    },
    async find(kind, names, writing) {
      const rows = await living(db(writing), kind).where("name", "=", isAnyOf(names)).execute();
      return rows.map(entryFromRow);
    },
    changedSince: (revision) => readChanged(db, revision),
    put: (writing, kind, all) => putEntries(db(writing), { writing, kind, all }),
    async delete(writing, kind, names) {
      const rows = await db(writing)
        .updateTable("governance_entries")
        .set({ deleted_at: sql<Date>`now()`, revision: writing.revision })
        .where("kind", "=", kind)
        .where("deleted_at", "is", null)
        .where("name", "=", isAnyOf(names))
        .returningAll()
        .execute();
      return rows.map(entryFromRow);
    },
    async count(writing) {
      const query = db(writing).selectFrom("governance_entries").where("deleted_at", "is", null);
      const row = await query.select(({ fn }) => fn.countAll<string>().as("count")).executeTakeFirstOrThrow();
      return Number(row.count);
    },
    inUse: (writing, kind, names) => readUse(db(writing), kind, names),
  };
}

async function* readChanged(db: () => Kysely<Tables>, since: number): AsyncGenerator<ChangedEntry[]> {
  let after: { revision: string; kind: EntryKind; name: string } | undefined;
  for (;;) {
    let query = db().selectFrom("governance_entries").selectAll().where("revision", ">", String(since));
    if (after)
      query = query.where(
        sql<boolean>`(revision, kind, name) > (${after.revision}::bigint, ${after.kind}, ${after.name})`,
      );
    if (since === 0) query = query.where("deleted_at", "is", null);
    const rows: Selectable<EntriesTable>[] = await query
      .orderBy("revision")
      .orderBy("kind")
      .orderBy("name")
      .limit(ROWS_AT_ONCE)
      .execute();
    yield rows.map((row) => ({ kind: row.kind, entry: entryFromRow(row), isDeleted: row.deleted_at !== null }));
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = last;
  }
}

interface PutInput {
  writing: Writing;
  kind: EntryKind;
  all: readonly NamedSettings[];
}

async function putEntries(db: Kysely<Tables>, { writing, kind, all }: PutInput): Promise<Entry[]> {
  if (all.length === 0) return [];
  const rows = await db
    .insertInto("governance_entries")
    .columns(["kind", "name", "teams", "disabled", "budgets", "limits", "revision"])
    .expression(
      sql`select ${kind}, name, teams, disabled, budgets, limits, ${writing.revision}::bigint
            from json_to_recordset(${JSON.stringify(all)}::json)
            as (name text, teams text[], disabled boolean, budgets json, limits json)`,
    )
    .onConflict((conflict) =>
      conflict.columns(["kind", "name"]).doUpdateSet(({ ref }) => ({
        teams: ref("excluded.teams"),
        disabled: ref("excluded.disabled"),
        budgets: ref("excluded.budgets"),
        limits: ref("excluded.limits"),
        revision: ref("excluded.revision"),
        updated_at: ref("excluded.updated_at"),
        // One that comes again after it was deleted begins anew.
        created_at: sql<Date>`case when governance_entries.deleted_at is null
              then governance_entries.created_at else excluded.created_at end`,
        deleted_at: null,
      })),
    )
    .returningAll()
    .execute();
  return rows.map(entryFromRow);
}

async function readUse(db: Kysely<Tables>, kind: EntryKind, names: readonly string[]): Promise<string[]> {
  const owner = `owner_${kind}` as const;
  const byKeys = await db
    .selectFrom("governance_keys")
    .select(owner)
    .distinct()
    .where("revoked_at", "is", null)
    .where(owner, "=", isAnyOf(names))
    .execute();
  if (kind !== "team") return byKeys.flatMap((row) => row[owner] ?? []);
  const members = await db
    .selectFrom("governance_entries")
    .select("teams")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`teams && ${[...names]}::text[]`)
    .execute();
  const wanted = new Set(names);
  const byMembers = members.flatMap(({ teams }) => teams.filter((team) => wanted.has(team)));
  return [...new Set([...byKeys.flatMap((row) => row[owner] ?? []), ...byMembers])];
}

function living(db: Kysely<Tables>, kind: EntryKind) {
  return db.selectFrom("governance_entries").selectAll().where("kind", "=", kind).where("deleted_at", "is", null);
}

function isAnyOf(names: readonly string[]) {
  return sql<string>`any(${[...names]}::text[])`;
}

function entryFromRow(row: Selectable<EntriesTable>): Entry {
  return {
    name: row.name,
    teams: row.teams,
    disabled: row.disabled,
    budgets: row.budgets,
    limits: row.limits,
    created_at_ms: row.created_at.getTime(),
    updated_at_ms: row.updated_at.getTime(),
  };
}
