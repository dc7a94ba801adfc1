// The way out where policies forbid what they should not: the installation's first admin key may always see, propose, activate
// and roll back policies. That it was needed is logged as a warning, each time.
import type { World } from "../kernel/index.ts";
import { type Decision, OWN_ORGANISATION, type Question } from "./contract.ts";

const MAY: ReadonlySet<string> = new Set(["change_policies", "propose_policies", "read_policies"]);

const DECISION: Decision = {
  allowed: true,
  policies: ["builtin.break_glass"],
  why: "the key in admin.key may always mend policies",
  obligations: [],
  version: "builtin",
};

interface BreakGlassDeps {
  world: Pick<World, "log">;
  breakGlassKey?: (() => string | undefined) | undefined;
}

/** Asked only where the policies say no. */
export function createBreakGlass({
  world,
  breakGlassKey,
}: BreakGlassDeps): (question: Question) => Decision | undefined {
  return ({ subject, action, resource }) => {
    if (!MAY.has(action) || subject.kind !== "key" || resource.organisation !== OWN_ORGANISATION) return undefined;
    if (breakGlassKey === undefined || breakGlassKey() !== subject.id) return undefined;
    world.log.warn(
      { key_id: subject.id, action },
      "break-glass: policies forbid this, and the first admin key may do it",
    );
    return DECISION;
  };
}
