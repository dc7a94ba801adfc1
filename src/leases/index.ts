// Leases' front door: capacity under a cap, shared between processes.
export type { Account, Claim, Held, HoldResult, Shortage } from "./account.ts";
export type { Usage } from "./bank.ts";
export { leasesConfigSchema, type LeasesConfig } from "./config.ts";
export { openLeaseBook } from "./lease-book.ts";
export { createLeases, type Leases } from "./leases.ts";
export { leasesMigrations } from "./migrations/index.ts";
export { createBank } from "./store.ts";
