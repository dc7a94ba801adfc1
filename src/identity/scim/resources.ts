// Users and groups of one identity provider: made, read, replaced, changed and deleted, each change followed into the directory.
import type { ScimConfig } from "./config.ts";
import { readableResource, readOperations } from "./dialects.ts";
import { readFilter } from "./filters.ts";
import type { Landing } from "./landing.ts";
import { etagOf, patchResource, readResource, type ScimData, type ScimKind, scimError } from "./schemas.ts";
import type { NamedMember, ScimPlace, ScimStore, StoredResource, WrittenResource } from "./store.ts";

export interface Listing {
  filter: string | null;
  /** From 1. */
  startIndex: number;
  count: number;
}

export interface Page {
  total: number;
  startIndex: number;
  resources: StoredResource[];
}

export interface ScimResources {
  list(place: ScimPlace, listing: Listing): Promise<Page>;
  get(place: ScimPlace, id: string): Promise<StoredResource>;
  create(place: ScimPlace, body: unknown): Promise<StoredResource>;
  replace(place: ScimPlace, id: string, change: Change): Promise<StoredResource>;
  patch(place: ScimPlace, id: string, change: Change): Promise<StoredResource>;
  delete(place: ScimPlace, id: string, ifMatch: string | null): Promise<void>;
  /** With what is kept apart: the members of a group, the groups of a user. */
  withOthers(place: ScimPlace, resource: StoredResource): Promise<StoredResource>;
}

export interface Change {
  body: unknown;
  ifMatch: string | null;
}

export interface ResourcesDeps {
  store: ScimStore;
  landing: Landing;
}

const NAME_FIELDS = { user: "userName", group: "displayName" } as const satisfies Record<ScimKind, string>;
/** A change that another overtakes is worked out anew, so often. */
const TRIES = 20;

export function createScimResources(config: ScimConfig, deps: ResourcesDeps): ScimResources {
  const { store, landing } = deps;
  const { get, withOthers } = createReading(store);
  const { follow, landMembers } = createFollowUp(deps);

  async function change(place: ScimPlace, id: string, { ifMatch, next }: Changing): Promise<StoredResource> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = await withOthers(place, await get(place, id));
      checkMatch(before, ifMatch);
      const said = await next(before);
      const resource = writtenFrom(place.kind, said, config.members_max);
      const after = await store.update(place, { id, resource, version: before.version });
      if (after === "taken") throw nameTaken(place.kind, resource.name);
      if (after === "changed") continue;
      if (place.kind === "user" && after.name !== before.name) await landing.retire(before.name, { revokeKeys: false });
      await follow(
        place,
        after,
        membersIn(before.data["members"]).map((member) => member.id),
      );
      return withOthers(place, after);
    }
    throw scimError(409, null, "it is changed by somebody else all the time");
  }

  return {
    get,
    withOthers,
    list: (place, listing) => listResources({ config, store, withOthers }, place, listing),
    async create(place, body) {
      const said = readWhole(place.kind, body);
      const written = writtenFrom(place.kind, said, config.members_max);
      const made = await store.insert(place, written);
      if (!made) throw nameTaken(place.kind, written.name);
      try {
        await follow(place, made, []);
      } catch (error) {
        // It has not landed: the provider is to try it anew.
        await store.delete(made.id);
        throw error;
      }
      return withOthers(place, made);
    },
    replace: (place, id, { body, ifMatch }) =>
      change(place, id, { ifMatch, next: async () => readWhole(place.kind, body) }),
    patch: (place, id, { body, ifMatch }) =>
      change(place, id, {
        ifMatch,
        next: (before) => patchResource(place.kind, before, readOperations(body, before.data, config.operations_max)),
      }),
    async delete(place, id, ifMatch) {
      const resource = await get(place, id);
      checkMatch(resource, ifMatch);
      const members = place.kind === "group" ? await store.membersOf(id) : [];
      if (place.kind === "user") await landing.retire(resource.name, { revokeKeys: true });
      await store.delete(id);
      const ids = members.map((member) => member.id);
      await landMembers(place, ids);
    },
  };
}

function createReading(store: ScimStore): Pick<ScimResources, "get" | "withOthers"> {
  return {
    async get(place, id) {
      const found = await store.find(place, id);
      if (!found) throw scimError(404, null, `there is no ${place.kind} ${JSON.stringify(id.slice(0, 200))}`);
      return found;
    },
    async withOthers({ kind }, resource) {
      const { id, data } = resource;
      const others = kind === "user" ? await store.groupsOf(id) : await store.membersOf(id);
      const values = others.map((other) => ({ value: other.id, display: other.name }));
      if (values.length === 0) return resource;
      return { ...resource, data: { ...data, [kind === "user" ? "groups" : "members"]: values } };
    },
  };
}

/** What a change means for people: everyone whose groups were changed lands anew. */
function createFollowUp({ store, landing }: ResourcesDeps) {
  const landUser = ({ id, name, data }: StoredResource): Promise<void> =>
    landing.land({ id, name, isActive: data["active"] !== false });

  async function landMembers(place: ScimPlace, members: readonly string[]): Promise<void> {
    const users = { ...place, kind: "user" as const };
    for (const id of new Set(members)) {
      const user = await store.find(users, id);
      if (user) await landUser(user);
    }
  }

  async function follow(place: ScimPlace, resource: StoredResource, membersBefore: readonly string[]): Promise<void> {
    if (place.kind === "user") return landUser(resource);
    const after = await store.membersOf(resource.id);
    await landMembers(place, [...membersBefore, ...after.map(({ id }) => id)]);
  }

  return { follow, landMembers };
}

interface Changing {
  ifMatch: string | null;
  /** What the provider says that it is to be, after what it was. */
  next(before: StoredResource): Promise<ScimData>;
}

interface ListDeps extends Pick<ScimResources, "withOthers"> {
  config: ScimConfig;
  store: ScimStore;
}

async function listResources(
  { config, store, withOthers }: ListDeps,
  place: ScimPlace,
  { filter, startIndex, count }: Listing,
): Promise<Page> {
  const offset = startIndex - 1;
  if (filter === null) {
    const total = await store.count(place);
    const rows = count === 0 ? [] : await store.list(place, { offset, limit: count });
    return { total, startIndex, resources: await Promise.all(rows.map((row) => withOthers(place, row))) };
  }
  const { sought, matches } = readFilter(filter);
  const found = sought
    ? await store.findBy(place, sought.field, sought.value)
    : await scan({ config, store, withOthers }, place, matches);
  const page = found.slice(offset, offset + count);
  return { total: found.length, startIndex, resources: await Promise.all(page.map((row) => withOthers(place, row))) };
}

/** Throws SCIM's tooMany where there are more than may be looked through. */
async function scan(
  { config, store, withOthers }: ListDeps,
  place: ScimPlace,
  matches: (resource: object) => boolean,
): Promise<StoredResource[]> {
  if ((await store.count(place)) > config.scan_max)
    throw scimError(400, "tooMany", "this filter would look through too many resources; ask by userName or externalId");
  const found: StoredResource[] = [];
  for (let offset = 0; ; offset += config.page_max) {
    const rows = await store.list(place, { offset, limit: config.page_max });
    for (const row of rows) {
      const whole = await withOthers(place, row);
      const meta = { created: isoOf(row.created_at_ms), lastModified: isoOf(row.updated_at_ms) };
      if (matches({ ...whole.data, id: row.id, meta })) found.push(row);
    }
    if (rows.length < config.page_max) return found;
  }
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

function checkMatch({ version }: StoredResource, ifMatch: string | null): void {
  if (ifMatch === null || ifMatch === "*") return;
  if (!ifMatch.split(",").some((each) => each.trim() === etagOf(version)))
    throw scimError(412, null, "it was changed since it was read");
}

function nameTaken(kind: ScimKind, name: string): Error {
  return scimError(
    409,
    "uniqueness",
    `there is a ${kind} with the ${NAME_FIELDS[kind]} ${JSON.stringify(name)} already`,
  );
}

/** What is kept of a resource, and the members that are kept apart. Throws SCIM errors. */
function writtenFrom(
  kind: ScimKind,
  { members, groups: _groups, password: _password, ...data }: ScimData,
  membersMax: number,
): WrittenResource {
  const name = data[NAME_FIELDS[kind]];
  if (typeof name !== "string" || name.trim() === "")
    throw scimError(400, "invalidValue", `a ${kind} has a ${NAME_FIELDS[kind]}`);
  const said = membersIn(members);
  if (said.length > membersMax) throw scimError(400, "tooMany", `a group has at most ${membersMax} members here`);
  const { externalId } = data;
  return { name: name.trim(), externalId: typeof externalId === "string" ? externalId : null, data, members: said };
}

function membersIn(members: unknown): NamedMember[] {
  const all = (Array.isArray(members) ? members : []) as ({ value?: unknown; display?: unknown } | null)[];
  return all.flatMap((each) =>
    typeof each?.value === "string"
      ? [{ id: each.value, display: typeof each.display === "string" ? each.display : null }]
      : [],
  );
}

/** Who is given without a word of it is active; a word that is taken back later is not said anew. */
function readWhole(kind: ScimKind, body: unknown): ScimData {
  const said = readResource(kind, readableResource(body));
  return kind === "user" ? { active: true, ...said } : said;
}
