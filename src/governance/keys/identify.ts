// From a credential to a principal.
import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { World } from "../../kernel/index.ts";
import type { GovernanceConfig } from "../config.ts";
import type { Directory } from "../directory/directory.ts";
import { createPersonFinder, type PersonFinder } from "../directory/people.ts";
import { governanceErrors } from "../errors.ts";
import { hashKey, parseKey } from "./key-format.ts";
import type { KnownKey, KnownKeys } from "./known-keys.ts";
import type { Principal } from "../principal.ts";

export interface Identifier {
  /** Throws `governance.key_*`, or `governance.identity_unavailable` when it cannot be known now. */
  byKey(key: string | undefined): Promise<Principal>;
  /** The principal of a key that was proven before (a console session). */
  byKeyId(id: string): Promise<Principal>;
  /** Who was proven to be a user of the directory (identity). Throws `governance.not_in_directory` and `governance.disabled`. */
  person: PersonFinder;
}

export interface IdentifierDeps {
  knownKeys: KnownKeys;
  world: Pick<World, "nowMs">;
  installationSecret: string;
  directory: Directory;
}

export function createIdentifier(config: Pick<GovernanceConfig, "identities_max">, deps: IdentifierDeps): Identifier {
  const { knownKeys } = deps;
  // Key texts that were proven, and the ids they prove, so that the HMAC is computed once for each and not once a call.
  const proven = new LRUCache<string, string>({ max: config.identities_max });

  function checkLife({ key, caller }: KnownKey): Principal {
    if (key.revoked_at_ms !== null) throw governanceErrors.key_revoked({ key: key.id });
    if (key.expires_at_ms !== null && key.expires_at_ms <= deps.world.nowMs())
      throw governanceErrors.key_expired({ key: key.id });
    const { disabled, unknown, principal } = caller;
    if (disabled !== undefined) throw governanceErrors.disabled({ whose: disabled });
    if (unknown) throw governanceErrors.not_in_directory(unknown);
    return principal;
  }

  async function prove(text: string): Promise<KnownKey> {
    const parsed = parseKey(text);
    if ("why" in parsed) throw governanceErrors.key_invalid({ why: parsed.why });
    const known = await knownKeys.find(parsed.id);
    if (!known || !isSame(known.key.hash, hashKey(text, deps.installationSecret))) {
      throw governanceErrors.key_invalid({ why: "this installation does not know it" });
    }
    proven.set(text, parsed.id);
    return known;
  }

  return {
    async byKey(text) {
      if (!text) throw governanceErrors.key_missing({});
      const id = proven.get(text);
      const known = (id !== undefined && (await knownKeys.find(id))) || (await prove(text));
      return checkLife(known);
    },
    async byKeyId(id) {
      const known = await knownKeys.find(id);
      if (!known) throw governanceErrors.key_invalid({ why: "it is gone" });
      return checkLife(known);
    },
    person: createPersonFinder(deps.directory, config.identities_max),
  };
}

function isSame(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
