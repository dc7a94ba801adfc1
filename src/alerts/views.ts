// Alerts and what belongs to them as they stand on the wire, from what they are here.
import type { AlertView } from "./contract.ts";
import type { Alert } from "./states/alert.ts";

export function alertViewOf(alert: Alert): AlertView {
  const { id, rule, kind, labels, severity, state, reason, value, threshold, unit, facts } = alert;
  return {
    id,
    rule,
    kind,
    labels: { ...labels },
    severity,
    state,
    reason,
    value,
    threshold,
    unit,
    facts: { ...facts },
    since_ms: alert.sinceMs,
    fired_at_ms: alert.firedAtMs,
    resolved_at_ms: alert.resolvedAtMs,
    seen_at_ms: alert.seenAtMs,
  };
}
