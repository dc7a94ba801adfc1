// Making, changing and revoking keys.
import type { RevisionStore, Writing } from "../changes/store.ts";
import type { CreatedKey, CreateKey, Key, UpdateKey } from "../contract.ts";
import type { Rules } from "../directory/rules.ts";
import { governanceErrors } from "../errors.ts";
import { generateKey, hashKey } from "./key-format.ts";
import type { KeyStore } from "./store.ts";

export interface Keys {
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ keys: Key[]; next_cursor: string | null }>;
  create(input: CreateKey): Promise<CreatedKey>;
  /** Throws `governance.key_unknown`. */
  update(input: UpdateKey): Promise<Key>;
  /** Throws `governance.key_unknown`. */
  revoke(id: string): Promise<Key>;
}

export interface KeysDeps {
  store: KeyStore;
  rules: Rules;
  write: RevisionStore["write"];
  installationSecret: string;
}

export function createKeys({ store, rules, write, installationSecret }: KeysDeps): Keys {
  async function get(id: string, writing: Writing): Promise<Key> {
    const [found] = await store.findAll([id], writing);
    if (!found) throw governanceErrors.key_unknown({ id });
    const { hash: _hash, revision: _revision, ...key } = found;
    return key;
  }

  return {
    list: (page) => store.list(page),
    create: (input) =>
      write(async (writing) => {
        await rules.checkNames(writing, namesIn(input));
        const { id, key: secret } = generateKey();
        await store.insert(writing, [{ ...input, id, hash: hashKey(secret, installationSecret) }]);
        return { ...(await get(id, writing)), secret };
      }),
    update: ({ id, ...changes }) =>
      write(async (writing) => {
        const before = await get(id, writing);
        const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        await rules.checkNames(writing, namesIn(changes));
        await store.update(writing, [{ ...before, ...said }]);
        return get(id, writing);
      }),
    async revoke(id) {
      const [key] = await write((writing) => store.revoke(writing, [id]));
      if (!key) throw governanceErrors.key_unknown({ id });
      return key;
    },
  };
}

type Owners = Partial<Record<"user" | "team" | "project", string | null | undefined>>;

/** Whom a key names, by kind. */
export function namesIn({ user, team, project }: Owners): Record<keyof Owners, string[]> {
  const one = (name: string | null | undefined): string[] => (typeof name === "string" ? [name] : []);
  return { user: one(user), team: one(team), project: one(project) };
}
