// The guardrails of the configuration: for a call the policies that apply to it, put together once for each set of them; and texts
// that somebody wants to see checked.
import type { World } from "../kernel/index.ts";
import { createProbing, type Probing } from "./checks/probing.ts";
import type { GuardrailsConfig } from "./config.ts";
import type { Detector, Side } from "./contract.ts";
import { guardrailsErrors } from "./errors.ts";
import { createOutside, type OutsideDeps } from "./outside/outside.ts";
import { type CompiledPolicies, compilePolicies } from "./policies/compile.ts";
import { type Caller, namedPolicies, type NamedPolicy, policiesFor, type SideChecks } from "./policies/policy.ts";
import { type CallGuard, createCallGuard } from "./screening/call-guard.ts";
import { createFindingsLog } from "./screening/findings-log.ts";
import { findInText } from "./screening/find-in-text.ts";
import { maskOf } from "./screening/screen-texts.ts";
import { applyEdits } from "../providers/index.ts";
import type { CheckedText, GuardrailsView } from "./contract.ts";

export interface Guardrails {
  /** Undefined where no policy applies: then there is nothing to do. */
  forCall(caller: Caller): CallGuard | undefined;
  /** What a policy, or all that is known, finds in a text; nothing of it is kept. Throws `guardrails.unknown_policy`. */
  check(text: string, wanted: { side: Side; policy?: string | undefined }): CheckedText;
  view(): GuardrailsView;
  /** Others in their place, from the next call on. */
  replace(config: GuardrailsConfig): void;
}

export interface GuardrailsDeps extends OutsideDeps {
  world: Pick<World, "fetch" | "random" | "nowMs">;
  detectors: readonly Detector[];
}

/** Sets of policies that are kept put together. */
const SETS_MAX = 1000;

export function createGuardrails(first: GuardrailsConfig, deps: GuardrailsDeps): Guardrails {
  const { detectors, world } = deps;
  const outside = createOutside(deps);
  const secret = String(world.random());
  let config = first;
  let policies = namedPolicies(first);
  let probing = probingFor(first, world);
  const compiled = new Map<string, CompiledPolicies>();

  function compiledFor(applying: readonly NamedPolicy[]): CompiledPolicies {
    const key = applying.map(({ name }) => name).join("\n");
    const known = compiled.get(key);
    if (known) return known;
    const made = compilePolicies(applying, { detectors, secret });
    if (compiled.size >= SETS_MAX) compiled.clear();
    compiled.set(key, made);
    return made;
  }

  function policyNamed(name: string): NamedPolicy {
    const found = policies.find((policy) => policy.name === name);
    if (found) return found;
    throw guardrailsErrors.unknown_policy({ name, known: policies.map((policy) => policy.name), param: "policy" });
  }

  return {
    forCall(caller) {
      if (policies.length === 0) return undefined;
      const applying = policiesFor(policies, caller);
      if (applying.length === 0) return undefined;
      const { hold_back_max: holdBackMax, findings_max: findingsMax } = config;
      return createCallGuard(compiledFor(applying), {
        holdBackMax,
        findingsMax,
        outside,
        countAlike: probing && ((text) => probing?.note(caller.keyId, text) ?? 0),
        alikeMin: config.probing.similar_min,
      });
    },
    check(text, { side, policy }) {
      const checks = policy === undefined ? everything(detectors) : compiledFor([policyNamed(policy)]).bySide[side];
      const found = findInText(text, checks, { side, isFinal: true });
      const log = createFindingsLog(config.findings_max);
      for (const each of found) log.add(each, { side, place: "" });
      const masked = found.filter(({ mode }) => mode === "mask").map((each) => maskOf(each, { text, isJson: false }));
      return {
        outcome: found.some(({ mode }) => mode === "block") ? "blocked" : outcomeOf(found.map(({ mode }) => mode)),
        findings: found.map(({ kind, start, end, score, detector, why, mode, policy: by }) => ({
          kind,
          start,
          end,
          score,
          detector,
          why,
          mode,
          policy: by,
        })),
        text: applyEdits(text, masked),
      };
    },
    view: () => ({
      policies: policies.map(({ name, config: { applies_to, checks, ...more } }) => ({
        name,
        applies_to,
        checks,
        more: MORE.filter((what) => isSet(more[what])),
      })),
      detectors: detectors.map(({ name, kinds, reach }) => ({ name, kinds: [...kinds], reach })),
    }),
    replace(next) {
      config = next;
      policies = namedPolicies(next);
      probing = probingFor(next, world);
      compiled.clear();
    },
  };
}

function probingFor({ probing }: GuardrailsConfig, { nowMs }: GuardrailsDeps["world"]): Probing | undefined {
  return probing.enabled ? createProbing(probing, nowMs) : undefined;
}

function outcomeOf(modes: readonly string[]): CheckedText["outcome"] {
  if (modes.includes("ask")) return "asked";
  if (modes.includes("mask")) return "masked";
  return modes.length > 0 ? "observed" : "passed";
}

/** All detectors, as if a policy only looked. */
function everything(detectors: readonly Detector[]): SideChecks {
  const kinds = new Set(detectors.flatMap((detector) => detector.kinds));
  return { checks: [{ policy: "all", kinds, mode: "observe", scoreMin: 0 }], detectors };
}

const MORE = ["spotlight", "canary", "taint", "grounding", "length_max", "outside", "judge"] as const;

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.values(value).some((inner) => inner !== undefined);
  return value !== undefined && value !== "off";
}
