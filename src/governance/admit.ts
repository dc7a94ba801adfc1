// Whether a call may be served. Today: the key's scope, and how many calls it has in flight; budgets and policies join here.
import { createGate, type Gate } from "../kernel/index.ts";
import { governanceErrors } from "./errors.ts";
import { type Principal, requireScope } from "./principal.ts";

export interface Admission {
  /** What allowed the call; stands on its record. */
  authority: { policy: string; rule: string };
  /** Gives back what the call held. Call it once, however the call ended. */
  release(): void;
}

const AUTHORITY = { policy: "builtin.scopes", rule: "a key with the scope call may call any model" };
const RETRY_AFTER_MS = 1000;

/** `admit(principal)` throws `governance.scope_missing` or `governance.too_many_calls`. */
export function createAdmission(callsPerKeyMax: number): (principal: Principal) => Admission {
  const gates = new Map<string, Gate>();
  return (principal) => {
    requireScope(principal, "call");
    const gate = gates.get(principal.keyId) ?? createGate(callsPerKeyMax);
    if (!gate.tryEnter())
      throw governanceErrors.too_many_calls({
        key: principal.keyId,
        max: callsPerKeyMax,
        retryAfterMs: RETRY_AFTER_MS,
      });
    gates.set(principal.keyId, gate);
    return {
      authority: AUTHORITY,
      release() {
        gate.leave();
        // Keys without calls in flight take no memory.
        if (gate.inside === 0) gates.delete(principal.keyId);
      },
    };
  };
}
