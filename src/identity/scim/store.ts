// What providers said by SCIM, in PostgreSQL; and what of people and their sessions follows from it.
import { type ColumnType, type Generated, type Kysely, type Selectable, sql } from "kysely";
import { newId } from "../../kernel/index.ts";
import type { RoleName } from "../../policy/contract.ts";
import type { Storage } from "../../storage/index.ts";
import type { SoughtField } from "./filters.ts";
import type { ScimData, ScimKind } from "./schemas.ts";

interface ResourcesTable {
  id: string;
  organisation: string;
  kind: ScimKind;
  name: string;
  name_key: string;
  external_id: string | null;
  data: ColumnType<ScimData, string, string>;
  version: Generated<string>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

interface Tables {
  identity_scim_resources: ResourcesTable;
  identity_scim_members: { group_id: string; user_id: string; display: string | null };
  identity_people: { name: string; roles: RoleName[] };
  identity_sessions: { kind: string; who: string };
}

export interface StoredResource {
  id: string;
  name: string;
  data: ScimData;
  version: number;
  created_at_ms: number;
  updated_at_ms: number;
}

/** A resource to be written: its own name, and all that was said of it but members. */
export interface WrittenResource {
  name: string;
  externalId: string | null;
  data: ScimData;
  /** Of a group: users; those that are none are left out. */
  members: readonly NamedMember[];
}

export interface NamedMember {
  id: string;
  /** What the provider calls it; null is its own name. */
  display: string | null;
}

export interface ScimPlace {
  organisation: string;
  kind: ScimKind;
}

export interface MemberOf {
  id: string;
  name: string;
}

export interface ResourceUpdate {
  id: string;
  resource: WrittenResource;
  /** As which it was read. */
  version: number;
}

export interface ScimStore {
  find(place: ScimPlace, id: string): Promise<StoredResource | undefined>;
  /** By what is the same for one at the most, or, for external ids, a few. */
  findBy(place: ScimPlace, field: SoughtField, value: string): Promise<StoredResource[]>;
  list(place: ScimPlace, page: { offset: number; limit: number }): Promise<StoredResource[]>;
  count(place: ScimPlace): Promise<number>;
  /** Undefined where another has the name. */
  insert(place: ScimPlace, resource: WrittenResource): Promise<StoredResource | undefined>;
  /** Only where it still has this version; `taken` where another has the name. */
  update(place: ScimPlace, update: ResourceUpdate): Promise<StoredResource | "changed" | "taken">;
  delete(id: string): Promise<void>;
  groupsOf(userId: string): Promise<MemberOf[]>;
  membersOf(groupId: string): Promise<MemberOf[]>;
  setRoles(person: string, roles: readonly RoleName[]): Promise<void>;
  endSessions(person: string): Promise<void>;
}

const UNIQUE_VIOLATION = "23505";

export function createScimStore(storage: Pick<Storage, "tables">): ScimStore {
  const db = (): Kysely<Tables> => storage.tables<Tables>();
  const living = ({ organisation, kind }: ScimPlace) =>
    db()
      .selectFrom("identity_scim_resources")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("kind", "=", kind);
  return {
    async find(place, id) {
      const row = await living(place).where("id", "=", id).executeTakeFirst();
      return row && resourceFromRow(row);
    },
    async findBy(place, field, value) {
      const column = field === "name" ? "name_key" : field;
      const rows = await living(place)
        .where(column, "=", field === "name" ? keyOf(value) : value)
        .orderBy("id")
        .limit(100)
        .execute();
      return rows.map(resourceFromRow);
    },
    async list(place, { offset, limit }) {
      return (await living(place).orderBy("id").offset(offset).limit(limit).execute()).map(resourceFromRow);
    },
    async count({ organisation, kind }) {
      const query = db().selectFrom("identity_scim_resources").where("organisation", "=", organisation);
      const row = await query
        .where("kind", "=", kind)
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    insert: (place, resource) =>
      db()
        .transaction()
        .execute((transaction) => insertResource(transaction, place, resource)),
    update: (place, update) => updateResource(db(), place, update),
    async delete(id) {
      await db().deleteFrom("identity_scim_resources").where("id", "=", id).execute();
    },
    groupsOf: (userId) => readMembers(db(), { of: "user_id", id: userId, give: "group_id" }),
    membersOf: (groupId) => readMembers(db(), { of: "group_id", id: groupId, give: "user_id" }),
    async setRoles(person, roles) {
      await db()
        .insertInto("identity_people")
        .values({ name: person, roles: [...roles] })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ roles: [...roles] }))
        .execute();
    },
    async endSessions(person) {
      await db().deleteFrom("identity_sessions").where("kind", "=", "person").where("who", "=", person).execute();
    },
  };
}

async function insertResource(
  db: Kysely<Tables>,
  { organisation, kind }: ScimPlace,
  { name, externalId, data, members }: WrittenResource,
): Promise<StoredResource | undefined> {
  const row = await db
    .insertInto("identity_scim_resources")
    .values({
      id: newId(),
      organisation,
      kind,
      name,
      name_key: keyOf(name),
      external_id: externalId,
      data: JSON.stringify(data),
    })
    .onConflict((conflict) => conflict.columns(["organisation", "kind", "name_key"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  if (kind === "group") await writeMembers(db, { groupId: row.id, organisation, members });
  return resourceFromRow(row);
}

async function updateResource(db: Kysely<Tables>, place: ScimPlace, update: ResourceUpdate) {
  try {
    return await db.transaction().execute((transaction) => updateIn(transaction, place, update));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return "taken";
    throw error;
  }
}

/** Its version and its members change together. */
async function updateIn(
  db: Kysely<Tables>,
  { kind, organisation }: ScimPlace,
  { id, resource: { name, externalId, data, members }, version }: ResourceUpdate,
): Promise<StoredResource | "changed"> {
  const row = await db
    .updateTable("identity_scim_resources")
    .set({
      name,
      name_key: keyOf(name),
      external_id: externalId,
      data: JSON.stringify(data),
      version: sql<string>`version + 1`,
      updated_at: sql<Date>`date_trunc('milliseconds', now())`,
    })
    .where("id", "=", id)
    .where("version", "=", String(version))
    .returningAll()
    .executeTakeFirst();
  if (!row) return "changed";
  if (kind === "group") await writeMembers(db, { groupId: id, organisation, members });
  return resourceFromRow(row);
}

type MemberColumn = "user_id" | "group_id";

async function readMembers(
  db: Kysely<Tables>,
  { of, id, give }: { of: MemberColumn; id: string; give: MemberColumn },
): Promise<MemberOf[]> {
  const called = give === "user_id" ? sql<string>`coalesce(member.display, other.name)` : sql<string>`other.name`;
  return db
    .selectFrom("identity_scim_members as member")
    .innerJoin("identity_scim_resources as other", "other.id", `member.${give}`)
    .where(`member.${of}`, "=", id)
    .select(["other.id", called.as("name")])
    .orderBy("other.id")
    .execute();
}

interface Members {
  groupId: string;
  organisation: string;
  members: readonly NamedMember[];
}

async function writeMembers(db: Kysely<Tables>, { groupId, organisation, members }: Members): Promise<void> {
  const ids = members.map(({ id }) => id);
  const displays = members.map(({ display }) => display);
  await sql`delete from identity_scim_members where group_id = ${groupId} and not user_id = any(${ids}::text[])`.execute(
    db,
  );
  await sql`
    insert into identity_scim_members (group_id, user_id, display)
    select distinct on (users.id) ${groupId}, users.id, nullif(said.display, users.name)
    from unnest(${ids}::text[], ${displays}::text[]) as said (id, display)
    join identity_scim_resources as users on users.id = said.id and kind = 'user' and organisation = ${organisation}
    on conflict (group_id, user_id) do update set display = excluded.display`.execute(db);
}

/** userName and displayName are the same in any case. */
function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

function resourceFromRow(row: Selectable<ResourcesTable>): StoredResource {
  return {
    id: row.id,
    name: row.name,
    data: row.data,
    version: Number(row.version),
    created_at_ms: row.created_at.getTime(),
    updated_at_ms: row.updated_at.getTime(),
  };
}
