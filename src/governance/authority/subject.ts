// Who asks, as policies see a principal: one object for each principal, since decisions are kept by it.
import type { Subject } from "../../policy/index.ts";
import type { Principal } from "../principal.ts";

export type SubjectOf = (principal: Principal) => Subject;

export function createSubjects(): SubjectOf {
  const known = new WeakMap<Principal, Subject>();
  const subjectOf: SubjectOf = (principal) => {
    const there = known.get(principal);
    if (there) return there;
    const { kind, keyId, roles, organisation, team, project, user, onBehalfOf } = principal;
    const own = { kind, id: keyId, roles, organisation, team, project, user };
    const subject: Subject = onBehalfOf ? { ...own, onBehalfOf: subjectOf(onBehalfOf) } : own;
    known.set(principal, subject);
    return subject;
  };
  return subjectOf;
}
