// docs/reference/policies.md and schema/policies.cedarschema: what policies can speak of, from the tables that the schema is made of.
import {
  actionGroups,
  actions,
  type ActionSpec,
  contextAttributes,
  resources,
  type ResourceSpec,
  writeSchema,
} from "../../src/policy/index.ts";

const INTRODUCTION = `# Policies

What policies can name. The Cedar schema that they are held to is [schema/policies.cedarschema](../../schema/policies.cedarschema);
[the guide](../guide/policies.md) shows how they are written.

Who asks is a \`Key\`, \`Person\`, \`Service\` or \`Agent\`, in \`Role::"…"\`, \`Team::"…"\`, \`Project::"…"\`, \`User::"…"\` and
\`Organisation::"…"\`; it has \`organisation\` and \`roles\`, and \`team\`, \`project\` and \`user\` where it is of one. A team, project or
user of another organisation than \`default\` is written \`organisation/name\`. \`context.hour\` and \`context.weekday\` are always known;
everything else of the context may be missing, and is asked for with \`context has …\` first.
`;

export const makePolicySchema = (): string => writeSchema();

export function makePolicyReference(): string {
  return `${INTRODUCTION}
## Actions

| action | group | what | asked of | context |
| --- | --- | --- | --- | --- |
${Object.entries<ActionSpec>(actions)
  .map(([name, { group, what, on, context = [] }]) =>
    row([
      code(name),
      group ?? "",
      what,
      on.map((type) => code(resources[type].entity)).join(" "),
      context.map(code).join(" "),
    ]),
  )
  .join("\n")}

## Groups

| group | what |
| --- | --- |
${Object.entries(actionGroups)
  .map(([name, what]) => row([code(name), what]))
  .join("\n")}

## Resources

All have \`organisation\`, and all but \`Organisation\` are \`in Organisation::"…"\`.

| resource | what | attributes |
| --- | --- | --- |
${Object.values<ResourceSpec>(resources)
  .map(({ entity, what, attributes }) => row([code(entity), what, describe(attributes)]))
  .join("\n")}

## Context

| attribute | what |
| --- | --- |
${Object.entries(contextAttributes)
  .map(([name, { what }]) => row([code(name), what]))
  .join("\n")}
`;
}

const describe = (attributes: ResourceSpec["attributes"]): string =>
  Object.entries(attributes)
    .map(([name, { what, optional }]) => `${code(name)}${optional ? " (may be missing)" : ""}: ${what}`)
    .join("; ");

const code = (text: string): string => `\`${text}\``;
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
