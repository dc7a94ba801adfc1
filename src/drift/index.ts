// Drift's front door: baselines of profiles, and what differs from them. Wire shapes and routes are in contract.ts.
export type { ProfileSource } from "./checking/look.ts";
export { driftConfigSchema, type DriftConfig } from "./config.ts";
export type { Baseline, DriftState, Finding, FindingPage, FindingQuery, PutBaseline } from "./contract.ts";
export { createDrift, type Drift, type DriftDeps } from "./drift.ts";
export type { FindingListener } from "./listeners.ts";
export { driftMigrations } from "./migrations/index.ts";
