// Whether a call may be served: what policies say, the models that the key names, and how many calls it has in flight.
import { createGate, type Gate } from "../kernel/index.ts";
import type { Decision } from "../policy/index.ts";
import type { Authority } from "./authority/authority.ts";
import type { Header } from "./authority/circumstances.ts";
import { isModelNamed } from "./authority/named-models.ts";
import { governanceErrors } from "./errors.ts";
import type { Principal } from "./principal.ts";
import type { Switches } from "./switches/switches.ts";

export interface Admission {
  /** What allowed the call; stands on its record. */
  authority: { policy: string; rule: string };
  /** What the policies that allowed it demand besides, such as `mask:pii`. */
  obligations: readonly string[];
  /** Gives back what the call held. Call it once, however the call ended. */
  release(): void;
}

export type Admit = (principal: Principal, model: string, header?: Header) => Admission;

const MODELS_NAMED = "builtin.models";
const RETRY_AFTER_MS = 1000;

/**
 * `admit(principal, model)`, with the model as the caller named it, throws `governance.forbidden`, `governance.scope_missing`,
 * `governance.switched_off`, `governance.model_not_allowed` or `governance.too_many_calls`.
 */
export function createAdmission(
  callsPerKeyMax: number,
  authority: Pick<Authority, "requireCall">,
  switches: Pick<Switches, "thrown">,
): Admit {
  const gates = new Map<string, Gate>();
  const nameAuthority = createAuthorityNames();
  return (principal, model, header) => {
    const decision = authority.requireCall(principal, model, header);
    const off = switches.thrown?.ofCall({ principal, model });
    if (off) throw off;
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
      authority: nameAuthority(decision, principal.models !== undefined),
      obligations: decision.obligations,
      release() {
        gate.leave();
        // Keys without calls in flight take no memory.
        if (gate.inside === 0) gates.delete(principal.keyId);
      },
    };
  };
}

/** What stands on records: one object for each decision, which is kept by the policies. */
function createAuthorityNames(): (decision: Decision, isNamed: boolean) => Admission["authority"] {
  const known = new WeakMap<Decision, Admission["authority"]>();
  return (decision, isNamed) => {
    const there = known.get(decision) ?? { policy: decision.policies.join(", "), rule: decision.why };
    known.set(decision, there);
    return isNamed ? { ...there, policy: `${there.policy}, ${MODELS_NAMED}` } : there;
  };
}

function requireModel({ keyId }: Principal, models: readonly string[], model: string): void {
  if (isModelNamed(models, model)) return;
  throw governanceErrors.model_not_allowed({ key: keyId, model, allowed: models.join(", ") || "no model at all" });
}
