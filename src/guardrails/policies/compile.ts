// The policies that apply to a call, as one: made once for each set of them.
import { hash } from "node:crypto";
import type { Detector } from "../contract.ts";
import { type ChecksBySide, compileChecks, type Mode, type NamedPolicy } from "./policy.ts";

export interface CompiledPolicies {
  /** By what they say: the same policies have the same. */
  id: string;
  names: readonly string[];
  policies: readonly NamedPolicy[];
  bySide: ChecksBySide;
  unmasks: boolean;
  refusesUnreadable: boolean;
  screensAnswers: boolean;
  wantsWholeAnswer: boolean;
  /** For system prompts. */
  canaryWord: string;
}

export interface CompileDeps {
  detectors: readonly Detector[];
  /** Of this installation: canaries come from it. */
  secret: string;
}

export function compilePolicies(
  policies: readonly NamedPolicy[],
  { detectors, secret }: CompileDeps,
): CompiledPolicies {
  const bySide = compileChecks(policies, detectors);
  const id = hash("sha256", JSON.stringify(policies.map(({ config }) => config)), "hex").slice(0, ID_LENGTH);
  return {
    id,
    canaryWord: hash("sha256", `canary ${secret} ${id}`, "hex").slice(0, CANARY_LENGTH),
    wantsWholeAnswer: policies.some(({ config }) => needsWhole(config) || asksOfAnswers(config)),
    names: policies.map(({ name }) => name),
    policies,
    bySide,
    unmasks: policies.every(({ config }) => config.unmask),
    refusesUnreadable: policies.some(({ config }) => config.unreadable === "refuse" && holdsBack(config)),
    screensAnswers:
      bySide.output.checks.length > 0 ||
      bySide.tool_arguments.checks.length > 0 ||
      policies.some(({ config }) => looksAtAnswers(config)),
  };
}

const ID_LENGTH = 24;
const CANARY_LENGTH = 16;

function needsWhole({ grounding, outside, judge }: NamedPolicy["config"]): boolean {
  return (
    grounding !== undefined || outside.some(({ on }) => on.some(isOfAnswers)) || judge?.on.some(isOfAnswers) === true
  );
}

function isOfAnswers(side: string): boolean {
  return side === "output" || side === "tool_arguments";
}

/** Whether a person may have to agree to an answer: what was given out cannot be held. */
export function asksOfAnswers({ checks, canary, taint, outside, judge }: NamedPolicy["config"]): boolean {
  const looks = [...checks, ...outside, ...(judge ? [judge] : [])];
  return canary === "ask" || taint === "ask" || looks.some(({ mode, on }) => mode === "ask" && on.some(isOfAnswers));
}

/** Whether it does more than to note what it sees. */
function holdsBack({ checks, outside, judge }: NamedPolicy["config"]): boolean {
  const modes: (Mode | undefined)[] = [
    ...checks.map(({ mode }) => mode),
    ...outside.map(({ mode }) => mode),
    judge?.mode,
  ];
  return modes.some((mode) => mode !== undefined && mode !== "observe");
}

function looksAtAnswers({
  canary,
  taint,
  grounding,
  length_max: length,
  outside,
  judge,
}: NamedPolicy["config"]): boolean {
  return (
    canary !== undefined ||
    taint !== undefined ||
    grounding !== undefined ||
    length.output !== undefined ||
    outside.some(({ on }) => on.some(isOfAnswers)) ||
    judge?.on.some(isOfAnswers) === true
  );
}
