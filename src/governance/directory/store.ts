// Organisations, users, teams and projects in PostgreSQL. One that is deleted leaves its row behind, so that every process hears of it.
import { type ColumnType, type Generated, type Kysely, type Selectable, sql } from "kysely";
import type { RoleName } from "../../policy/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { OwnBudget, OwnLimit } from "../budgets/contract.ts";
import { tablesOf, type Writing } from "../changes/store.ts";
import type { Entry, EntryKind, EntrySettings } from "./contract.ts";

interface EntriesTable {
  organisation: string;
  kind: EntryKind;
  name: string;
  roles: RoleName[];
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
  organisation: string;
  owner_user: string | null;
  owner_team: string | null;
  owner_project: string | null;
  revoked_at: Date | null;
}

interface Tables {
  governance_entries: EntriesTable;
  governance_keys: OwnersTable;
}

/** Of one kind, in one organisation. */
export interface EntryPlace {
  kind: EntryKind;
  organisation: string;
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
  list(place: EntryPlace, page: { limit: number; after: string }, writing?: Writing): Promise<Entry[]>;
  /** Within a change too. */
  find(place: EntryPlace, names: readonly string[], writing?: Writing): Promise<Entry[]>;
  /** All kinds, in pages; deleted ones too, but for revision 0 no others than organisations. */
  changedSince(revision: number): AsyncIterable<readonly ChangedEntry[]>;
  /** Makes what is not there, replaces what is. */
  put(writing: Writing, place: EntryPlace, all: readonly NamedSettings[]): Promise<Entry[]>;
  delete(writing: Writing, place: EntryPlace, names: readonly string[]): Promise<Entry[]>;
  count(writing: Writing): Promise<number>;
  /** Of these names, those that a key which is not revoked, or another entry, goes by. */
  inUse(writing: Writing, place: EntryPlace, names: readonly string[]): Promise<string[]>;
}

/** Small enough that reading a page holds nothing up. */
const ROWS_AT_ONCE = 250;

export function createEntryStore(storage: Storage): EntryStore {
  const db = (writing?: Writing): Kysely<Tables> => tablesOf<Tables>(storage, writing);
  return {
    async list(place, { limit, after }, writing) {
      const rows = await living(db(writing), place).where("name", ">", after).orderBy("name").limit(limit).execute();
      return rows.map(entryFromRow);
    },
    async find(place, names, writing) {
      const rows = await living(db(writing), place).where("name", "=", isAnyOf(names)).execute();
      return rows.map(entryFromRow);
    },
    changedSince: (revision) => readChanged(db, revision),
    put: (writing, place, all) => putEntries(db(writing), { writing, place, all }),
    async delete(writing, { kind, organisation }, names) {
      const rows = await db(writing)
        .updateTable("governance_entries")
        .set({ deleted_at: sql<Date>`now()`, revision: writing.revision })
        .where("organisation", "=", organisation)
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
    inUse: (writing, place, names) => readUse(db(writing), place, names),
  };
}

async function* readChanged(db: () => Kysely<Tables>, since: number): AsyncGenerator<ChangedEntry[]> {
  let after: { revision: string; organisation: string; kind: EntryKind; name: string } | undefined;
  for (;;) {
    let query = db().selectFrom("governance_entries").selectAll().where("revision", ">", String(since));
    if (after)
      query = query.where(
        sql<boolean>`(revision, organisation, kind, name)
          > (${after.revision}::bigint, ${after.organisation}, ${after.kind}, ${after.name})`,
      );
    if (since === 0) query = query.where(sql<boolean>`(deleted_at is null or kind = 'organisation')`);
    const rows: Selectable<EntriesTable>[] = await query
      .orderBy("revision")
      .orderBy("organisation")
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
  place: EntryPlace;
  all: readonly NamedSettings[];
}

async function putEntries(db: Kysely<Tables>, { writing, place, all }: PutInput): Promise<Entry[]> {
  if (all.length === 0) return [];
  const rows = await db
    .insertInto("governance_entries")
    .columns(["organisation", "kind", "name", "roles", "teams", "disabled", "budgets", "limits", "revision"])
    .expression(
      sql`select ${place.organisation}, ${place.kind}, name, coalesce(roles, '{}'), teams, disabled, budgets, limits,
              ${writing.revision}::bigint
            from json_to_recordset(${JSON.stringify(all)}::json)
            as (name text, roles text[], teams text[], disabled boolean, budgets json, limits json)`,
    )
    .onConflict((conflict) =>
      conflict.columns(["organisation", "kind", "name"]).doUpdateSet(({ ref }) => ({
        roles: ref("excluded.roles"),
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

async function readUse(
  db: Kysely<Tables>,
  { kind, organisation }: EntryPlace,
  names: readonly string[],
): Promise<string[]> {
  if (kind === "organisation") return readTenants(db, names);
  const owner = `owner_${kind}` as const;
  const byKeys = await db
    .selectFrom("governance_keys")
    .select(owner)
    .distinct()
    .where("organisation", "=", organisation)
    .where("revoked_at", "is", null)
    .where(owner, "=", isAnyOf(names))
    .execute();
  if (kind !== "team") return byKeys.flatMap((row) => row[owner] ?? []);
  const members = await db
    .selectFrom("governance_entries")
    .select("teams")
    .where("organisation", "=", organisation)
    .where("deleted_at", "is", null)
    .where(sql<boolean>`teams && ${[...names]}::text[]`)
    .execute();
  const wanted = new Set(names);
  const byMembers = members.flatMap(({ teams }) => teams.filter((team) => wanted.has(team)));
  return [...new Set([...byKeys.flatMap((row) => row[owner] ?? []), ...byMembers])];
}

/** Organisations that have a key, or anybody. */
async function readTenants(db: Kysely<Tables>, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select distinct organisation from governance_keys
    where revoked_at is null and organisation = ${isAnyOf(names)}
    union
    select distinct organisation from governance_entries
    where deleted_at is null and kind <> 'organisation' and organisation = ${isAnyOf(names)}`.execute(db);
  return rows.map(({ organisation }) => organisation);
}

function living(db: Kysely<Tables>, { kind, organisation }: EntryPlace) {
  return db
    .selectFrom("governance_entries")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("kind", "=", kind)
    .where("deleted_at", "is", null);
}

function isAnyOf(names: readonly string[]) {
  return sql<string>`any(${[...names]}::text[])`;
}

function entryFromRow(row: Selectable<EntriesTable>): Entry {
  return {
    name: row.name,
    organisation: row.organisation,
    roles: row.roles,
    teams: row.teams,
    disabled: row.disabled,
    budgets: row.budgets,
    limits: row.limits,
    created_at_ms: row.created_at.getTime(),
    updated_at_ms: row.updated_at.getTime(),
  };
}
