// Whether a call may be served: the key's scope, the models that it may call, and how many calls it has in flight.
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
const NAMED_AUTHORITY = { policy: "builtin.models", rule: "the key names this model among those that it may call" };
const RETRY_AFTER_MS = 1000;

/**
 * `admit(principal, model)`, with the model as the caller named it, throws `governance.scope_missing`,
 * `governance.model_not_allowed` or `governance.too_many_calls`.
 */
export function createAdmission(callsPerKeyMax: number): (principal: Principal, model: string) => Admission {
  const gates = new Map<string, Gate>();
  return (principal, model) => {
    requireScope(principal, "call");
    if (principal.models) requireModel(principal, principal.models, model);
    const gate = gates.get(principal.keyId) ?? createGate(callsPerKeyMax);
    if (!gate.tryEnter())
      throw governanceErrors.too_many_calls({
        key: principal.keyId,
        max: callsPerKeyMax,
        retryAfterMs: RETRY_AFTER_MS,
      });
    gates.set(principal.keyId, gate);
    return {
      authority: principal.models ? NAMED_AUTHORITY : AUTHORITY,
      release() {
        gate.leave();
        // Keys without calls in flight take no memory.
        if (gate.inside === 0) gates.delete(principal.keyId);
      },
    };
  };
}

/** `openai/*` allows every model of a vendor. */
function requireModel({ keyId }: Principal, models: readonly string[], model: string): void {
  const isAllowed = models.some(
    (each) => each === model || (each.endsWith("/*") && model.startsWith(each.slice(0, -1))),
  );
  if (isAllowed) return;
  throw governanceErrors.model_not_allowed({ key: keyId, model, allowed: models.join(", ") || "no model at all" });
}
