// From a credential to a principal.
import { LRUCache } from "lru-cache";
import type { AuditWriter } from "../../audit/index.ts";
import type { World } from "../../kernel/index.ts";
import type { GovernanceConfig } from "../config.ts";
import type { Directory } from "../directory/directory.ts";
import { createPersonFinder, type PersonFinder } from "../directory/people.ts";
import { createServiceFinder, type ServiceFinder } from "../directory/services.ts";
import { governanceErrors } from "../errors.ts";
import { hashKey, parseKey } from "./key-format.ts";
import { beyondParent } from "./parent.ts";
import { isHashOf } from "./same-hash.ts";
import type { KnownKey, KnownKeys } from "./known-keys.ts";
import { shownIn, tellRefusal } from "./tell-refusal.ts";
import type { Principal } from "../principal.ts";

/** Undefined where it is not known. */
export type AddressOf = () => string | undefined;

export interface Identifier {
  /**
   * `addressOf` says where the request comes from, for keys that may be used from some addresses only. Throws
   * `governance.key_*`, or `governance.identity_unavailable` when it cannot be known now.
   */
  byKey(key: string | undefined, addressOf?: AddressOf): Promise<Principal>;
  /** The principal of a key that was proven before: by a console session, or, without an address, for work of its own. */
  byKeyId(id: string, addressOf?: AddressOf): Promise<Principal>;
  /** Who was proven to be a machine without a key of ours (identity). Throws `governance.not_in_directory` and `disabled`. */
  service: ServiceFinder;
  /** Who was proven to be a user of the directory (identity). Throws `governance.not_in_directory` and `governance.disabled`. */
  person: PersonFinder;
}

export interface IdentifierDeps {
  knownKeys: KnownKeys;
  world: Pick<World, "nowMs">;
  directory: Directory;
  /** Hears of every use. */
  noteUse(keyId: string): void;
  installationSecret: string;
  audit: Pick<AuditWriter, "tell">;
}

export function createIdentifier(
  config: Pick<GovernanceConfig, "identities_max" | "directory">,
  deps: IdentifierDeps,
): Identifier {
  const { knownKeys } = deps;
  // Key texts that were proven, and what proves them, so that the HMAC is computed once for each and not once a call.
  const proven = new LRUCache<string, Proof>({ max: config.identities_max });

  const check = createCheck(deps);

  async function prove(text: string): Promise<KnownKey> {
    const parsed = parseKey(text);
    if ("why" in parsed) throw governanceErrors.key_invalid({ why: parsed.why });
    const known = await knownKeys.find(parsed.id);
    const hash = hashKey(text, deps.installationSecret);
    if (!known || !isHashOf(known.key, hash, { nowMs: deps.world.nowMs() }))
      throw governanceErrors.key_invalid({ why: "this installation does not know it" });
    proven.set(text, { id: parsed.id, hash });
    return known;
  }

  /** The key of a text that was proven before, unless its secret has been replaced since. */
  async function recall(text: string): Promise<KnownKey | undefined> {
    const proof = proven.get(text);
    if (!proof) return undefined;
    const known = await knownKeys.find(proof.id);
    if (known?.key.hash === proof.hash) return known;
    proven.delete(text);
    return undefined;
  }

  return {
    async byKey(text, addressOf = () => undefined) {
      // Who shows nothing claims to be nobody: they are asked for a key, and the audit trail has nothing to tell.
      if (!text) throw governanceErrors.key_missing({});
      try {
        const known = (await recall(text)) ?? (await prove(text));
        return await check(known, addressOf);
      } catch (error) {
        throw tellRefusal(deps.audit, error, shownIn(text));
      }
    },
    async byKeyId(id, addressOf) {
      try {
        const known = await knownKeys.find(id);
        if (!known) throw governanceErrors.key_invalid({ why: "it is gone" });
        return await check(known, addressOf);
      } catch (error) {
        throw tellRefusal(deps.audit, error, id);
      }
    },
    person: createPersonFinder(deps.directory, config.identities_max),
    service: createServiceFinder(deps.directory, { ...config, isStrict: config.directory === "strict" }),
  };
}

/** Whether a key that is proven may be used, here and now. */
function createCheck({ knownKeys, world, noteUse }: Pick<IdentifierDeps, "knownKeys" | "world" | "noteUse">) {
  function checkLife({ key, caller, allowed }: KnownKey, addressOf: AddressOf | undefined): Principal {
    if (key.revoked_at_ms !== null) throw governanceErrors.key_revoked({ key: key.id });
    if (key.expires_at_ms !== null && key.expires_at_ms <= world.nowMs())
      throw governanceErrors.key_expired({ key: key.id });
    const { disabled, unknown, principal } = caller;
    if (disabled !== undefined) throw governanceErrors.disabled({ whose: disabled });
    if (unknown) throw governanceErrors.not_in_directory(unknown);
    if (allowed && addressOf) {
      const address = addressOf();
      if (address === undefined || !allowed.has(address))
        throw governanceErrors.key_not_from_here({ key: key.id, address: address ?? "an address that is not known" });
    }
    return principal;
  }

  /** A parent that stands no more, or may less than it did, stops its children. */
  async function checkWithParent(known: KnownKey, addressOf: AddressOf | undefined): Promise<Principal> {
    const principal = checkLife(known, addressOf);
    const parent = await knownKeys.find(known.key.parent ?? "");
    if (!parent) throw governanceErrors.key_revoked({ key: known.key.parent ?? "" });
    checkLife(parent, addressOf);
    const beyond = beyondParent(known.key, parent.key);
    if (beyond !== undefined) throw governanceErrors.key_beyond_parent({ parent: parent.key.id, beyond });
    return principal;
  }

  return (known: KnownKey, addressOf: AddressOf | undefined): Principal | Promise<Principal> => {
    noteUse(known.key.id);
    return known.key.parent === null ? checkLife(known, addressOf) : checkWithParent(known, addressOf);
  };
}

interface Proof {
  id: string;
  hash: string;
}
