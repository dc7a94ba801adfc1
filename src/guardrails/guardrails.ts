// The guardrails of the configuration: for a call the policies that apply to it, put together once for each set of them; and texts
// that somebody wants to see checked.
import type { World } from "../kernel/index.ts";
import { checkText, everything, viewOf } from "./check-text.ts";
import { createProbing, type Probing } from "./checks/probing.ts";
import type { GuardrailsConfig } from "./config.ts";
import type { CheckedText, Detector, GuardrailsView, Side } from "./contract.ts";
import { createDetectors } from "./detectors/index.ts";
import { guardrailsErrors } from "./errors.ts";
import { createOutside, type OutsideDeps } from "./outside/outside.ts";
import { asksOfAnswers, type CompiledPolicies, compilePolicies } from "./policies/compile.ts";
import { policyDemanded } from "./policies/demanded.ts";
import { type Caller, namedPolicies, type NamedPolicy, policiesFor } from "./policies/policy.ts";
import { type CallGuard, createCallGuard } from "./screening/call-guard.ts";

export interface Guardrails {
  /** Undefined where no policy applies: then there is nothing to do. Throws `guardrails.unknown_demand`. */
  forCall(caller: Caller): CallGuard | undefined;
  /** What a policy, or all that is known, finds in a text; nothing of it is kept. Throws `guardrails.unknown_policy`. */
  check(text: string, wanted: { side: Side; policy?: string | undefined }): CheckedText;
  /** Whether any policy may have a person asked about an answer. */
  asksOfAnswers(): boolean;
  view(): GuardrailsView;
  /** Others in their place, from the next call on. */
  replace(config: GuardrailsConfig): void;
}

export interface GuardrailsDeps extends OutsideDeps {
  world: Pick<World, "fetch" | "random" | "nowMs">;
  /** In place of those that the config makes. */
  detectors?: readonly Detector[];
}

/** Sets of policies that are kept put together. */
const SETS_MAX = 1000;

export function createGuardrails(first: GuardrailsConfig, deps: GuardrailsDeps): Guardrails {
  const outside = createOutside(deps);
  const canarySecret = String(deps.world.random());
  let live = liveFor(first, deps);

  function compiledFor(applying: readonly NamedPolicy[]): CompiledPolicies {
    const { compiled } = live;
    const key = applying.map(({ name }) => name).join("\n");
    const known = compiled.get(key);
    if (known) return known;
    const made = compilePolicies(applying, { detectors: live.detectors(), secret: canarySecret });
    if (compiled.size >= SETS_MAX) compiled.clear();
    compiled.set(key, made);
    return made;
  }

  function applyingTo(caller: Caller, obligations: readonly string[]): readonly NamedPolicy[] {
    const applying = policiesFor(live.policies, caller);
    if (obligations.length === 0) return applying;
    return [...new Set([...applying, ...obligations.map(demanded)])];
  }

  function demanded(obligation: string): NamedPolicy {
    const known = live.demanded.get(obligation);
    if (known) return known;
    const found = policyDemanded(obligation, live);
    if (live.demanded.size >= SETS_MAX) live.demanded.clear();
    live.demanded.set(obligation, found);
    if (asksOfAnswers(found.config)) live.asksOfAnswers = true;
    return found;
  }

  function policyNamed(name: string): NamedPolicy {
    const known = live.policies.map((policy) => policy.name);
    const found = live.policies.find((policy) => policy.name === name);
    if (!found) throw guardrailsErrors.unknown_policy({ name, known, param: "policy" });
    return found;
  }

  return {
    forCall(caller) {
      const { policies, config, probing } = live;
      const { obligations = [] } = caller;
      if (policies.length === 0 && obligations.length === 0) return undefined;
      const applying = applyingTo(caller, obligations);
      if (applying.length === 0) return undefined;
      return createCallGuard(compiledFor(applying), {
        obligations,
        holdBackMax: config.hold_back_max,
        findingsMax: config.findings_max,
        outside,
        countAlike: probing && ((text) => probing.note(caller.keyId, text)),
        alikeMin: config.probing.similar_min,
      });
    },
    check: (text, { side, policy }) =>
      checkText(
        text,
        side,
        policy === undefined ? everything(live.detectors()) : compiledFor([policyNamed(policy)]).bySide[side],
      ),
    asksOfAnswers: () => live.asksOfAnswers,
    view: () => viewOf(live.policies, live.detectors()),
    replace: (next) => void (live = liveFor(next, deps)),
  };
}

interface Live {
  config: GuardrailsConfig;
  policies: readonly NamedPolicy[];
  asksOfAnswers: boolean;
  /** Made when they are first asked for. */
  detectors(): readonly Detector[];
  probing: Probing | undefined;
  compiled: Map<string, CompiledPolicies>;
  /** By obligation. */
  demanded: Map<string, NamedPolicy>;
}

function liveFor(config: GuardrailsConfig, { world, detectors }: GuardrailsDeps): Live {
  let made = detectors;
  return {
    config,
    policies: namedPolicies(config),
    asksOfAnswers: Object.values(config.policies).some(asksOfAnswers),
    detectors: () => (made ??= createDetectors(config.detectors)),
    probing: config.probing.enabled ? createProbing(config.probing, world.nowMs) : undefined,
    compiled: new Map(),
    demanded: new Map(),
  };
}
