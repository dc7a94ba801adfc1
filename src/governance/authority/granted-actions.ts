// Which of all actions somebody may do in their own organisation, each asked of the policies: for pages that show what can be used, and
// nothing else. What is asked when it is done decides still: a policy may look at more than is known here.
import { type ActionName, actionNames, actions, type Decision, type Question, roleNames } from "../../policy/index.ts";
import type { Principal } from "../principal.ts";
import type { SubjectOf } from "./subject.ts";

/** A name that nothing has. */
const ANY = "*";

export function grantedActions(
  principal: Principal,
  { decide, subjectOf }: { decide(question: Question): Decision; subjectOf: SubjectOf },
): ActionName[] {
  const { organisation } = principal;
  const subject = subjectOf(principal);
  const isGranted = (action: ActionName, context?: Question["context"]): boolean => {
    const kinds: readonly string[] = actions[action].on;
    const isOfPlace = kinds.includes("organisation");
    const type = isOfPlace ? "organisation" : (kinds[0] ?? ANY);
    const resource = { type, id: isOfPlace ? organisation : ANY, organisation, attributes: attributesOf(type) };
    return decide({ subject, action, resource, ...(context && { context }) }).allowed;
  };
  return actionNames.filter((action) =>
    // Which role depends on the giver: whoever may give any may be shown the page.
    action === "grant_roles" ? roleNames.some((role) => isGranted(action, { role })) : isGranted(action),
  );
}

/** Targets always have these. */
const attributesOf = (type: string): Record<string, string> => (type === "target" ? { vendor: ANY, model: ANY } : {});
