// What is kept of a call while its guardrails look at it.
import type { FoundOutside, Outside } from "../outside/outside.ts";
import type { Side } from "../contract.ts";
import type { CompiledPolicies } from "../policies/compile.ts";
import type { Decided } from "../policies/policy.ts";
import { guardrailsErrors } from "../errors.ts";
import type { Masks } from "../texts/masks.ts";
import type { CallChecks } from "./call-checks.ts";
import { type Asked, askedOf, type FindingsLog } from "./findings-log.ts";
import type { Screening } from "./screen-texts.ts";

export interface GuardState extends CallGuardOptions {
  readonly compiled: CompiledPolicies;
  readonly log: FindingsLog;
  /** Of what was masked in the request, where that comes back. */
  masks: Masks | undefined;
  /** They know the request, once that was seen. */
  checks: CallChecks;
  /** The request as it goes on record. */
  shown: string | undefined;
  /** What a person must agree to, of what was looked at since it was last taken. */
  asked: Asked[];
}

export interface CallGuardOptions {
  obligations: readonly string[];
  holdBackMax: number;
  findingsMax: number;
  outside: Outside;
  /** How many requests of this caller were nearly this one lately; left out where nobody counts. */
  countAlike?: ((text: string) => number) | undefined;
  /** From so many on it is on record. */
  alikeMin: number;
}

export function screeningOf(state: GuardState, masks?: Masks, outside?: FoundOutside): Screening {
  const { checks, log } = state;
  return { checks: checks.bySide, log, masks, outside, onAsk: askingIn(state) };
}

/** Notes what a person must agree to, each once. */
export function askingIn({ asked, compiled }: GuardState): (found: Decided, side: Side) => void {
  return (found, side) => {
    const { approvers } = compiled.policies.find(({ name }) => name === found.policy)?.config ?? {};
    const ask = { ...askedOf(found, side), approvers };
    const isKnown = asked.some(
      (each) => each.policy === ask.policy && each.kind === ask.kind && each.side === ask.side,
    );
    if (!isKnown) asked.push(ask);
  };
}

/** Throws `guardrails.unreadable` unless the policies let such things pass. */
export function passUnread({ compiled }: GuardState, text: string, what: string): string {
  const { refusesUnreadable, names } = compiled;
  if (refusesUnreadable) throw guardrailsErrors.unreadable({ policies: names.join(", "), what });
  return text;
}
