// What planning comes to: ordered attempts, each with its reason, and what was considered besides.
import type { Considered } from "../../ledger/contract.ts";
import type { Target } from "../../providers/index.ts";
import type { Pin } from "./affinity.ts";
import type { CompoundSpec, ShadowSpec } from "./language/compound.ts";

export interface PlannedAttempt {
  target: Target;
  reason: string;
  /** The name of the credential that the conversation's cache is kept under. */
  credential?: string | undefined;
}

export interface Plan {
  route: { name: string; strategy: string; reason: string };
  considered: Considered[];
  /** What is tried, in order, until one answers. */
  attempts: PlannedAttempt[];
  /** Where the route keeps conversations together. */
  conversation?: Conversation | undefined;
  /** Where several are asked for one answer. */
  compound?: CompoundPlan | undefined;
  /** Who may get a copy of the call. */
  shadows?: ShadowSpec | undefined;
}

export interface CompoundPlan {
  spec: CompoundSpec;
  /** In the order in which they are written; one may stand there more than once. */
  members: readonly PlannedAttempt[];
  judge: Judge | undefined;
}

/** The one that is named; or why it cannot be asked. */
export type Judge = { target: Target; lack?: undefined } | { target?: undefined; name: string; lack: string };

export interface Conversation {
  key: string;
  pin: Pin | undefined;
  inputTokens: number;
  /** Its own target cannot serve this turn. */
  isAway: boolean;
}

const WITHOUT_ROUTE: ReadonlySet<string> = new Set(["direct", "native", "shadow"]);

/** The name of the route; undefined where the caller named a model or a vendor, and of copies. */
export function routeOf({ route: { name, strategy } }: Plan): string | undefined {
  return WITHOUT_ROUTE.has(strategy) ? undefined : name;
}

interface InTurn extends Omit<PlannedAttempt, "reason"> {
  why?: string;
}

/** Each target has its turn before any is tried again. */
export function repeatInTurn(targets: readonly InTurn[], attemptsMax: number, isInOrder = true): PlannedAttempt[] {
  const attempts: PlannedAttempt[] = [];
  for (let round = 0; attempts.length < attemptsMax; round += 1) {
    for (const { target, why, credential } of targets.slice(0, attemptsMax - attempts.length)) {
      const isFirst = attempts.length === 0;
      const reason = isFirst && why !== undefined && !isInOrder ? `first: ${why}` : reasonFor(round, attempts.length);
      attempts.push({ target, reason, credential });
    }
  }
  return attempts;
}

function reasonFor(round: number, place: number): string {
  if (place === 0) return "first in order";
  return round === 0 ? "next in order, after the one before failed" : "tried again, after all in order failed";
}
