// What must hold of the directory after every change, however it is made: one at a time, or a whole file.
import type { Writing } from "../changes/store.ts";
import type { GovernanceConfig } from "../config.ts";
import { governanceErrors } from "../errors.ts";
import { type EntryKind, entryKinds } from "./contract.ts";
import type { EntryStore } from "./store.ts";

export interface Rules {
  /** Where the directory is strict, all names must be in it. Throws `governance.not_in_directory`. */
  checkNames(writing: Writing, names: Partial<Record<EntryKind, readonly string[]>>): Promise<void>;
  /** Throws `governance.directory_full`. */
  checkRoom(writing: Writing): Promise<void>;
  /** Throws `governance.entry_in_use`. */
  checkUnused(writing: Writing, kind: EntryKind, names: readonly string[]): Promise<void>;
}

export function createRules(
  config: Pick<GovernanceConfig, "directory" | "directory_entries_max">,
  store: EntryStore,
): Rules {
  return {
    async checkNames(writing, names) {
      if (config.directory !== "strict") return;
      for (const kind of entryKinds) {
        const wanted = names[kind] ?? [];
        if (wanted.length === 0) continue;
        const there = new Set((await store.find(kind, wanted, writing)).map(({ name }) => name));
        const missing = wanted.find((name) => !there.has(name));
        if (missing !== undefined) throw governanceErrors.not_in_directory({ kind, name: missing });
      }
    },
    async checkRoom(writing) {
      const max = config.directory_entries_max;
      if ((await store.count(writing)) > max) throw governanceErrors.directory_full({ max });
    },
    async checkUnused(writing, kind, names) {
      if (names.length === 0) return;
      const [used] = await store.inUse(writing, kind, names);
      if (used !== undefined) throw governanceErrors.entry_in_use({ kind, name: used });
    },
  };
}
