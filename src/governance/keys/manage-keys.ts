// Making, changing and revoking keys.
import type { AuditWriter } from "../../audit/index.ts";
import { OWN_ORGANISATION } from "../../policy/index.ts";
import type { RevisionStore, Writing } from "../changes/store.ts";
import type { CreatedKey, CreateKey, Key, RotateKey, UpdateKey } from "../contract.ts";
import type { Rules } from "../directory/rules.ts";
import { governanceErrors } from "../errors.ts";
import { type OwnerAsker, requireOwner, rolesOf } from "../principal.ts";
import { generateKey, generateSecret, hashKey } from "./key-format.ts";
import { checkParent } from "./parent.ts";
import type { KeyStore } from "./store.ts";

/** What somebody may do with keys. */
export interface KeysAsker extends OwnerAsker {
  /** Keys of others are not there for them; undefined for all organisations. */
  within?: string | undefined;
  /** The key that asks. */
  keyId?: string;
}

interface KeyPage {
  limit: number;
  cursor?: string | undefined;
  organisation?: string | undefined;
  find?: string | undefined;
}

/** Without an asker it is the installation itself that asks; without an organisation it is the installation's own. */
export interface Keys {
  list(page: KeyPage): Promise<{ keys: Key[]; next_cursor: string | null }>;
  /** Throws `governance.owner_only`; and `governance.key_unknown`, `governance.key_beyond_parent` for what it names as its parent. */
  create(input: CreateKey, asker?: KeysAsker): Promise<CreatedKey>;
  /** Throws `governance.key_unknown` and `governance.owner_only`. */
  update(input: UpdateKey, asker?: KeysAsker): Promise<Key>;
  /** A second secret. The one before works until the overlap ends. Throws `governance.key_unknown`, `key_revoked` and `owner_only`. */
  rotate(input: RotateKey, asker?: KeysAsker): Promise<CreatedKey>;
  /** Throws `governance.key_unknown` and `governance.owner_only`. */
  revoke(id: string, asker?: KeysAsker): Promise<Key>;
  /** All of a user's, of the installation's own organisation. */
  revokeOf(user: string): Promise<void>;
}

export interface KeysDeps {
  store: KeyStore;
  rules: Rules;
  write: RevisionStore["write"];
  installationSecret: string;
  audit: Pick<AuditWriter, "record">;
}

const ITSELF: KeysAsker = { isOwner: true };

export function createKeys({ store, rules, write, installationSecret, audit }: KeysDeps): Keys {
  async function get(id: string, writing: Writing, { within } = ITSELF): Promise<Key> {
    const [found] = await store.findAll([id], writing);
    if (!found || (within !== undefined && found.organisation !== within)) throw governanceErrors.key_unknown({ id });
    const { hash: _hash, previous_hash: _previous, revision: _revision, ...key } = found;
    return key;
  }

  const tell = createTelling(audit);

  return {
    list: ({ organisation = OWN_ORGANISATION, ...page }) => store.list({ ...page, organisation }),
    create: ({ organisation = OWN_ORGANISATION, ...input }, asker = ITSELF) =>
      write(async (writing) => {
        requireOwner(asker, rolesOf(input));
        await rules.checkOrganisation(writing, organisation);
        await rules.checkNames(writing, organisation, namesIn(input));
        // A parent of another organisation is not there.
        if (input.parent !== null)
          checkParent(input, await get(input.parent, writing, { ...asker, within: organisation }));
        const { id, key: secret } = generateKey();
        const hash = hashKey(secret, installationSecret);
        await store.insert(writing, [{ ...input, organisation, id, hash, created_by: asker.keyId ?? null }]);
        const made = await get(id, writing);
        await tell(writing, "create", made);
        return { ...made, secret };
      }),
    update: ({ id, ...changes }, asker = ITSELF) =>
      write(async (writing) => {
        const before = await get(id, writing, asker);
        const said = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        const after = { ...before, ...said };
        requireOwner(asker, rolesOf(before), rolesOf(after));
        await rules.checkNames(writing, before.organisation, namesIn(changes));
        if (after.parent !== null) checkParent(after, await get(after.parent, writing));
        await store.update(writing, [after]);
        const changed = await get(id, writing);
        await tell(writing, "update", changed);
        return changed;
      }),
    rotate: ({ id, overlap_ms }, asker = ITSELF) =>
      write(async (writing) => {
        const before = await get(id, writing, asker);
        // Whoever rotates a key has its secret.
        requireOwner(asker, rolesOf(before));
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
    revoke: (id, asker = ITSELF) =>
      write(async (writing) => {
        requireOwner(asker, rolesOf(await get(id, writing, asker)));
        const [key] = await store.revoke(writing, [id]);
        if (!key) throw governanceErrors.key_unknown({ id });
        await tell(writing, "revoke", key);
        return key;
      }),
  };
}

/** Puts a change on the audit trail, in its own transaction. */
const createTelling =
  (audit: KeysDeps["audit"]) =>
  ({ transaction }: Writing, action: string, { id, ...key }: Key): Promise<void> =>
    audit.record(transaction, {
      action: `key.${action}`,
      resource: { type: "key", id },
      outcome: "ok",
      ...saidOfKey(key),
    });

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
