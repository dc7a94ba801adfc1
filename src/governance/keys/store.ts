// Keys in PostgreSQL.
import { type ColumnType, type Generated, type Kysely, type Selectable, sql } from "kysely";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { Storage } from "../../storage/index.ts";
import type { OwnBudget, OwnLimit } from "../budgets/contract.ts";
import { tablesOf, type Writing } from "../changes/store.ts";
import type { Key, KeySettings } from "../contract.ts";
import { readCursor, writeCursor } from "./cursor.ts";

interface KeysTable {
  id: string;
  name: string;
  hash: string;
  scopes: Key["scopes"];
  organisation: string;
  roles: Key["roles"];
  kind: Key["kind"];
  owner_user: string | null;
  owner_team: string | null;
  owner_project: string | null;
  disabled: boolean;
  budgets: ColumnType<OwnBudget[], string, string>;
  limits: ColumnType<OwnLimit[], string, string>;
  models: string[] | null;
  allowed_ips: string[] | null;
  previous_hash: Generated<string | null>;
  previous_until: Generated<Date | null>;
  parent: Generated<string | null>;
  created_by: Generated<string | null>;
  last_used_at: Generated<Date | null>;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: Generated<Date | null>;
  created_revision: Generated<string>;
  revision: Generated<string>;
}

interface Tables {
  governance_keys: KeysTable;
}

export interface NewKey extends KeySettings {
  id: string;
  name: string;
  organisation: string;
  hash: string;
  parent?: string | null;
  created_by?: string | null;
}

type ChangedKey = Omit<NewKey, "hash" | "organisation" | "parent" | "created_by">;

export interface StoredKey extends Key {
  hash: string;
  /** Of the secret before, while it is being replaced. */
  previous_hash: string | null;
  revision: number;
}

export interface KeyPage {
  organisation: string;
  limit: number;
  cursor?: string | undefined;
  /** In its name, its id's beginning, or whose it is, as in `user:ada`. */
  find?: string | undefined;
}

export interface KeyStore {
  find(id: string): Promise<StoredKey | undefined>;
  findAll(ids: readonly string[], writing?: Writing): Promise<StoredKey[]>;
  list(page: KeyPage): Promise<{ keys: Key[]; next_cursor: string | null }>;
  /** Names of an organisation's that are not revoked, in pages by id; within a change too. */
  names(organisation: string, writing?: Writing): AsyncGenerator<{ id: string; name: string }[]>;
  /** Ids of keys that have become others after a revision, in pages. New ones that nobody can know are left out. */
  changedSince(revision: number): AsyncGenerator<string[]>;
  insert(writing: Writing, keys: readonly NewKey[]): Promise<void>;
  /** Inserts only where the table is empty, however many processes try at once; says whether it did. */
  insertFirst(key: NewKey): Promise<boolean>;
  /** Of the oldest, revoked or not. */
  firstId(): Promise<string | undefined>;
  /** All that may be said of a key, by its id; its organisation stays. */
  update(writing: Writing, keys: readonly ChangedKey[]): Promise<void>;
  /** Another secret; the one before goes on working for so long. False where there is no such key. */
  rotate(writing: Writing, rotated: { id: string; hash: string; overlapMs: number }): Promise<boolean>;
  /** When keys were last used; no revision is raised for that. */
  noteUses(uses: readonly { id: string; at_ms: number }[]): Promise<void>;
  /** Revoking twice keeps the first time. Those that are not there are left out. */
  revoke(writing: Writing, ids: readonly string[]): Promise<Key[]>;
  revokeOf(writing: Writing, user: string): Promise<void>;
}

/** Small enough that reading a page holds nothing up. */
const ROWS_AT_ONCE = 200;
const IDS_AT_ONCE = 500;
/** Keys that are looked through for one answer, by the index of their age. Words anywhere in a name have no index of their own. */
const LOOKED_THROUGH_MAX = 20_000;

export function createKeyStore(storage: Storage): KeyStore {
  const db = (writing?: Writing): Kysely<Tables> => tablesOf<Tables>(storage, writing);

  async function findAll(ids: readonly string[], writing?: Writing): Promise<StoredKey[]> {
    const found: StoredKey[] = [];
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE)
      found.push(...(await readPage(db(writing), ids.slice(from, from + ROWS_AT_ONCE))));
    return found;
  }

  return {
    find: async (id) => (await findAll([id]))[0],
    findAll,
    list: (page) => listKeys(db(), page),
    names: (organisation, writing) => readNames(db(writing), organisation),
    changedSince: (revision) => readChangedIds(db, revision),
    insert: (writing, keys) => insertKeys(db(writing), writing, keys),
    insertFirst: (key) =>
      db()
        .transaction()
        .execute(async (transaction) => {
          await sql`lock table governance_keys in exclusive mode`.execute(transaction);
          const any = await transaction.selectFrom("governance_keys").select("id").limit(1).executeTakeFirst();
          if (any) return false;
          await insertKeys(transaction, { revision: 0 }, [key]);
          return true;
        }),
    firstId: async () =>
      (
        await db()
          .selectFrom("governance_keys")
          .select("id")
          .orderBy("created_at")
          .orderBy("id")
          .limit(1)
          .executeTakeFirst()
      )?.id,
    update: (writing, keys) => updateKeys(db(writing), writing, keys),
    rotate: (writing, rotated) => rotateKey(db(writing), writing, rotated),
    noteUses: (uses) => writeUses(db(), uses),
    revokeOf: (writing, user) => revokeOf(db(writing), writing, user),
    async revoke(writing, ids) {
      const rows = await db(writing)
        .updateTable("governance_keys")
        .set({
          revoked_at: sql<Date>`coalesce(revoked_at, date_trunc('milliseconds', now()))`,
          revision: String(writing.revision),
        })
        .where("id", "=", isAnyOf(ids))
        .returningAll()
        .execute();
      return rows.map(keyFromRow);
    },
  };
}

async function listKeys(
  db: Kysely<Tables>,
  { organisation, limit, cursor, find }: KeyPage,
): ReturnType<KeyStore["list"]> {
  let query = db
    .selectFrom("governance_keys")
    .where("organisation", "=", organisation)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc");
  if (cursor !== undefined) {
    const { createdAt, id } = readCursor(cursor);
    query = query.where(sql<boolean>`(created_at, id) < (${createdAt}, ${id})`);
  }
  let farthest: { created_at: Date; id: string } | undefined;
  if (find !== undefined) {
    farthest = await query
      .select(["created_at", "id"])
      .offset(LOOKED_THROUGH_MAX - 1)
      .limit(1)
      .executeTakeFirst();
    query = query.where(isFound(find));
    if (farthest) query = query.where(sql<boolean>`(created_at, id) >= (${farthest.created_at}, ${farthest.id})`);
  }
  const rows = await query
    .selectAll()
    .limit(limit + 1)
    .execute();
  const last = rows.length > limit ? rows[limit - 1] : farthest;
  return { keys: rows.slice(0, limit).map(keyFromRow), next_cursor: last ? writeCursor(last) : null };
}

function isFound(find: string) {
  const wanted = sql`lower(${find}::text)`;
  const holds = (text: ReturnType<typeof sql>) => sql<boolean>`strpos(lower(${text}), ${wanted}) > 0`;
  return sql<boolean>`(starts_with(lower(id), ${wanted}) or ${holds(sql`name`)} or ${holds(sql`'user:' || owner_user`)}
    or ${holds(sql`'team:' || owner_team`)} or ${holds(sql`'project:' || owner_project`)})`;
}

/** As one JSON text: a driver takes ten times as long over as many rows, and calls would have to wait for it. */
async function readPage(db: Kysely<Tables>, ids: readonly string[]): Promise<StoredKey[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ keys: StoredKey[] | null }>`
    select json_agg(json_build_object(
      'id', id, 'name', name, 'organisation', organisation, 'scopes', scopes, 'roles', roles, 'kind', kind, 'user', owner_user, 'team', owner_team, 'project', owner_project,
      'disabled', disabled, 'budgets', budgets, 'limits', limits, 'models', models,
      'allowed_ips', allowed_ips, 'parent', parent, 'created_by', created_by, 'previous_hash', previous_hash,
      'previous_until_ms', ${inMs("previous_until")}, 'last_used_at_ms', ${inMs("last_used_at")},
      'created_at_ms', ${inMs("created_at")}, 'expires_at_ms', ${inMs("expires_at")}, 'revoked_at_ms', ${inMs("revoked_at")},
      'hash', hash, 'revision', revision)) as keys
    from governance_keys where id = ${isAnyOf(ids)}`.execute(db);
  return rows[0]?.keys ?? [];
}

function inMs(column: string) {
  return sql`round(extract(epoch from ${sql.ref(column)}) * 1000)`;
}

async function* readNames(db: Kysely<Tables>, organisation: string): AsyncGenerator<{ id: string; name: string }[]> {
  for (let after: string | undefined = ""; after !== undefined;) {
    const query = db.selectFrom("governance_keys").select(["id", "name"]).where("revoked_at", "is", null);
    const rows: { id: string; name: string }[] = await query
      .where("organisation", "=", organisation)
      .where("id", ">", after)
      .orderBy("id")
      .limit(IDS_AT_ONCE)
      .execute();
    yield rows;
    after = rows.length < IDS_AT_ONCE ? undefined : rows.at(-1)?.id;
  }
}

async function* readChangedIds(db: () => Kysely<Tables>, since: number): AsyncGenerator<string[]> {
  let after: { revision: string; id: string } | undefined;
  for (;;) {
    let query = db()
      .selectFrom("governance_keys")
      .select(["id", "revision"])
      .where("revision", ">", String(since))
      .where(sql<boolean>`(created_revision <= ${since} or revision > created_revision)`);
    if (after) query = query.where(sql<boolean>`(revision, id) > (${after.revision}::bigint, ${after.id})`);
    const rows: { id: string; revision: string }[] = await query
      .orderBy("revision")
      .orderBy("id")
      .limit(IDS_AT_ONCE)
      .execute();
    yield rows.map(({ id }) => id);
    const last = rows.at(-1);
    if (!last || rows.length < IDS_AT_ONCE) return;
    after = last;
  }
}

const SETTINGS = sql`name text, scopes text[], roles text[], kind text, "user" text, team text, project text, disabled boolean,
  budgets json, limits json, models text[], allowed_ips text[], expires_at_ms double precision`;
const VALUES = sql`given.name, given.scopes, given.roles, given.kind, given.user, given.team, given.project,
  given.disabled, given.budgets, given.limits,
  given.models, given.allowed_ips,
  to_timestamp(given.expires_at_ms / 1000)`;
const COLUMNS = sql`name, scopes, roles, kind, owner_user, owner_team, owner_project, disabled, budgets, limits, models,
  allowed_ips, expires_at`;

/** `created_at` is PostgreSQL's to say, in the milliseconds that a cursor holds. */
async function insertKeys(
  db: Kysely<Tables>,
  { revision }: Pick<Writing, "revision">,
  keys: readonly NewKey[],
): Promise<void> {
  await sql`
    insert into governance_keys (id, hash, organisation, parent, created_by, revision, created_revision, ${COLUMNS})
    select given.id, given.hash, given.organisation, given.parent, given.created_by,
      ${revision}::bigint, ${revision}::bigint, ${VALUES}
    from json_to_recordset(${JSON.stringify(keys)}::json)
      as given (id text, hash text, organisation text, parent text, created_by text, ${SETTINGS})`.execute(db);
}

async function updateKeys(
  db: Kysely<Tables>,
  { revision }: Pick<Writing, "revision">,
  keys: readonly ChangedKey[],
): Promise<void> {
  await sql`
    update governance_keys as key set revision = ${revision}::bigint, (${COLUMNS}) = row (${VALUES})
    from json_to_recordset(${JSON.stringify(keys)}::json) as given (id text, ${SETTINGS})
    where key.id = given.id`.execute(db);
}

async function rotateKey(
  db: Kysely<Tables>,
  { revision }: Pick<Writing, "revision">,
  { id, hash, overlapMs }: { id: string; hash: string; overlapMs: number },
): Promise<boolean> {
  const until = sql<Date>`date_trunc('milliseconds', now()) + ${overlapMs} * interval '1 millisecond'`;
  const { numUpdatedRows } = await db
    .updateTable("governance_keys")
    .set(({ ref }) => ({
      hash,
      previous_hash: overlapMs > 0 ? ref("hash") : null,
      previous_until: overlapMs > 0 ? until : null,
      revision: String(revision),
    }))
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function writeUses(db: Kysely<Tables>, uses: readonly { id: string; at_ms: number }[]): Promise<void> {
  await sql`
    update governance_keys as key set last_used_at = to_timestamp(used.at_ms / 1000)
    from json_to_recordset(${JSON.stringify(uses)}::json) as used (id text, at_ms double precision)
    where key.id = used.id
      and (key.last_used_at is null or key.last_used_at < to_timestamp(used.at_ms / 1000))`.execute(db);
}

async function revokeOf(db: Kysely<Tables>, { revision }: Pick<Writing, "revision">, user: string): Promise<void> {
  await sql`
    update governance_keys
    set revoked_at = date_trunc('milliseconds', now()), revision = ${revision}::bigint
    where owner_user = ${user} and organisation = ${OWN_ORGANISATION} and revoked_at is null`.execute(db);
}

function isAnyOf(ids: readonly string[]) {
  return sql<string>`any(${[...ids]}::text[])`;
}

function keyFromRow(row: Selectable<KeysTable>): Key {
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    scopes: row.scopes,
    roles: row.roles,
    kind: row.kind,
    user: row.owner_user,
    team: row.owner_team,
    project: row.owner_project,
    disabled: row.disabled,
    budgets: row.budgets,
    limits: row.limits,
    models: row.models,
    allowed_ips: row.allowed_ips,
    parent: row.parent,
    created_by: row.created_by,
    last_used_at_ms: row.last_used_at?.getTime() ?? null,
    previous_until_ms: row.previous_until?.getTime() ?? null,
    created_at_ms: row.created_at.getTime(),
    expires_at_ms: row.expires_at?.getTime() ?? null,
    revoked_at_ms: row.revoked_at?.getTime() ?? null,
  };
}
