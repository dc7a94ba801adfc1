// The Cedar schema, made from the tables of actions, resources and attributes: what a policy says about anything else is refused.
import { type SubjectKind } from "../contract.ts";
import { actionGroups, actions, type ActionSpec } from "./actions.ts";
import { type AttributeSpec, type AttributeType, contextAttributes } from "./attributes.ts";
import { resources, type ResourceSpec, type ResourceType } from "./resources.ts";

/** The entity types of those who ask. */
export const subjectEntities: Record<SubjectKind, string> = {
  key: "Key",
  person: "Person",
  service: "Service",
  agent: "Agent",
};

const CEDAR_TYPES: Record<AttributeType, string> = {
  text: "String",
  number: "Long",
  truth: "Bool",
  texts: "Set<String>",
};
const KNOWN_ALWAYS = ["hour", "weekday"] as const;

export function writeSchema(): string {
  return [
    "// Who may be named in a policy's `principal in …`.",
    "entity Role, Team, Project, User;",
    "",
    "// Who asks.",
    `entity ${Object.values(subjectEntities).join(", ")} in [Role, Team, Project, User, Organisation] = {`,
    ...subjectAttributes.map((line) => `  ${line},`),
    "};",
    "",
    "// What is asked for.",
    ...Object.values<ResourceSpec>(resources).map(describeResource),
    "",
    ...Object.entries(actionGroups).map(([name, what]) => `// ${what}\naction ${name};`),
    "",
    ...Object.entries<ActionSpec>(actions).map(([name, action]) => describeAction(name, action)),
    "",
  ].join("\n");
}

const subjectAttributes = [
  "organisation: String",
  "roles: Set<String>",
  "team?: String",
  "project?: String",
  "user?: String",
];

function describeResource({ entity, attributes }: ResourceSpec): string {
  const fields = Object.entries(attributes).map(([name, { type, optional }]) => field(name, type, optional === true));
  const parents = entity === "Organisation" ? "" : " in [Organisation]";
  return `entity ${entity}${parents} = { ${["organisation: String", ...fields].join(", ")} };`;
}

function describeAction(name: string, { group, on, context = [] }: ActionSpec): string {
  const known: Record<string, AttributeSpec> = contextAttributes;
  const fields = [
    ...context.map((each) => field(each, known[each]?.type ?? "text", true)),
    ...KNOWN_ALWAYS.map((each) => field(each, "number", false)),
  ];
  const types = on.map((type: ResourceType) => resources[type].entity);
  return [
    `action ${name}${group === null ? "" : ` in [${group}]`} appliesTo {`,
    `  principal: [${Object.values(subjectEntities).join(", ")}],`,
    `  resource: [${types.join(", ")}],`,
    `  context: { ${fields.join(", ")} },`,
    "};",
  ].join("\n");
}

const field = (name: string, type: AttributeType, isOptional: boolean): string =>
  `${name}${isOptional ? "?" : ""}: ${CEDAR_TYPES[type]}`;
