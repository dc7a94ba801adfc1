// What the active policies look at, action by action. Of a question no more than that can change its answer, so no more than
// that is part of what answers are kept by: with roles alone, one answer serves all keys of a role and all models.
import { actionGroups, actions, type ActionName, actionNames } from "../vocabulary/actions.ts";
import type { PolicyJson } from "./cedar.ts";

export interface Mentions {
  /** Of whoever asks: `id`, `roles`, `team`, `project`, `user`. Its kind and organisation always count. */
  readonly subject: ReadonlySet<string>;
  /** Of what is asked for: `id` and its attributes. Its type and organisation always count. */
  readonly resource: ReadonlySet<string>;
  readonly context: ReadonlySet<string>;
}

interface Found {
  principal: Set<string>;
  resource: Set<string>;
  context: Set<string>;
}

/** Stands for everything, where a policy takes somebody as a whole. */
export const EVERYTHING = "*";

/** Part of every question, whether a policy looks at it or not. */
const ALWAYS = "organisation";

const PARENTS: Record<string, string> = { Role: "roles", Team: "team", Project: "project", User: "user" };

export function mentionsOf(policies: readonly PolicyJson[]): Map<ActionName, Mentions> {
  const found = new Map(actionNames.map((name) => [name, emptyFound()]));
  for (const policy of policies) {
    for (const name of actionsOf(policy)) {
      const into = found.get(name);
      if (into) collect(policy, into);
    }
  }
  return new Map(
    [...found].map(([name, { principal, resource, context }]) => {
      principal.delete(ALWAYS);
      resource.delete(ALWAYS);
      return [name, { subject: principal, resource, context }];
    }),
  );
}

const emptyFound = (): Found => ({ principal: new Set(), resource: new Set(), context: new Set() });

/** Those that the head of a policy lets through; its conditions may let fewer through. */
export function actionsOf({ action }: PolicyJson): readonly ActionName[] {
  if (action.op === "All") return actionNames;
  const named = namesIn(action);
  const isGroup = (name: string): boolean => name in actionGroups;
  return actionNames.filter((name) => named.some((each) => each === name || (isGroup(each) && inGroup(name, each))));
}

const inGroup = (name: ActionName, group: string): boolean => actions[name].group === group;

function namesIn(value: unknown): string[] {
  if (!isRecord(value)) return [];
  const id = value["id"];
  return typeof id === "string" ? [id] : Object.values(value).flatMap(namesIn);
}

function collect({ principal, resource, conditions }: PolicyJson, into: Found): void {
  collectHead(principal, into.principal);
  collectHead(resource, into.resource);
  for (const { body } of conditions) collectIn(body, into);
}

function collectHead(head: unknown, into: Set<string>): void {
  if (!isRecord(head) || head["op"] === "All") return;
  const entity = head["entity"] ?? (isRecord(head["in"]) ? head["in"]["entity"] : undefined);
  if (entity === undefined) return;
  into.add(head["op"] === "==" ? "id" : parentNamed(entity));
}

/** `principal in Role::"owner"` looks at roles; of other entities we know no more than that somebody is looked at. */
function parentNamed(entity: unknown): string {
  const type = isRecord(entity) ? entity["type"] : undefined;
  if (type === "Organisation") return ALWAYS;
  return (typeof type === "string" && PARENTS[type]) || EVERYTHING;
}

function collectIn(node: unknown, into: Found): void {
  if (!isRecord(node)) return;
  const variable = node["Var"];
  if (typeof variable === "string") return void into[asFound(variable)]?.add(EVERYTHING);
  for (const [operator, inner] of Object.entries(node)) {
    if (!collectPart(operator, inner, into)) collectIn(inner, into);
  }
}

/** Whether it was a look at a part of the subject, the resource or the context, and nothing is left to look into. */
function collectPart(operator: string, inner: unknown, into: Found): boolean {
  if (!isRecord(inner) || !isRecord(inner["left"]) || typeof inner["left"]["Var"] !== "string") return false;
  const part = into[asFound(inner["left"]["Var"])];
  if (part === undefined) return operator === "in" || operator === "==" || operator === "!=";
  if (operator === "." || operator === "has") {
    const attribute = Array.isArray(inner["attr"]) ? inner["attr"][0] : inner["attr"];
    part.add(typeof attribute === "string" ? attribute : EVERYTHING);
    return true;
  }
  const entity = isRecord(inner["right"]) && isRecord(inner["right"]["Value"]) && inner["right"]["Value"]["__entity"];
  if (operator !== "in" || !entity) return false;
  part.add(parentNamed(entity));
  return true;
}

/** The action is always part of a question; whoever names it names nothing more. */
const asFound = (variable: string): keyof Found => variable as keyof Found;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
