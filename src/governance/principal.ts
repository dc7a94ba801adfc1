// Who is calling, as far as the rest of the program needs to know.
import type { Scope } from "./contract.ts";
import { governanceErrors } from "./errors.ts";

export interface Principal {
  readonly keyId: string;
  readonly keyName: string;
  readonly scopes: readonly Scope[];
  readonly user: string | null;
  readonly team: string | null;
  readonly project: string | null;
}

/** Throws `governance.scope_missing`. An admin may do everything. */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.includes("admin") || principal.scopes.includes(scope)) return;
  throw governanceErrors.scope_missing({ key: principal.keyId, scope });
}
