// What policies of authority demand of a call (`@obligation`), as guardrail policies that hold for it, whomever they are for otherwise:
// `guardrails:NAME` is a policy of the config or, where it has none of that name, a detector that blocks what it finds (`child_safe`);
// `mask:KIND`, `block:KIND` and so on are a single check. What names nothing is no permission to go without.
import { modes, policySchema } from "../config.ts";
import type { Detector } from "../contract.ts";
import { guardrailsErrors } from "../errors.ts";
import { meantBy } from "./meant-by.ts";
import type { Mode, NamedPolicy } from "./policy.ts";

export interface Known {
  policies: readonly NamedPolicy[];
  detectors(): readonly Detector[];
}

/** Throws `guardrails.unknown_demand`. */
export function policyDemanded(obligation: string, { policies, detectors }: Known): NamedPolicy {
  const colon = obligation.indexOf(":");
  const [what, name] = [obligation.slice(0, colon), obligation.slice(colon + 1)];
  const isNamed = what === "guardrails";
  const set = isNamed ? policies.find((policy) => policy.name === name) : undefined;
  if (set) return set;
  const mode = isNamed ? "block" : modeIn(what);
  if (!mode || !meantBy(name, detectors())) throw guardrailsErrors.unknown_demand({ obligation });
  return { name: isNamed ? name : obligation, config: policySchema.parse({ checks: [{ kinds: [name], mode }] }) };
}

function modeIn(text: string): Mode | undefined {
  return modes.find((mode) => mode === text);
}
