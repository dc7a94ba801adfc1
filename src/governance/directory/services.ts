// A machine that was proven to be somebody without a key of ours (identity): as a principal, under the caps of the user, team
// and project that it counts for.
import { LRUCache } from "lru-cache";
import type { RoleName } from "../../policy/index.ts";
import { createKeySchema } from "../contract.ts";
import { governanceErrors } from "../errors.ts";
import { callerOf } from "../keys/caller.ts";
import type { StoredKey } from "../keys/store.ts";
import { type Principal, scopesOfRoles } from "../principal.ts";
import type { Directory } from "./directory.ts";

export interface ProvenService {
  /** Unlike every other's. */
  name: string;
  roles: readonly RoleName[];
  organisation: string;
  user: string | null;
  team: string | null;
  project: string | null;
  models: readonly string[] | null;
}

/** Throws `governance.not_in_directory` and `governance.disabled`. The same object as long as nothing changes. */
export type ServiceFinder = (service: ProvenService) => Principal;

export function createServiceFinder(
  directory: Directory,
  { identities_max, isStrict }: { identities_max: number; isStrict: boolean },
): ServiceFinder {
  const known = new LRUCache<string, { version: number; principal: Principal }>({ max: identities_max });
  return (service) => {
    const { name, roles, organisation, user, team, project, models } = service;
    const as = JSON.stringify([name, roles, organisation, user, team, project, models]);
    const last = known.get(as);
    if (last?.version === directory.version()) return last.principal;
    const principal = principalOf(service, directory, isStrict);
    known.set(as, { version: directory.version(), principal });
    return principal;
  };
}

/** What a key would have that said the same. */
function principalOf(service: ProvenService, directory: Directory, isStrict: boolean): Principal {
  const { name, roles, organisation, user, team, project, models } = service;
  const scopes = scopesOfRoles(roles);
  const as: StoredKey = {
    ...createKeySchema.parse({ name: "service", scopes: ["call"], user, team, project, models }),
    id: `service:${name}`,
    hash: "",
    created_at_ms: 0,
    revoked_at_ms: null,
    created_by: null,
    last_used_at_ms: null,
    previous_hash: null,
    previous_until_ms: null,
    revision: 0,
  };
  const { principal, disabled, unknown } = callerOf(as, directory, isStrict);
  if (disabled !== undefined) throw governanceErrors.disabled({ whose: disabled });
  if (unknown) throw governanceErrors.not_in_directory(unknown);
  return { ...principal, kind: "service", roles, scopes, organisation, keyName: name };
}
