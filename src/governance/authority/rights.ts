// What somebody may do beside calling: with the installation, with an organisation, and whose records they see. Every answer is a
// decision of the policies; a refusal names the action, the policy, and the roles that would do.
import {
  type ActionName,
  type AttributeValue,
  type Decision,
  OWN_ORGANISATION,
  type Policies,
  type Resource,
  type RoleName,
  roleNames,
} from "../../policy/index.ts";
import { governanceErrors } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { grantedActions } from "./granted-actions.ts";
import { isModelNamed } from "./named-models.ts";
import { createSubjects } from "./subject.ts";

export interface Rights {
  allows(principal: Principal, wish: Wish): boolean;
  /** Throws `governance.not_allowed`. */
  require(principal: Principal, wish: Wish): void;
  /** Whose records of an organisation somebody sees, as much as they may; undefined where none. */
  sightOf(principal: Principal, wish: Omit<Wish, "on">): Sight | undefined;
  /** Throws `governance.not_allowed`. */
  requireSight(principal: Principal, wish: Omit<Wish, "on">): Sight;
  /** Whether somebody may do it with every organisation at once. */
  allowsAll(principal: Principal, action: ActionName): boolean;
  /** Whether somebody may call a model or route of this name, as far as that is known before they say what for. */
  allowsModel(principal: Principal, model: string): boolean;
  /** What somebody may do in their own organisation. */
  actionsOf(principal: Principal): ActionName[];
}

export interface Wish {
  action: ActionName;
  /** `model`: any of them, for what is asked before one is named. */
  on: "installation" | "organisation" | "model";
  /** Whose it is. */
  organisation: string;
  context?: Readonly<Record<string, AttributeValue>>;
}

/** All of an organisation's records, or those of a project, or one's own: a user's, or those of a key that has none. */
export interface Sight {
  organisation: string;
  project?: string;
  user?: string;
  key?: string;
}

/** A name that no organisation can have. */
const EACH = "*";

export function createRights({ decide }: Pick<Policies, "decide">): Rights {
  const subjectOf = createSubjects();

  function ask(
    principal: Principal,
    { action, context }: Pick<Wish, "action" | "context">,
    resource: Resource,
  ): Decision {
    return decide({ subject: subjectOf(principal), action, resource, ...(context && { context }) });
  }

  /** With one of these alone it would be allowed. */
  function rolesThatMay(
    principal: Principal,
    { action, context }: Pick<Wish, "action" | "context">,
    on: Resource,
  ): RoleName[] {
    const subject = subjectOf(principal);
    const asked = { action, resource: on, ...(context && { context }) };
    return roleNames.filter((role) => decide({ subject: { ...subject, roles: [role] }, ...asked }).allowed);
  }

  function refuse(principal: Principal, wish: Wish): never {
    const resource = resourceOf(wish);
    const { policies, why } = ask(principal, wish, resource);
    const needed = rolesThatMay(principal, wish, resource);
    throw governanceErrors.not_allowed({
      action: wish.action,
      on: resource.type === "installation" ? "the installation" : `${resource.type} ${resource.id}`,
      roles: principal.roles.join(", ") || "no role",
      needs: needed.join(", ") || `none in ${principal.organisation}`,
      policy: policies.join(", ") || "none",
      why,
    });
  }

  const allows = (principal: Principal, wish: Wish): boolean => ask(principal, wish, resourceOf(wish)).allowed;

  function sightOf(principal: Principal, wish: Omit<Wish, "on">): Sight | undefined {
    const { organisation } = wish;
    if (allows(principal, { ...wish, on: "organisation" })) return { organisation };
    const { project, user, keyId } = principal;
    const isAllowed = (attributes: Resource["attributes"]): boolean =>
      ask(principal, wish, { type: "record", id: EACH, organisation, ...(attributes && { attributes }) }).allowed;
    if (project !== null && isAllowed({ project })) return { organisation, project };
    if (organisation !== principal.organisation || !isAllowed({ own: true })) return undefined;
    return user === null ? { organisation, key: keyId } : { organisation, user };
  }

  return {
    allows,
    require(principal, wish) {
      if (!allows(principal, wish)) refuse(principal, wish);
    },
    sightOf,
    requireSight(principal, wish) {
      return sightOf(principal, wish) ?? refuse(principal, { ...wish, on: "organisation" });
    },
    allowsAll: (principal, action) => allows(principal, { action, on: "organisation", organisation: EACH }),
    allowsModel(principal, model) {
      const { models, organisation } = principal;
      if (models && !isModelNamed(models, model)) return false;
      const resource = { type: "model", id: model, organisation };
      return (["call", "use_model"] as const).every((action) => ask(principal, { action }, resource).allowed);
    },
    actionsOf: (principal) => grantedActions(principal, { decide, subjectOf }),
  };
}

function resourceOf({ on, organisation }: Wish): Resource {
  if (on === "installation") return { type: on, id: on, organisation: OWN_ORGANISATION };
  return { type: on, id: on === "model" ? EACH : organisation, organisation };
}
