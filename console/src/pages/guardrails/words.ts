// What guardrails do, as words and states.
import type { StateTone } from "../../components/figures/state-word.tsx";

export const outcomes = ["blocked", "asked", "masked", "observed", "failed"] as const;
export type FindingOutcome = (typeof outcomes)[number];

export const outcomeTones: Record<FindingOutcome, StateTone> = {
  blocked: "warn",
  asked: "warn",
  masked: "ok",
  observed: "off",
  failed: "fail",
};

/** Strange ones, of a later server, stand back. */
export function toneOf(outcome: string): StateTone {
  return outcomes.some((known) => known === outcome) ? outcomeTones[outcome as FindingOutcome] : "off";
}

export const modeWords: Record<string, string> = {
  observe: "observes",
  mask: "masks",
  ask: "asks a person",
  block: "blocks",
};

export const modeTones: Record<string, StateTone> = { observe: "off", mask: "ok", ask: "warn", block: "warn" };

export const sideWords: Record<string, string> = {
  input: "input",
  output: "output",
  tool_arguments: "arguments of tools",
  tool_result: "results of tools",
  retrieved: "retrieved text",
};

const sidesAll = Object.keys(sideWords).length;

export function describeSides(sides: readonly string[]): string {
  return sides.length === sidesAll ? "everywhere" : sides.map((side) => sideWords[side] ?? side).join(", ");
}

/** "routes helpdesk, invoices; teams support", or that it is for every call. */
export function describeScope(appliesTo: Readonly<Record<string, readonly string[] | undefined>>): string {
  const parts = Object.entries(appliesTo)
    .filter(([, names]) => names !== undefined && names.length > 0)
    .map(([what, names]) => `${what.replaceAll("_", " ")} ${names?.join(", ") ?? ""}`);
  return parts.length === 0 ? "every call" : parts.join("; ");
}
