// The front door of alerts: objectives, rules, who is told and how.
export { type Alerts, type AlertsDeps, createAlerts } from "./alerts.ts";
export { alertsConfigSchema, type AlertsConfig } from "./config.ts";
export { alertsErrors } from "./errors.ts";
export type { AlertSources, Figures, Finding, SignalState } from "./figures.ts";
export { alertsMigrations } from "./migrations/index.ts";
export { readBudgetStates } from "./sources/budget-states.ts";
export { readDriftFindings } from "./sources/drift-findings.ts";
export { createLedgerFigures } from "./sources/ledger-figures.ts";
