// What is kept of a call while its guardrails look at it.
import type { FoundOutside, Outside } from "../outside/outside.ts";
import type { CompiledPolicies } from "../policies/compile.ts";
import { guardrailsErrors } from "../errors.ts";
import type { Masks } from "../texts/masks.ts";
import type { CallChecks } from "./call-checks.ts";
import type { FindingsLog } from "./findings-log.ts";
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

export function screeningOf({ checks, log }: GuardState, masks?: Masks, outside?: FoundOutside): Screening {
  return { checks: checks.bySide, log, masks, outside };
}

/** Throws `guardrails.unreadable` unless the policies let such things pass. */
export function passUnread({ compiled }: GuardState, text: string, what: string): string {
  const { refusesUnreadable, names } = compiled;
  if (refusesUnreadable) throw guardrailsErrors.unreadable({ policies: names.join(", "), what });
  return text;
}
