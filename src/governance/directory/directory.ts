// Organisations, users, teams and projects in memory, as the last change that was heard of left them: calls ask here, and never wait.
import { OWN_ORGANISATION, type RoleName } from "../../policy/index.ts";
import { ownRules, type Rule } from "../budgets/rules.ts";
import type { EntryKind } from "./contract.ts";
import type { EntryStore } from "./store.ts";

export interface KnownEntry {
  /** One that was deleted and made again is another. */
  created_at_ms: number;
  teams: readonly string[];
  /** Of users. */
  roles: readonly RoleName[];
  disabled: boolean;
  /** The caps that it carries of its own. */
  rules: readonly Rule[];
}

export interface Directory {
  /** `organisation` is whose it is; an organisation is the installation's own. */
  find(kind: EntryKind, name: string, organisation?: string): KnownEntry | undefined;
  /** Whether there has ever been another organisation than the installation's own: its records may still be there. */
  hasTenants(): boolean;
  /** Another one whenever anything in it is another. */
  version(): number;
  /** Takes in what was changed after a revision. */
  follow(since: number): Promise<void>;
}

export function createDirectory(store: Pick<EntryStore, "changedSince">): Directory {
  const known: Record<EntryKind, Map<string, KnownEntry>> = {
    user: new Map(),
    team: new Map(),
    project: new Map(),
    organisation: new Map(),
  };
  let version = 0;
  let hasTenants = false;
  return {
    find: (kind, name, organisation = OWN_ORGANISATION) => known[kind].get(nameWithin(organisation, name)),
    hasTenants: () => hasTenants,
    version: () => version,
    async follow(since) {
      if (since === 0) for (const entries of Object.values(known)) entries.clear();
      for await (const changed of store.changedSince(since)) {
        for (const { kind, entry, isDeleted } of changed) {
          const name = nameWithin(entry.organisation, entry.name);
          hasTenants ||= kind === "organisation" && entry.name !== OWN_ORGANISATION;
          if (isDeleted) known[kind].delete(name);
          else known[kind].set(name, { ...entry, rules: ownRules({ of: kind, name: entry.name }, entry) });
        }
        if (changed.length > 0 || since === 0) version += 1;
      }
    },
  };
}

/** An organisation's name is plain, so that what stands before the line break is it and nothing else. */
export function nameWithin(organisation: string, name: string): string {
  return organisation === OWN_ORGANISATION ? name : `${organisation}\n${name}`;
}
