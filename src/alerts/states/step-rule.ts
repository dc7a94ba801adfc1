// One rule's alerts after it was read: those that go on, and what has changed. Pure.
import { fingerprintOf } from "../dimensions.ts";
import type { Rule } from "../rules/config.ts";
import type { Reading, Sample } from "../rules/reading.ts";
import type { Alert, Change } from "./alert.ts";
import { stepAlert } from "./step-alert.ts";

export interface RuleStep {
  ruleName: string;
  /** Undefined where it was deleted or turned off: what it told of is resolved. */
  rule: Rule | undefined;
  /** Undefined where it could not be read: all stays as it was. */
  reading: Reading | undefined;
  /** Pending and firing. */
  open: readonly Alert[];
  nowMs: number;
  newId(): string;
  keepUnknownMs: number;
  /** Alerts of one rule at the most. */
  alertsMax: number;
}

export interface Stepped {
  /** Open from now on, with their newest figures. */
  open: Alert[];
  changes: Change[];
}

export function stepRule(step: RuleStep): Stepped {
  const { rule, reading, open, nowMs } = step;
  if (!rule || !rule.enabled) return closeAll(open, nowMs);
  if (!reading) return { open: [...open], changes: [] };
  const stepped: Stepped = { open: [], changes: [] };
  const openOf = new Map(open.map((alert) => [fingerprintOf(alert.labels), alert]));
  const samples = new Map(reading.samples.map((sample) => [fingerprintOf(sample.labels), sample]));
  const absent = open
    .filter(({ labels }) => !samples.has(fingerprintOf(labels)))
    .map((alert) => sampleOfAbsent(alert, reading.absent));
  // Those that are open keep their place; new ones get what is left.
  let room = Math.max(0, step.alertsMax - open.length);
  for (const sample of [...samples.values(), ...absent]) {
    const before = openOf.get(fingerprintOf(sample.labels));
    if (!before && room === 0) continue;
    const after = stepAlert({ ...step, rule, open: before, sample });
    if (!before && after) room -= 1;
    note(stepped, before, after);
  }
  return stepped;
}

function note(stepped: Stepped, before: Alert | undefined, after: Alert | undefined): void {
  if (after && after.state !== "resolved") stepped.open.push(after);
  const alert = after ?? before;
  const from = before?.state ?? "well";
  const to = after?.state ?? "well";
  if (alert && from !== to) stepped.changes.push({ alert, from, to });
}

function sampleOfAbsent(alert: Alert, state: "clear" | "unknown"): Sample {
  const { labels, threshold, unit, facts, severity } = alert;
  return { labels, state, value: alert.value, threshold, unit, facts, severity };
}

function closeAll(open: readonly Alert[], nowMs: number): Stepped {
  const changes = open.map((alert): Change => {
    if (alert.state === "pending") return { alert, from: "pending", to: "well" };
    const resolved: Alert = { ...alert, state: "resolved", reason: "gone", resolvedAtMs: nowMs };
    return { alert: resolved, from: "firing", to: "resolved" };
  });
  return { open: [], changes };
}
