// Making, changing and deleting organisations, users, teams and projects: one piece of code for all kinds.
import type { AuditWriter } from "../../audit/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import { nearestNames } from "../../kernel/index.ts";
import type { RevisionStore, Writing } from "../changes/store.ts";
import { governanceErrors } from "../errors.ts";
import type { CreateEntry, Entry, EntryKind, UpdateEntry } from "./contract.ts";
import { type OwnerAsker, requireOwner } from "../principal.ts";
import type { EntryStore } from "./store.ts";
import type { Rules } from "./rules.ts";

interface EntryPage {
  limit: number;
  cursor?: string | undefined;
  organisation?: string | undefined;
}

interface WhichEntry {
  name: string;
  organisation?: string | undefined;
}

/** Where no organisation is named, it is the installation's own; without an asker, the installation itself asks. */
export interface Entries {
  list(page: EntryPage): Promise<{ entries: Entry[]; next_cursor: string | null }>;
  /** Throws `governance.entry_unknown`. */
  get(which: WhichEntry): Promise<Entry>;
  /** Throws `governance.entry_exists` and `governance.directory_full`. */
  create(input: CreateEntry, asker?: OwnerAsker): Promise<Entry>;
  update(input: UpdateEntry, asker?: OwnerAsker): Promise<Entry>;
  /** Throws `governance.entry_in_use`. */
  delete(which: WhichEntry, asker?: OwnerAsker): Promise<Entry>;
}

export interface EntriesDeps {
  store: EntryStore;
  rules: Rules;
  write: RevisionStore["write"];
  audit: Pick<AuditWriter, "record">;
}

const ITSELF: OwnerAsker = { isOwner: true };

export function createEntries(kind: EntryKind, { store, rules, write, audit }: EntriesDeps): Entries {
  const tell = createTelling(kind, audit);

  /** Organisations are not within one another. */
  const placeOf = ({ organisation = OWN_ORGANISATION }: { organisation?: string | undefined }) => ({
    kind,
    organisation: kind === "organisation" ? OWN_ORGANISATION : organisation,
  });

  async function get(which: WhichEntry, writing?: Writing): Promise<Entry> {
    const { name } = which;
    const [entry] = await store.find(placeOf(which), [name], writing);
    if (entry) return entry;
    const others = await store.list(placeOf(which), { limit: LOOKED_THROUGH, after: "" });
    const [nearest] = nearestNames(
      name,
      others.map((other) => other.name),
      1,
    );
    throw governanceErrors.entry_unknown({ kind, name, nearest });
  }

  return {
    async list({ limit, cursor, organisation }) {
      const found = await store.list(placeOf({ organisation }), { limit: limit + 1, after: readCursor(cursor) });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        entries: found.slice(0, limit),
        next_cursor: last ? Buffer.from(last.name).toString("base64url") : null,
      };
    },
    get: (which) => get(which),
    create: ({ organisation: named, ...input }, asker = ITSELF) =>
      write(async (writing) => {
        requireOwner(asker, input.roles);
        const place = placeOf({ organisation: named });
        const [there] = await store.find(place, [input.name], writing);
        if (there) throw governanceErrors.entry_exists({ kind, name: input.name });
        await rules.checkOrganisation(writing, place.organisation);
        await rules.checkNames(writing, place.organisation, { team: input.teams });
        const [entry] = await store.put(writing, place, [input]);
        await rules.checkRoom(writing);
        const made = entry ?? (await get({ name: input.name, ...place }, writing));
        await tell(writing, "create", made);
        return made;
      }),
    update: ({ name, organisation, ...changes }, asker = ITSELF) =>
      write(async (writing) => {
        const place = placeOf({ organisation });
        const before = await get({ name, ...place }, writing);
        requireOwner(asker, before.roles, changes.roles ?? []);
        const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        if (changes.teams) await rules.checkNames(writing, place.organisation, { team: changes.teams });
        const [entry] = await store.put(writing, place, [{ ...before, ...said }]);
        await tell(writing, "update", entry ?? before);
        return entry ?? before;
      }),
    delete: (which, asker = ITSELF) =>
      write(async (writing) => {
        const entry = await get(which, writing);
        requireOwner(asker, entry.roles);
        await rules.checkUnused(writing, placeOf(which), [which.name]);
        await store.delete(writing, placeOf(which), [which.name]);
        await tell(writing, "delete", entry);
        return entry;
      }),
  };
}

/** Puts a change on the audit trail, in its own transaction. */
function createTelling(kind: EntryKind, audit: EntriesDeps["audit"]) {
  return ({ transaction }: Writing, action: string, entry: Entry): Promise<void> => {
    const { name, organisation, roles, teams, disabled, budgets, limits } = entry;
    return audit.record(transaction, {
      action: `${kind}.${action}`,
      resource: { type: kind, id: name },
      organisation,
      outcome: "ok",
      details: { roles, teams, disabled, budgets: budgets.length, limits: limits.length },
    });
  };
}

/** For a suggestion. */
const LOOKED_THROUGH = 1000;

function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return "";
  const name = Buffer.from(cursor, "base64url").toString("utf8");
  if (name === "" || Buffer.from(name).toString("base64url") !== cursor) throw governanceErrors.bad_cursor({});
  return name;
}
