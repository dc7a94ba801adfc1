// Who shares answers with whom. A scope is part of every key, so that nothing is found from outside of it.
import { ofOrganisation, type Principal } from "../../../governance/index.ts";
import type { DataOwner } from "../../../kernel/index.ts";
import { OWN_ORGANISATION } from "../../../policy/index.ts";
import type { CacheConfig } from "../config.ts";

/** What is not said is not part of the scope. */
export interface Scope {
  /** Of tenants: nothing is shared between organisations. */
  organisation?: string;
  team?: string;
  project?: string;
  user?: string;
  key_id?: string;
  /** Whom the caller names beside the key: it makes a scope narrower, and never another's. */
  named_user?: string;
}

/** As JSON, the same for the same: the scope itself; where a key has no such thing, the next narrower one. */
export function scopeOf(
  principal: Principal,
  { scope, namedUser }: { scope: CacheConfig["scope"]; namedUser: string | null },
): string {
  const { keyId, project, team, user } = principal;
  const textOf = (parts: Parts): string => asText({ ...ofOrganisation(principal), ...parts });
  if (scope === "installation") return textOf({});
  // A project's name counts within its team only.
  if (scope === "project" && project !== null) return textOf({ team, project });
  if ((scope === "project" || scope === "team") && team !== null) return textOf({ team });
  const named_user = scope === "user" || scope === "key" ? namedUser : null;
  if (scope !== "key" && user !== null) return textOf({ team, project, user, named_user });
  return textOf({ key_id: keyId, named_user });
}

/** The same, remembered for as long as governance remembers whose key it is. */
export function createScopes(scope: CacheConfig["scope"]): (principal: Principal, namedUser: string | null) => string {
  const known = new WeakMap<Principal, string>();
  return (principal, namedUser) => {
    if (namedUser !== null) return scopeOf(principal, { scope, namedUser });
    const found = known.get(principal) ?? scopeOf(principal, { scope, namedUser });
    known.set(principal, found);
    return found;
  };
}

type Parts = { [Part in keyof Scope]: string | null };

function asText(parts: Parts): string {
  return JSON.stringify(Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null)));
}

/** Whether a scope is one of those meant, by the parts that are said. */
export function isWithin(scope: string, meant: Scope): boolean {
  const parts = JSON.parse(scope) as Record<string, string>;
  return Object.entries(meant).every(([part, value]) => parts[part] === value);
}

/** Whose key seals what is kept for a scope: what is shared by more than one of them is erased with what they share alone. */
export function ownerOfScope(scope: string): DataOwner {
  const {
    organisation = OWN_ORGANISATION,
    project = null,
    user = null,
    named_user: named = user,
    key_id: keyId = "cache",
  } = JSON.parse(scope) as Scope;
  return { organisation, project, user: named, keyId };
}

/**
 * Where answers are kept for this subject of an erasure alone, and at the least: what is kept for the same name elsewhere goes with it,
 * and is only asked anew.
 */
export function scopesOfSubject({ user, project, key, organisation }: Subject): Scope[] {
  // Our own organisation is part of no scope.
  const of = organisation === undefined || organisation === OWN_ORGANISATION ? {} : { organisation };
  if (user !== undefined)
    return [
      { ...of, user },
      { ...of, named_user: user },
    ];
  return [{ ...of, ...(project !== undefined && { project }), ...(key !== undefined && { key_id: key }) }];
}

interface Subject {
  user?: string | undefined;
  project?: string | undefined;
  key?: string | undefined;
  organisation?: string | undefined;
}
