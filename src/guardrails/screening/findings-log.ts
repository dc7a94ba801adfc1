// What guardrails found in one call, for its record: kinds and places, never what was found.
import { guardrailsErrors } from "../errors.ts";
import type { AppError } from "../../kernel/index.ts";
import type { Side } from "../contract.ts";
import type { Decided, Mode } from "../policies/policy.ts";

export interface GuardrailFinding {
  name: string;
  outcome: string;
  side?: string;
  kind?: string;
  detector?: string;
  score?: number;
  place?: string;
  start?: number;
  end?: number;
}

export interface FindingsLog {
  readonly findings: GuardrailFinding[];
  add(found: Decided, where: { side: Side; place: string }): void;
  /** A check could not be made. */
  failed(policy: string, check: string, side: Side): void;
}

const OUTCOMES: Record<Mode, string> = { observe: "observed", mask: "masked", block: "blocked", ask: "asked" };

export function createFindingsLog(findingsMax: number): FindingsLog {
  const findings: GuardrailFinding[] = [];
  const add = (finding: GuardrailFinding): void => {
    if (findings.length < findingsMax) findings.push(finding);
  };
  return {
    findings,
    add({ policy, mode, kind, detector, score, start, end }, { side, place }) {
      const outcome = OUTCOMES[mode];
      add({ name: policy, outcome, side, kind, detector, score: rounded(score), place, start, end });
    },
    failed: (name, detector, side) => add({ name, outcome: "failed", side, detector }),
  };
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}

/** What a person must agree to before it goes on. */
export interface Asked {
  policy: string;
  kind: string;
  side: string;
  why: string;
  /** Roles that may agree; left out where the policy names none. */
  approvers?: readonly string[] | undefined;
}

export function askedOf({ policy, kind, why }: Decided, side: Side): Asked {
  return { policy, kind, side: SIDE_NAMES[side], why };
}

/** The error of what must not go on. */
export function refusalOf({ policy, kind, mode, why }: Decided, side: Side): AppError {
  const told = { policy, kind, side: SIDE_NAMES[side], why };
  // Where nobody can be asked, as of a stream that is under way.
  return mode === "ask" ? guardrailsErrors.needs_approval(told) : guardrailsErrors.blocked(told);
}

const SIDE_NAMES: Record<Side, string> = {
  input: "request",
  output: "answer",
  tool_arguments: "tool call",
  tool_result: "tool result",
  retrieved: "retrieved text",
};
