// Policies: who may do what, decided by rules that are data.
export { policyConfigSchema, type PolicyConfig } from "./config.ts";
export { OWN_ORGANISATION, roleNames } from "./contract.ts";
export type {
  AttributeValue,
  Decision,
  DryRun,
  PolicyTrial,
  Question,
  Resource,
  RoleName,
  Subject,
  SubjectKind,
} from "./contract.ts";
export { readCaseFiles } from "./cases/case-files.ts";
export { tryCases } from "./cases/try-cases.ts";
export { EVERYTHING, type Mentions } from "./engine/mentions.ts";
export { policyErrors } from "./errors.ts";
export { policyMigrations } from "./migrations/index.ts";
export { createPolicies, type Policies, type PoliciesDeps, type Rehearsal } from "./policies.ts";
export { type PolicyText } from "./engine/policy-text.ts";
export type { PolicyAudit, PolicyAuditEntry } from "./versions/audit.ts";
export type { Author, Versions } from "./versions/versions.ts";
export { type PastCall, replayCalls } from "./replay/replay.ts";
export { viewOfActive, viewOfPolicy, viewOfVersion } from "./versions/views.ts";
export { actionGroups, type ActionName, actionNames, actions, type ActionSpec } from "./vocabulary/actions.ts";
export { contextAttributes } from "./vocabulary/attributes.ts";
export { resources, type ResourceSpec, type ResourceType } from "./vocabulary/resources.ts";
export { writeSchema } from "./vocabulary/schema.ts";
