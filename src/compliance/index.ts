// Compliance's front door: reports on what the evidence shows, framework by framework. Wire shapes and routes are in contract.ts.
export { type AskedPeriod, type Compliance, type ComplianceDeps, createCompliance, digestOf } from "./compliance.ts";
export { complianceConfigSchema, type ComplianceConfig } from "./config.ts";
export { complianceErrors } from "./errors.ts";
export { type ComplyingDeps, createComplying } from "./gathering/gather-sources.ts";
export { renderReport } from "./html/render-report.ts";
