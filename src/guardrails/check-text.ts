// What guardrails find in a text that somebody gives them to try, and how they are shown.
import { applyEdits } from "../providers/index.ts";
import type { CheckedText, Detector, GuardrailsView, Side } from "./contract.ts";
import { mindedAs } from "./policies/meant-by.ts";
import type { NamedPolicy, SideChecks } from "./policies/policy.ts";
import { findInText } from "./screening/find-in-text.ts";
import { maskOf } from "./screening/screen-texts.ts";

export function checkText(text: string, side: Side, checks: SideChecks): CheckedText {
  const found = findInText(text, checks, { side, isFinal: true });
  const masked = found.filter(({ mode }) => mode === "mask").map((each) => maskOf(each, { text, isJson: false }));
  return { outcome: outcomeOf(found.map(({ mode }) => mode)), findings: found, text: applyEdits(text, masked) };
}

function outcomeOf(modes: readonly string[]): CheckedText["outcome"] {
  if (modes.includes("block")) return "blocked";
  if (modes.includes("ask")) return "asked";
  if (modes.includes("mask")) return "masked";
  return modes.length > 0 ? "observed" : "passed";
}

/** All detectors, as if a policy only looked. */
export function everything(detectors: readonly Detector[]): SideChecks {
  const minded = new Set(
    detectors.flatMap(({ name, kinds }) => kinds.map((kind) => mindedAs({ detector: name, kind }))),
  );
  return { checks: [{ policy: "all", minded, mode: "observe", scoreMin: 0 }], detectors };
}

const MORE = ["spotlight", "canary", "taint", "grounding", "length_max", "outside", "judge"] as const;

export function viewOf(policies: readonly NamedPolicy[], detectors: readonly Detector[]): GuardrailsView {
  return {
    policies: policies.map(({ name, config: { applies_to, checks, ...more } }) => ({
      name,
      applies_to,
      checks,
      more: MORE.filter((what) => isSet(more[what])),
    })),
    detectors: detectors.map(({ name, kinds, reach }) => ({ name, kinds: [...kinds], reach })),
  };
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.values(value).some((inner) => inner !== undefined);
  return value !== undefined && value !== "off";
}
