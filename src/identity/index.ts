// The front door of identity: how people prove who they are, and the sessions that they have then.
export type { IdentityAudit } from "./audit.ts";
export { identityConfigSchema, type IdentityConfig } from "./config.ts";
export { identityErrors } from "./errors.ts";
export { createIdentity, type Identity, type IdentityDeps } from "./identity.ts";
export { createMachines, type Machines } from "./machines.ts";
export type { Self } from "./managing/own.ts";
export type { ClientCertificate } from "./mtls/certificates.ts";
export { identityMigrations } from "./migrations/index.ts";
export { errorBody as scimErrorBody } from "./scim/schemas.ts";
export { randomToken } from "./secrets.ts";
export type { From } from "./sessions/sessions.ts";
export { safePath } from "./sign-in/safe-path.ts";
export type { SignedIn } from "./sign-in/sign-in.ts";
