// What must hold of the directory after every change, however it is made: one at a time, or a whole file.
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { Writing } from "../changes/store.ts";
import type { GovernanceConfig } from "../config.ts";
import { governanceErrors } from "../errors.ts";
import { type EntryKind, entryKinds } from "./contract.ts";
import type { EntryPlace, EntryStore } from "./store.ts";

export interface Rules {
  /** A tenant must be there, whatever the directory is. Throws `governance.entry_unknown`. */
  checkOrganisation(writing: Writing, organisation: string): Promise<void>;
  /** Where the directory is strict, all names must be in it. Throws `governance.not_in_directory`. */
  checkNames(
    writing: Writing,
    organisation: string,
    names: Partial<Record<EntryKind, readonly string[]>>,
  ): Promise<void>;
  /** Throws `governance.directory_full`. */
  checkRoom(writing: Writing): Promise<void>;
  /** Throws `governance.entry_in_use`. */
  checkUnused(writing: Writing, place: EntryPlace, names: readonly string[]): Promise<void>;
}

export function createRules(
  config: Pick<GovernanceConfig, "directory" | "directory_entries_max">,
  store: EntryStore,
): Rules {
  return {
    async checkOrganisation(writing, organisation) {
      if (organisation === OWN_ORGANISATION) return;
      const place = { kind: "organisation", organisation: OWN_ORGANISATION } as const;
      const [there] = await store.find(place, [organisation], writing);
      if (!there)
        throw governanceErrors.entry_unknown({ kind: "organisation", name: organisation, nearest: undefined });
    },
    async checkNames(writing, organisation, names) {
      if (config.directory !== "strict") return;
      for (const kind of entryKinds) {
        const wanted = names[kind] ?? [];
        if (wanted.length === 0) continue;
        const there = new Set((await store.find({ kind, organisation }, wanted, writing)).map(({ name }) => name));
        const missing = wanted.find((name) => !there.has(name));
        if (missing !== undefined) throw governanceErrors.not_in_directory({ kind, name: missing });
      }
    },
    async checkRoom(writing) {
      const max = config.directory_entries_max;
      if ((await store.count(writing)) > max) throw governanceErrors.directory_full({ max });
    },
    async checkUnused(writing, place, names) {
      if (names.length === 0) return;
      const [used] = await store.inUse(writing, place, names);
      if (used !== undefined) throw governanceErrors.entry_in_use({ kind: place.kind, name: used });
    },
  };
}
