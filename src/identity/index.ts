// The front door of identity: how people prove who they are, and the sessions that they have then.
export { identityConfigSchema, type IdentityConfig } from "./config.ts";
export { identityErrors } from "./errors.ts";
export { createIdentity, type Identity, type IdentityDeps } from "./identity.ts";
export { identityMigrations } from "./migrations/index.ts";
