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

const ROLE_OF_SCOPE: Record<Scope, RoleName> = { call: "member", read: "auditor", admin: "owner" };

/** Keys that were made with scopes alone. */
export const rolesOfScopes = (scopes: readonly Scope[]): RoleName[] => scopes.map((scope) => ROLE_OF_SCOPE[scope]);

/** The kind, roles and organisation of a key that says nothing else. */
export const plainKey = (scopes: readonly Scope[]): Pick<Principal, "kind" | "roles" | "organisation"> => ({
  kind: "key",
  roles: rolesOfScopes(scopes),
  organisation: OWN_ORGANISATION,
});
