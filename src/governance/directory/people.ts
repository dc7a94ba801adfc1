// A person as a principal: the directory's user of that name, with the roles that identity knows.
import { LRUCache } from "lru-cache";
import { OWN_ORGANISATION, type RoleName } from "../../policy/index.ts";
import { governanceErrors } from "../errors.ts";
import { type Principal, scopesOfRoles } from "../principal.ts";
import type { Directory, KnownEntry } from "./directory.ts";

/**
 * Throws `governance.not_in_directory` and `governance.disabled`. The same object as long as nothing changes. `sinceMs` is when
 * this person was first heard of: a user of that name who was made later is another person.
 */
export type PersonFinder = (user: string, roles: readonly RoleName[], sinceMs: number) => Principal;

export function createPersonFinder(directory: Directory, max: number): PersonFinder {
  const known = new LRUCache<string, { version: number; principal: Principal }>({ max });
  return (user, roles, sinceMs) => {
    const entry = directory.find("user", user);
    if (!entry || entry.created_at_ms > sinceMs) throw governanceErrors.not_in_directory({ kind: "user", name: user });
    const as = `${roles.join(" ")} ${user}`;
    const last = known.get(as);
    if (last?.version === directory.version()) return last.principal;
    const principal = personOf({ user, roles, entry }, directory);
    known.set(as, { version: directory.version(), principal });
    return principal;
  };
}

interface Found {
  user: string;
  roles: readonly RoleName[];
  entry: KnownEntry;
}

function personOf({ user, roles, entry }: Found, directory: Directory): Principal {
  const [only, ...others] = entry.teams;
  const team = only !== undefined && others.length === 0 ? only : null;
  const ofTeam = team === null ? undefined : directory.find("team", team);
  if (entry.disabled) throw governanceErrors.disabled({ whose: `user ${user}` });
  if (ofTeam?.disabled) throw governanceErrors.disabled({ whose: `team ${team}` });
  const ownCaps = [...entry.rules, ...(ofTeam?.rules ?? [])];
  // What an admin gave beside what the provider's groups give.
  const allRoles = [...new Set([...roles, ...entry.roles])].toSorted();
  return {
    kind: "person",
    roles: allRoles,
    organisation: OWN_ORGANISATION,
    keyId: `person:${user}`,
    keyName: user,
    scopes: scopesOfRoles(allRoles),
    user,
    team,
    project: null,
    ...(ownCaps.length > 0 && { ownCaps }),
  };
}
