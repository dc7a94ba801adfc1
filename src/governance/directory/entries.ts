// Making, changing and deleting users, teams and projects: one piece of code for the three kinds.
import type { AuditWriter } from "../../audit/index.ts";
import { nearestNames } from "../../kernel/index.ts";
import type { RevisionStore, Writing } from "../changes/store.ts";
import { governanceErrors } from "../errors.ts";
import type { CreateEntry, Entry, EntryKind, UpdateEntry } from "./contract.ts";
import type { EntryStore } from "./store.ts";
import type { Rules } from "./rules.ts";

export interface Entries {
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ entries: Entry[]; next_cursor: string | null }>;
  /** Throws `governance.entry_unknown`. */
  get(name: string): Promise<Entry>;
  /** Throws `governance.entry_exists` and `governance.directory_full`. */
  create(input: CreateEntry): Promise<Entry>;
  update(input: UpdateEntry): Promise<Entry>;
  /** Throws `governance.entry_in_use`. */
  delete(name: string): Promise<Entry>;
}

export interface EntriesDeps {
  store: EntryStore;
  rules: Rules;
  write: RevisionStore["write"];
  audit: Pick<AuditWriter, "record">;
}

export function createEntries(kind: EntryKind, { store, rules, write, audit }: EntriesDeps): Entries {
  const tell = ({ transaction }: Writing, action: string, { name, teams, disabled, budgets, limits }: Entry) =>
    audit.record(transaction, {
      action: `${kind}.${action}`,
      resource: { type: kind, id: name },
      outcome: "ok",
      details: { teams, disabled, budgets: budgets.length, limits: limits.length },
    });

  async function get(name: string, writing?: Writing): Promise<Entry> {
    const [entry] = await store.find(kind, [name], writing);
    if (entry) return entry;
    const others = await store.list(kind, { limit: LOOKED_THROUGH, after: "" });
    const [nearest] = nearestNames(
      name,
      others.map((other) => other.name),
      1,
    );
    throw governanceErrors.entry_unknown({ kind, name, nearest });
  }

  return {
    async list({ limit, cursor }) {
      const found = await store.list(kind, { limit: limit + 1, after: readCursor(cursor) });
      const last = found.length > limit ? found[limit - 1] : undefined;
      return {
        entries: found.slice(0, limit),
        next_cursor: last ? Buffer.from(last.name).toString("base64url") : null,
      };
    },
    get: (name) => get(name),
    create: (input) =>
      write(async (writing) => {
        const [there] = await store.find(kind, [input.name], writing);
        if (there) throw governanceErrors.entry_exists({ kind, name: input.name });
        await rules.checkNames(writing, { team: input.teams });
        const [entry] = await store.put(writing, kind, [input]);
        await rules.checkRoom(writing);
        const made = entry ?? (await get(input.name, writing));
        await tell(writing, "create", made);
        return made;
      }),
    update: ({ name, ...changes }) =>
      write(async (writing) => {
        const before = await get(name, writing);
        const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        if (changes.teams) await rules.checkNames(writing, { team: changes.teams });
        const [entry] = await store.put(writing, kind, [{ ...before, ...said }]);
        await tell(writing, "update", entry ?? before);
        return entry ?? before;
      }),
    delete: (name) =>
      write(async (writing) => {
        const entry = await get(name, writing);
        await rules.checkUnused(writing, kind, [name]);
        await store.delete(writing, kind, [name]);
        await tell(writing, "delete", entry);
        return entry;
      }),
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
