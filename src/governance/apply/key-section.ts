// The section `keys`: a key is told by its name, and one that is created gives its secret this once.
import { type Key, type KeyInFile, keyInFileSchema, type KeySettings } from "../contract.ts";
import { entryKinds } from "../directory/contract.ts";
import type { Rules } from "../directory/rules.ts";
import { generateKey, hashKey } from "../keys/key-format.ts";
import { namesIn } from "../keys/manage-keys.ts";
import type { KeyStore } from "../keys/store.ts";
import type { Section, Standing } from "./section.ts";

export interface KeySectionDeps {
  store: KeyStore;
  rules: Rules;
  installationSecret: string;
}

export function createKeySection({ store, rules, installationSecret }: KeySectionDeps): Section {
  return {
    name: "keys",
    entry: keyInFileSchema,
    names: (writing) => store.names(writing),
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
      await rules.checkNames(writing, namesOf(all));
      const changed = all.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ ...rest, id }]));
      if (changed.length > 0) await store.update(writing, changed);
      const created = all
        .filter(({ id }) => id === undefined)
        .map((key) => {
          const { id, key: secret } = generateKey();
          return { ...key, id, secret };
        });
      const stored = created.map(({ secret, ...key }) => ({ ...key, hash: hashKey(secret, installationSecret) }));
      if (stored.length > 0) await store.insert(writing, stored);
      return created;
    },
    async remove(writing, named) {
      await store.revoke(
        writing,
        named.map(({ id }) => id),
      );
    },
    keeps: ({ id }, asker) => (id === asker.keyId ? "it is the key that asks" : undefined),
  };
}

function namesOf(keys: readonly Pick<KeySettings, "user" | "team" | "project">[]) {
  const named = keys.map(namesIn);
  return Object.fromEntries(entryKinds.map((kind) => [kind, named.flatMap((names) => names[kind])]));
}

function standingFrom({ id, name, expires_at_ms, ...key }: Key): Standing {
  const { scopes, user, team, project, disabled, budgets, limits, models, allowed_ips } = key;
  const expires_at = expires_at_ms === null ? null : new Date(expires_at_ms).toISOString();
  const settings = { scopes, user, team, project, disabled, budgets, limits, models, allowed_ips, expires_at };
  return { name, id, settings };
}

function settingsFrom({ expires_at, ...rest }: KeyInFile): KeySettings {
  return { ...rest, expires_at_ms: expires_at === null ? null : Date.parse(expires_at) };
}
