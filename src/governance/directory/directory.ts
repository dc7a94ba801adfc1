// Users, teams and projects in memory, as the last change that was heard of left them: calls ask here, and never wait.
import { ownRules, type Rule } from "../budgets/rules.ts";
import type { EntryKind } from "./contract.ts";
import type { EntryStore } from "./store.ts";

export interface KnownEntry {
  /** One that was deleted and made again is another. */
  created_at_ms: number;
  teams: readonly string[];
  disabled: boolean;
  /** The caps that it carries of its own. */
  rules: readonly Rule[];
}

export interface Directory {
  find(kind: EntryKind, name: string): KnownEntry | undefined;
  /** Another one whenever anything in it is another. */
  version(): number;
  /** Takes in what was changed after a revision. */
  follow(since: number): Promise<void>;
}

export function createDirectory(store: Pick<EntryStore, "changedSince">): Directory {
  const known: Record<EntryKind, Map<string, KnownEntry>> = { user: new Map(), team: new Map(), project: new Map() };
  let version = 0;
  return {
    find: (kind, name) => known[kind].get(name),
    version: () => version,
    async follow(since) {
      if (since === 0) for (const entries of Object.values(known)) entries.clear();
      for await (const changed of store.changedSince(since)) {
        for (const { kind, entry, isDeleted } of changed) {
          if (isDeleted) known[kind].delete(entry.name);
          else known[kind].set(entry.name, { ...entry, rules: ownRules({ of: kind, name: entry.name }, entry) });
        }
        if (changed.length > 0 || since === 0) version += 1;
      }
    },
  };
}
