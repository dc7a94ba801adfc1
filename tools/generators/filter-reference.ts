// docs/reference/filters.md: the filter language, from the tables that read it.
import { type FilterField, filterFieldNames, filterFields, filterOperators } from "../../src/ledger/contract.ts";
import { ledgerConfigSchema } from "../../src/ledger/index.ts";

const INTRODUCTION = `# Filters

Lists of calls, records, traces, sessions and users take a \`filter\`: over the API as a parameter, at the command line as
\`--filter\`, in the console in the field above the list. It is written like Lucene's:

\`\`\`
model:gpt-4o* AND cost:>0.01 AND NOT outcome:ok "not able to help"
\`\`\`

A name that is no field is refused, and the nearest one named; what cannot be read is refused with its place.
`;

const TYPES: Record<FilterField["type"], string> = {
  text: "text",
  list: "list of text",
  count: "number",
  money: "US dollars",
  duration: "duration",
  boolean: "true or false",
  id: "UUID or 32 hex digits",
  span: "16 hex digits",
  path: "text or number",
};

export function makeFilterReference(): string {
  const { length_max, depth_max, terms_max } = ledgerConfigSchema.parse({}).reading.filter;
  return `${INTRODUCTION}
## How it is written

| written | finds | example |
| --- | --- | --- |
${filterOperators.map(({ written, meaning, example }) => row([code(written), meaning, code(example)])).join("\n")}

Text in quotes is taken as it stands; elsewhere a colon, a slash or a dot is part of a value too. A duration is written 300ms,
2s, 5m or 1h; a number alone is milliseconds. A condition on a field is false where the record has no value, and \`NOT\` of it
true. Words are runs of letters and digits, and their case does not count; they are found a moment after the record came (see
\`ledger.search\`).

A filter has at most ${length_max} characters, ${terms_max} terms, and brackets ${depth_max} deep (\`ledger.reading.filter\`).

## Fields

| field | holds | what it is | example |
| --- | --- | --- | --- |
${filterFieldNames.map((name) => fieldRow(name, filterFields[name])).join("\n")}

Of a few fields all values are known:

${filterFieldNames.flatMap((name) => valuesOf(name, filterFields[name])).join("\n")}
`;
}

function fieldRow(name: string, { type, description, example }: FilterField): string {
  return row([code(type === "path" ? `${name}.…` : name), TYPES[type], description, code(example)]);
}

function valuesOf(name: string, { values }: FilterField): string[] {
  return values ? [`- \`${name}\`: ${values.join(", ")}`] : [];
}

function code(text: string): string {
  return `\`${text.replaceAll("|", String.raw`\|`)}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
