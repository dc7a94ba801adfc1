// The section `keys`: a key is told by its name, and one that is created gives its secret this once.
import { type Key, type KeyInFile, keyInFileSchema, type KeySettings } from "../contract.ts";
import type { Rules } from "../directory/rules.ts";
import { generateKey, hashKey } from "../keys/key-format.ts";
import { namesIn } from "../keys/manage-keys.ts";
import type { KeyStore } from "../keys/store.ts";
import { type OwnerAsker, requireOwner, rolesOf } from "../principal.ts";
import type { Section, Standing } from "./section.ts";

export interface KeySectionDeps {
  store: KeyStore;
  rules: Rules;
  installationSecret: string;
  organisation: string;
  asker: OwnerAsker;
}

export function createKeySection(deps: KeySectionDeps): Section {
  const { store, rules, installationSecret, organisation, asker } = deps;
  return {
    name: "keys",
    entry: keyInFileSchema,
    names: (writing) => store.names(organisation, writing),
    async read(writing, ids) {
      return (await store.findAll(ids, writing)).map(standingFrom);
    },
    async put(writing, wanted) {
      // What the schema made is what the store takes.
      const all = wanted.map(({ name, settings, standing }) => ({
        ...settingsFrom(settings as KeyInFile),
        name,
        id: standing?.id,
      }));
      const before = wanted.flatMap(({ standing }) => (standing ? [standing.settings as KeyInFile] : []));
      requireOwner(asker, ...[...before, ...all].map(rolesOf));
      await rules.checkOrganisation(writing, organisation);
      await rules.checkNames(writing, organisation, namesOf(all));
      const changed = all.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ ...rest, id }]));
      if (changed.length > 0) await store.update(writing, changed);
      const created = all
        .filter(({ id }) => id === undefined)
        .map((key) => {
          const { id, key: secret } = generateKey();
          return { ...key, organisation, id, secret };
        });
      const stored = created.map(({ secret, ...key }) => ({ ...key, hash: hashKey(secret, installationSecret) }));
      if (stored.length > 0) await store.insert(writing, stored);
      return created;
    },
    async remove(writing, named) {
      const ids = named.map(({ id }) => id);
      requireOwner(asker, ...(await store.findAll(ids, writing)).map(rolesOf));
      await store.revoke(writing, ids);
    },
    keeps: ({ id }, asker) => (id === asker.keyId ? "it is the key that asks" : undefined),
  };
}

function namesOf(keys: readonly Pick<KeySettings, "user" | "team" | "project">[]) {
  const named = keys.map(namesIn);
  const all = (kind: "user" | "team" | "project"): string[] => named.flatMap((names) => names[kind]);
  return { user: all("user"), team: all("team"), project: all("project") };
}

function standingFrom({ id, name, expires_at_ms, ...key }: Key): Standing {
  const { scopes, roles, kind, user, team, project, disabled, budgets, limits, models, allowed_ips } = key;
  const expires_at = expires_at_ms === null ? null : new Date(expires_at_ms).toISOString();
  const whose = { user, team, project };
  const settings = { scopes, roles, kind, ...whose, disabled, budgets, limits, models, allowed_ips, expires_at };
  return { name, id, settings };
}

function settingsFrom({ expires_at, ...rest }: KeyInFile): KeySettings {
  return { ...rest, expires_at_ms: expires_at === null ? null : Date.parse(expires_at) };
}
