// The sections `users`, `teams` and `projects`.
import { entrySettingsSchema, type Entry, type EntryKind, type EntrySettings } from "../directory/contract.ts";
import type { Rules } from "../directory/rules.ts";
import type { EntryStore } from "../directory/store.ts";
import type { Section, Standing } from "./section.ts";

const PAGE = 250;

export function createEntrySection(kind: EntryKind, { store, rules }: { store: EntryStore; rules: Rules }): Section {
  return {
    name: `${kind}s`,
    entry: entrySettingsSchema(kind),
    async *names(writing) {
      for (let after: string | undefined = ""; after !== undefined;) {
        const page: Entry[] = await store.list(kind, { limit: PAGE, after }, writing);
        yield page.map(({ name }) => ({ name, id: name }));
        after = page.length < PAGE ? undefined : page.at(-1)?.name;
      }
    },
    async read(writing, ids) {
      return (await store.find(kind, ids, writing)).map(standingFrom);
    },
    async put(writing, wanted) {
      // What the schema made is what the store takes.
      const all = wanted.map(({ name, settings }) => ({ ...(settings as EntrySettings), name }));
      await rules.checkNames(writing, { team: all.flatMap(({ teams }) => teams) });
      await store.put(writing, kind, all);
      await rules.checkRoom(writing);
    },
    async remove(writing, named) {
      const names = named.map(({ name }) => name);
      await rules.checkUnused(writing, kind, names);
      await store.delete(writing, kind, names);
    },
  };
}

function standingFrom({ name, teams, disabled, budgets, limits }: Entry): Standing {
  return { name, id: name, settings: { teams, disabled, budgets, limits } };
}
