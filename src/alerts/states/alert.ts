// An alert: one series of one rule that is too bad, or was a moment ago. What is well has none.
import type { Labels } from "../dimensions.ts";
import type { RuleKind, Severity } from "../rules/config.ts";
import type { Facts, Unit } from "../rules/reading.ts";

export const alertStates = ["pending", "firing", "resolved"] as const;
export type AlertState = (typeof alertStates)[number];

export interface Alert {
  id: string;
  rule: string;
  kind: RuleKind;
  labels: Labels;
  severity: Severity;
  state: AlertState;
  /** Why it fires though nothing is known, or was resolved though it never got well. */
  reason: "no_data" | "gone" | null;
  value: number | null;
  threshold: number | null;
  unit: Unit;
  facts: Facts;
  /** Since when it is too bad. */
  sinceMs: number;
  firedAtMs: number | null;
  resolvedAtMs: number | null;
  /** Since when it is well, or nothing is known of it; for as long as it fires all the same. */
  wellSinceMs: number | null;
  seenAtMs: number;
}

export interface Change {
  alert: Alert;
  from: AlertState | "well";
  to: AlertState | "well";
}
