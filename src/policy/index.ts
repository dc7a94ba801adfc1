// Policies: who may do what, decided by rules that are data.
export { policyConfigSchema, type PolicyConfig } from "./config.ts";
export { OWN_ORGANISATION, roleNames } from "./contract.ts";
export type { AttributeValue, Decision, Question, Resource, RoleName, Subject, SubjectKind } from "./contract.ts";
export { EVERYTHING, type Mentions } from "./engine/mentions.ts";
export { policyErrors } from "./errors.ts";
export { createPolicies, type Policies, type PoliciesDeps } from "./policies.ts";
export { type ActionName, actionNames, actions, type ActionSpec } from "./vocabulary/actions.ts";
export { resources, type ResourceType } from "./vocabulary/resources.ts";
