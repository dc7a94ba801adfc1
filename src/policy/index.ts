// Policies: who may do what, decided by rules that are data.
export { OWN_ORGANISATION, roleNames } from "./contract.ts";
export type { AttributeValue, Decision, Question, Resource, RoleName, Subject, SubjectKind } from "./contract.ts";
