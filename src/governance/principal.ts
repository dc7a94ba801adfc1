// Who is calling, as far as the rest of the program needs to know.
import { OWN_ORGANISATION, type RoleName, type SubjectKind } from "../policy/index.ts";
import type { Rule } from "./budgets/rules.ts";
import type { Scope } from "./contract.ts";
import { governanceErrors } from "./errors.ts";

export interface Principal {
  readonly kind: SubjectKind;
  /** What it may do is said by policies for these. */
  readonly roles: readonly RoleName[];
  readonly organisation: string;
  /** Of an agent or a service that acts for somebody: it may do nothing that they may not. */
  readonly onBehalfOf?: Principal;
  /** Of a key; for people and machines without one, `person:` or `service:` and their name. */
  readonly keyId: string;
  readonly keyName: string;
  readonly scopes: readonly Scope[];
  readonly user: string | null;
  readonly team: string | null;
  readonly project: string | null;
  /** What the key, its user, team and project carry of their own; the config's caps hold beside them. */
  readonly ownCaps?: readonly Rule[];
  /** Those that it may call; left out where it may call any. */
  readonly models?: readonly string[];
}

/** Throws `governance.scope_missing`. An admin may do everything. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.includes("admin") || principal.scopes.includes(scope)) return;
  throw governanceErrors.scope_missing({ key: principal.keyId, scope });
}

/** What provisions people is nobody else: it has a door of its own, and no role opens it. */
const ROLE_OF_SCOPE: Record<Exclude<Scope, "scim">, RoleName> = { call: "member", read: "auditor", admin: "owner" };

/** Keys that were made with scopes alone. */
export const rolesOfScopes = (scopes: readonly Scope[]): RoleName[] =>
  scopes.flatMap((scope) => (scope === "scim" ? [] : [ROLE_OF_SCOPE[scope]]));

/** What a role comes to where scopes are asked for still. */
const SCOPES_OF_ROLE: Record<RoleName, readonly Scope[]> = {
  owner: ["admin"],
  admin: ["admin"],
  operator: ["call", "read"],
  developer: ["call", "read"],
  reviewer: ["read"],
  auditor: ["read"],
  member: ["call"],
  child: ["call"],
};

export const scopesOfRoles = (roles: readonly RoleName[]): Scope[] => [
  ...new Set(roles.flatMap((role) => SCOPES_OF_ROLE[role])),
];

/** The kind, roles and organisation of a key that says nothing else. */
export const plainKey = (scopes: readonly Scope[]): Pick<Principal, "kind" | "roles" | "organisation"> => ({
  kind: "key",
  roles: rolesOfScopes(scopes),
  organisation: OWN_ORGANISATION,
});
