// Making, changing and revoking keys.
import type { AuditWriter } from "../../audit/index.ts";
import type { RevisionStore, Writing } from "../changes/store.ts";
import type { CreatedKey, CreateKey, Key, RotateKey, UpdateKey } from "../contract.ts";
import type { Rules } from "../directory/rules.ts";
import { governanceErrors } from "../errors.ts";
import { generateKey, generateSecret, hashKey } from "./key-format.ts";
import { checkParent } from "./parent.ts";
import type { KeyStore } from "./store.ts";

export interface Keys {
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ keys: Key[]; next_cursor: string | null }>;
  /** Throws `governance.key_unknown` and `governance.key_beyond_parent` for what it names as its parent. */
  create(input: CreateKey, askerKeyId?: string): Promise<CreatedKey>;
  /** Throws `governance.key_unknown`. */
  update(input: UpdateKey): Promise<Key>;
  /** A second secret. The one before works until the overlap ends. Throws `governance.key_unknown` and `key_revoked`. */
  rotate(input: RotateKey): Promise<CreatedKey>;
  /** Throws `governance.key_unknown`. */
  revoke(id: string): Promise<Key>;
  /** All of a user's. */
  revokeOf(user: string): Promise<void>;
}

export interface KeysDeps {
  store: KeyStore;
  rules: Rules;
  write: RevisionStore["write"];
  installationSecret: string;
  audit: Pick<AuditWriter, "record">;
}

export function createKeys({ store, rules, write, installationSecret, audit }: KeysDeps): Keys {
  async function get(id: string, writing: Writing): Promise<Key> {
    const [found] = await store.findAll([id], writing);
    if (!found) throw governanceErrors.key_unknown({ id });
    const { hash: _hash, previous_hash: _previous, revision: _revision, ...key } = found;
    return key;
  }

  const tell = ({ transaction }: Writing, action: string, { id, ...key }: Key): Promise<void> =>
    audit.record(transaction, {
      action: `key.${action}`,
      resource: { type: "key", id },
      outcome: "ok",
      ...saidOfKey(key),
    });

  return {
    list: (page) => store.list(page),
    create: (input, askerKeyId) =>
      write(async (writing) => {
        await rules.checkNames(writing, namesIn(input));
        if (input.parent !== null) checkParent(input, await get(input.parent, writing));
        const { id, key: secret } = generateKey();
        const hash = hashKey(secret, installationSecret);
        await store.insert(writing, [{ ...input, id, hash, created_by: askerKeyId ?? null }]);
        const made = await get(id, writing);
        await tell(writing, "create", made);
        return { ...made, secret };
      }),
    update: ({ id, ...changes }) =>
      write(async (writing) => {
        const before = await get(id, writing);
        const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        await rules.checkNames(writing, namesIn(changes));
        const after = { ...before, ...said };
        if (after.parent !== null) checkParent(after, await get(after.parent, writing));
        await store.update(writing, [after]);
        const changed = await get(id, writing);
        await tell(writing, "update", changed);
        return changed;
      }),
    rotate: ({ id, overlap_ms }) =>
      write(async (writing) => {
        const before = await get(id, writing);
        if (before.revoked_at_ms !== null) throw governanceErrors.key_revoked({ key: id });
        const secret = generateSecret(id);
        const hash = hashKey(secret, installationSecret);
        await store.rotate(writing, { id, hash, overlapMs: overlap_ms });
        const rotated = await get(id, writing);
        await tell(writing, "rotate", rotated);
        return { ...rotated, secret };
      }),
    async revokeOf(user) {
      await write((writing) => store.revokeOf(writing, user));
    },
    async revoke(id) {
      const key = await write(async (writing) => {
        const [revoked] = await store.revoke(writing, [id]);
        if (revoked) await tell(writing, "revoke", revoked);
        return revoked;
      });
      if (!key) throw governanceErrors.key_unknown({ id });
      return key;
    },
  };
}

/** What the trail keeps of a key: whose it is stands among what is sealed. */
function saidOfKey({ user, name, scopes, team, project, disabled, models, expires_at_ms }: Omit<Key, "id">) {
  const personal = user === null ? undefined : { personal: { user }, subject: `user:${user}` };
  return { details: { name, scopes, team, project, disabled, models: models ?? null, expires_at_ms }, ...personal };
}

type Owners = Partial<Record<"user" | "team" | "project", string | null | undefined>>;

/** Whom a key names, by kind. */
export function namesIn({ user, team, project }: Owners): Record<keyof Owners, string[]> {
  const one = (name: string | null | undefined): string[] => (typeof name === "string" ? [name] : []);
  return { user: one(user), team: one(team), project: one(project) };
}
