// What becomes of an alert when its rule was read: pending, firing, resolved. Pure.
import type { Rule } from "../rules/config.ts";
import type { Sample } from "../rules/reading.ts";
import type { Alert } from "./alert.ts";

export interface StepInput {
  /** The one that is open: pending or firing. */
  open: Alert | undefined;
  sample: Sample;
  rule: Pick<Rule, "kind" | "severity" | "for" | "keep_firing" | "no_data">;
  ruleName: string;
  nowMs: number;
  newId(): string;
  /** How long an alert stays as it is while nothing is known of it. */
  keepUnknownMs: number;
}

/** The alert as it is now; undefined for none. A resolved one is told once and then no longer open. */
export function stepAlert(input: StepInput): Alert | undefined {
  const { open, sample, rule } = input;
  if (sample.state === "over") return worse(input, null);
  if (sample.state === "unknown" && rule.no_data === "alert") return worse(input, "no_data");
  if (sample.state === "between") return open && { ...seen(open, input), wellSinceMs: null };
  if (sample.state === "unknown" && rule.no_data === "keep") return keepUnknown(input);
  return better(input, null);
}

function worse(input: StepInput, reason: Alert["reason"]): Alert {
  const { open, nowMs, rule } = input;
  const alert: Alert = { ...seen(open ?? newAlert(input), input), reason, wellSinceMs: null };
  if (alert.state === "firing" || nowMs - alert.sinceMs < rule.for) return alert;
  return { ...alert, state: "firing", firedAtMs: nowMs };
}

function newAlert({ sample, rule, ruleName, nowMs, newId }: StepInput): Alert {
  const { labels, value, threshold, unit, facts, severity = rule.severity } = sample;
  return {
    id: newId(),
    rule: ruleName,
    kind: rule.kind,
    labels,
    severity,
    state: "pending",
    reason: null,
    value,
    threshold,
    unit,
    facts,
    sinceMs: nowMs,
    firedAtMs: null,
    resolvedAtMs: null,
    wellSinceMs: null,
    seenAtMs: nowMs,
  };
}

/** With what is known now; the figures stay where nothing is. */
function seen(alert: Alert, { sample, rule, nowMs }: StepInput): Alert {
  const { value, threshold, unit, facts, severity = rule.severity } = sample;
  const figures = sample.state === "unknown" ? {} : { value, threshold, unit, facts };
  return { ...alert, ...figures, severity, seenAtMs: nowMs };
}

/** One that is pending ends without a word: nobody was told. */
function better(input: StepInput, reason: Alert["reason"]): Alert | undefined {
  const { open, nowMs, rule } = input;
  if (open?.state !== "firing") return undefined;
  const wellSinceMs = open.wellSinceMs ?? nowMs;
  const alert = { ...seen(open, input), wellSinceMs };
  if (nowMs - wellSinceMs < rule.keep_firing) return alert;
  return { ...alert, state: "resolved", reason, resolvedAtMs: nowMs };
}

/** For so long, and then it is resolved: what there is nothing of any more must not fire for ever. */
function keepUnknown(input: StepInput): Alert | undefined {
  const { open, nowMs, keepUnknownMs } = input;
  if (!open) return undefined;
  const wellSinceMs = open.wellSinceMs ?? nowMs;
  if (nowMs - wellSinceMs < keepUnknownMs) return { ...seen(open, input), wellSinceMs };
  if (open.state === "pending") return undefined;
  return { ...seen(open, input), wellSinceMs, state: "resolved", reason: "no_data", resolvedAtMs: nowMs };
}
