// Governance's front door: who is calling and what they may do. Today: API keys, scopes, users, teams, projects, and
// how many calls a key may have in flight.
export type { Admission } from "./admit.ts";
export type { Candidate, Placement, Refusal } from "./authority/authority.ts";
export type { Rights, Sight, Wish } from "./authority/rights.ts";
export type { Applying } from "./apply/apply.ts";
export type { CreatedSecret, Named, Section, Settings, Standing, Wanted } from "./apply/section.ts";
export type { Writing } from "./changes/store.ts";
export type { Bearer } from "./budgets/bearer.ts";
export { type Actual, type Hold, type Quota, scarcest, type WorstCase } from "./budgets/holds.ts";
export { governanceConfigSchema, type GovernanceConfig } from "./config.ts";
export { governanceErrors } from "./errors.ts";
export { createGovernance, type Governance } from "./governance.ts";
export type { ProvenService } from "./directory/services.ts";
export { governanceMigrations } from "./migrations/index.ts";
export { ofOrganisation, plainKey, rolesOfScopes } from "./principal.ts";
export { nameWithin } from "./directory/directory.ts";
export type { Principal } from "./principal.ts";
export type { Switches } from "./switches/switches.ts";
export type { SwitchedCall, SwitchedTarget, Thrown } from "./switches/thrown.ts";
