// docs/reference/config.md: every key of binnacle.yaml with its type, its default and the variable that overrides it.
import { environmentAliases } from "../../src/app-config.ts";
import { unitOf } from "../../src/kernel/index.ts";
import { configSchema, type Schema } from "./config-schema.ts";

interface Row {
  key: string;
  type: string;
  byDefault: string;
  description: string;
}

const INTRODUCTION = `# Configuration

One YAML file, \`binnacle.yaml\` in the folder of the start or whatever \`--config\` or \`BINNACLE_CONFIG\` names. Every key has a
default, so no file is needed. An unknown key stops the start. Durations are written \`500ms\`, \`30s\`, \`10m\` (a bare number
is milliseconds), sizes \`512KiB\`, \`32MiB\` (a bare number is bytes), secrets as references: \`env:NAME\` or \`file:/path\`.

Any key can be set from the environment: \`BINNACLE__\` and its path in capitals, with \`__\` for each dot, as in
\`BINNACLE__GATEWAY__ATTEMPTS_MAX=5\`. \`schema/config.schema.json\` describes the file to editors; \`binnacle config check\`
checks it and \`binnacle config show\` prints all that holds.

`;

export function makeConfigReference(): string {
  const aliases = Object.entries(environmentAliases).map(([short, long]) => `| \`${short}\` | \`${long}\` |`);
  const schema = configSchema();
  const branches = Object.entries(schema.properties ?? {}).map(([name, branch]) => {
    const rows = rowsOf(name, branch).map(({ key, type, byDefault, description }) =>
      [``, ` \`${key}\` `, ` ${type} `, ` ${byDefault} `, ` ${description} `, ``].join("|"),
    );
    return `## ${name}\n\n| key | type | default | |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return `${INTRODUCTION}| short name | stands for |\n| --- | --- |\n${aliases.join("\n")}\n\n${branches.join("\n")}`;
}

function rowsOf(key: string, schema: Schema): Row[] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => rowsOf(`${key}.${name}`, child));
  const any = typeof schema.additionalProperties === "object" ? rowsOf(`${key}.NAME`, schema.additionalProperties) : [];
  if (named.length + any.length > 0) return [...named, ...any];
  const inList = schema.items?.properties === undefined ? [] : rowsOf(`${key}[]`, schema.items);
  const byDefault = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
  return [{ key, type: typeOf(schema), byDefault, description: cell(schema.description ?? "") }, ...inList];
}

function typeOf(schema: Schema): string {
  const unit = unitOf(schema);
  if (unit !== undefined) return unit;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.type === "array") return `list of ${schema.items?.properties ? "objects" : typeOf(schema.items ?? {})}`;
  return schema.type ?? "anything";
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
