// Who asks and what is asked for, as Cedar's entities: what they are, and what they are part of. A team of another
// organisation than the installation's own is `organisation/team`, so that a name alone means ours.
import { OWN_ORGANISATION, type Question, type Resource, type Subject } from "../contract.ts";
import { resources, type ResourceSpec } from "../vocabulary/resources.ts";
import { subjectEntities } from "../vocabulary/schema.ts";
import type { EntityJson } from "./cedar.ts";

interface Uid {
  type: string;
  id: string;
}

export const subjectUid = ({ kind, id }: Subject): Uid => ({ type: subjectEntities[kind], id });

const specOf = (type: string): ResourceSpec | undefined => (resources as Record<string, ResourceSpec>)[type];

export const entityOf = ({ type, id }: Resource): Uid => ({ type: specOf(type)?.entity ?? type, id });

/** The action too, with its group: so no schema need be read for a question. */
export function entitiesOf({ subject, action, resource }: Question, group: string | null): EntityJson[] {
  const own = entityOf(resource);
  const theirs = subjectUid(subject);
  return [
    { uid: { type: "Action", id: action }, attrs: {}, parents: group === null ? [] : [{ type: "Action", id: group }] },
    { uid: theirs, attrs: subjectAttributes(subject), parents: subjectParents(subject) },
    {
      uid: own,
      attrs: { ...resourceAttributes(resource), organisation: resource.organisation },
      parents: own.type === "Organisation" ? [] : [{ type: "Organisation", id: resource.organisation }],
    },
  ];
}

function subjectAttributes({ organisation, roles, team, project, user }: Subject): EntityJson["attrs"] {
  const named = Object.entries({ team, project, user }).filter(([, value]) => value !== null);
  return { organisation, roles: [...roles], ...Object.fromEntries(named) };
}

function subjectParents({ organisation, roles, team, project, user }: Subject): Uid[] {
  const prefix = organisation === OWN_ORGANISATION ? "" : `${organisation}/`;
  const named = (type: string, name: string | null): Uid[] => (name === null ? [] : [{ type, id: prefix + name }]);
  return [
    ...roles.map((id) => ({ type: "Role", id })),
    ...named("Team", team),
    ...named("Project", project),
    ...named("User", user),
    { type: "Organisation", id: organisation },
  ];
}

/** Those that the schema knows. */
function resourceAttributes({ type, attributes = {} }: Resource): EntityJson["attrs"] {
  const known = Object.keys(specOf(type)?.attributes ?? {}).filter((name) => attributes[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, attributeValue(attributes[name])]));
}

const attributeValue = (value: unknown): string | number | boolean | string[] =>
  value as string | number | boolean | string[];
