// The sections `users`, `teams` and `projects` of an organisation; and `organisations`, of the installation's own.
import { entrySettingsSchema, type Entry, type EntrySettings } from "../directory/contract.ts";
import type { Rules } from "../directory/rules.ts";
import type { EntryPlace, EntryStore } from "../directory/store.ts";
import { type OwnerAsker, requireOwner } from "../principal.ts";
import type { Section, Standing } from "./section.ts";

const PAGE = 250;

export function createEntrySection(
  place: EntryPlace,
  { store, rules, asker }: { store: EntryStore; rules: Rules; asker: OwnerAsker },
): Section {
  const { kind, organisation } = place;
  return {
    name: `${kind}s`,
    entry: entrySettingsSchema(kind),
    async *names(writing) {
      for (let after: string | undefined = ""; after !== undefined;) {
        const page: Entry[] = await store.list(place, { limit: PAGE, after }, writing);
        yield page.map(({ name }) => ({ name, id: name }));
        after = page.length < PAGE ? undefined : page.at(-1)?.name;
      }
    },
    async read(writing, ids) {
      return (await store.find(place, ids, writing)).map(standingFrom);
    },
    async put(writing, wanted) {
      // What the schema made is what the store takes.
      const all = wanted.map(({ name, settings }) => ({ ...(settings as EntrySettings), name }));
      const before = wanted.map(({ standing }) => (standing?.settings as EntrySettings | undefined)?.roles ?? []);
      requireOwner(asker, ...before, ...all.map(({ roles }) => roles));
      await rules.checkOrganisation(writing, organisation);
      await rules.checkNames(writing, organisation, { team: all.flatMap(({ teams }) => teams) });
      await store.put(writing, place, all);
      await rules.checkRoom(writing);
    },
    async remove(writing, named) {
      const names = named.map(({ name }) => name);
      requireOwner(asker, ...(await store.find(place, names, writing)).map(({ roles }) => roles));
      await rules.checkUnused(writing, place, names);
      await store.delete(writing, place, names);
    },
  };
}

function standingFrom({ name, roles, teams, disabled, budgets, limits }: Entry): Standing {
  return { name, id: name, settings: { roles, teams, disabled, budgets, limits } };
}
