// Who is calling, as far as the rest of the program needs to know.
import type { Rule } from "./budgets/rules.ts";
import type { Scope } from "./contract.ts";
import { governanceErrors } from "./errors.ts";

export interface Principal {
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
