// Where a value of the config was set: on which line of the file, or by which environment variable.
import { isCollection, isNode, LineCounter, parseDocument } from "yaml";
import { type ConfigSources, ENV_PREFIX } from "../config.ts";

export type SettingSource =
  | { kind: "default" }
  | { kind: "file"; file: string; line: number }
  | { kind: "environment"; variable: string };

export interface WhereOptions extends ConfigSources {
  /** Short names of variables, and the long ones that they stand for. */
  aliases: Readonly<Record<string, string>>;
}

/** Answers for a path, such as `["providers", "vendors", "openai", "base_url"]`. */
export function createWhereSet({ yaml = "", path: file, env, aliases }: WhereOptions) {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const variables = variablesOf(env, aliases);
  return (path: readonly string[]): SettingSource => {
    // Whoever sets a whole sets what is in it.
    for (let length = path.length; length > 0; length -= 1) {
      const variable = variables.get(path.slice(0, length).join("."));
      if (variable !== undefined) return { kind: "environment", variable };
    }
    const keyed = isCollection(document.contents) && document.hasIn(asWritten(path));
    if (!keyed) return { kind: "default" };
    const node: unknown = document.getIn(asWritten(path), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    return start === undefined ? { kind: "default" } : { kind: "file", file, line: lines.linePos(start).line };
  };
}

/** Places in lists are numbers there. */
const asWritten = (path: readonly string[]): (string | number)[] =>
  path.map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function variablesOf(env: ConfigSources["env"], aliases: Readonly<Record<string, string>>): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [short, long] of Object.entries(aliases)) if (env[short] !== undefined) variables.set(pathOf(long), short);
  // The long name wins over the short one.
  for (const [name, value] of Object.entries(env))
    if (name.startsWith(ENV_PREFIX) && value !== undefined) variables.set(pathOf(name), name);
  return variables;
}

const pathOf = (name: string): string => name.slice(ENV_PREFIX.length).toLowerCase().split("__").join(".");
