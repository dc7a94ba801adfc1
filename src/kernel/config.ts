// Config as an idea: one strict YAML tree, overridden from the environment by one rule, explained when it is wrong.
// Where the text comes from and what the schema is are the caller's business.
import { parseDocument } from "yaml";
import { z } from "zod";
import { type AppError, defineErrors } from "./errors.ts";
import { nearestNames } from "./words/nearest.ts";

export interface ConfigSources {
  /** The YAML text, or undefined when there is no file. */
  yaml?: string | undefined;
  /** Shown in messages. */
  path: string;
  env: Record<string, string | undefined>;
}

const configErrors = defineErrors("config", {
  missing: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The configuration file ${p.path} cannot be read: ${p.why}.`,
    fix: "Check --config and BINNACLE_CONFIG; without either, ./binnacle.yaml is used where it is there.",
  }),
  invalid: (p: { path: string; problems: string[] }) => ({
    status: 500,
    message: `The configuration does not hold (${p.path}):\n${p.problems.map((line) => `  - ${line}`).join("\n")}`,
    fix: "Mend the lines named above; `binnacle config show` prints the whole tree with its defaults.",
  }),
});

/** For a config file that was named but is not there; one that is only usual may be missing. */
export const configMissing = configErrors.missing;

export const ENV_PREFIX = "BINNACLE__";

/**
 * Reads a config tree. `BINNACLE__GATEWAY__ATTEMPTS_MAX=5` sets `gateway.attempts_max`; its value is read as YAML,
 * so numbers, booleans and lists work. Throws `config.invalid`, naming each problem and the nearest known key.
 */
export function loadConfig<S extends z.ZodType>(schema: S, sources: ConfigSources): z.output<S> {
  const tree = parseYaml(sources);
  for (const [name, value] of Object.entries(sources.env)) {
    if (name.startsWith(ENV_PREFIX) && value !== undefined)
      setPath(tree, name.slice(ENV_PREFIX.length).toLowerCase().split("__"), parseScalar(value));
  }
  // Read once and not a thousand times: a parser that is compiled first would take longer.
  const result = schema.safeParse(tree, { jitless: true });
  if (result.success) return result.data;
  throw invalid(sources.path, explainProblems(result.error, schema));
}

function parseYaml({ yaml, path }: ConfigSources): Record<string, unknown> {
  const document = parseDocument(yaml ?? "");
  if (document.errors.length > 0)
    throw invalid(
      path,
      document.errors.map((error) => error.message.split("\n")[0] ?? "not YAML"),
    );
  const tree: unknown = document.toJS() ?? {};
  if (typeof tree !== "object" || Array.isArray(tree) || tree === null)
    throw invalid(path, ["the file must hold keys and values at its top"]);
  return tree as Record<string, unknown>;
}

function parseScalar(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? text : document.toJS();
}

function setPath(tree: Record<string, unknown>, path: string[], value: unknown): void {
  let node = tree;
  for (const key of path.slice(0, -1)) {
    const next = node[key];
    node[key] = typeof next === "object" && next !== null && !Array.isArray(next) ? next : {};
    node = node[key] as Record<string, unknown>;
  }
  const last = path.at(-1);
  if (last !== undefined) node[last] = value;
}

function invalid(path: string, problems: string[]): AppError {
  return configErrors.invalid({ path, problems });
}

/** What is wrong with a value that people wrote, a line each: where, and the nearest known key; `at` is where the value stands. */
export function explainProblems(error: z.ZodError, schema: z.ZodType, at: readonly string[] = []): string[] {
  return error.issues.flatMap((issue) => explainIssue(issue, schema, at));
}

function explainIssue(issue: z.core.$ZodIssue, schema: z.ZodType, at: readonly string[]): string[] {
  const meant = issue.code === "invalid_union" ? branchMeant(issue.errors) : undefined;
  if (meant)
    return meant.flatMap((inner) => explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, at));
  const where = [...at, ...issue.path].join(".");
  if (issue.code === "invalid_key") return issue.issues.map((inner) => `${where}: ${inner.message}`);
  if (issue.code !== "unrecognized_keys") return [`${where || "(top)"}: ${issue.message}`];
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestNames(key, known, 1)[0];
    const hint = nearest ? `did you mean "${nearest}"?` : `known keys: ${known.join(", ")}`;
    return `unknown key "${[...at, ...issue.path, key].join(".")}": ${hint}`;
  });
}

/** Of the ways in which a value may be written, the one that it is an attempt at: the only one of the value's own type. */
function branchMeant(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const ofItsType = branches.filter(([first]) => !(first?.code === "invalid_type" && first.path.length === 0));
  return ofItsType.length === 1 ? ofItsType[0] : undefined;
}

/** The keys that the schema knows at a path, through defaults, optionals, pipes and choices. */
function keysAt(schema: z.ZodType, path: PropertyKey[]): string[] {
  let node: unknown = unwrap(schema);
  for (const key of path) {
    if (node instanceof z.ZodObject) node = unwrap((node.shape as Record<string, unknown>)[String(key)]);
    else if (node instanceof z.ZodRecord) node = unwrap(node.valueType);
    else if (node instanceof z.ZodArray) node = unwrap(node.element);
    else return [];
  }
  return node instanceof z.ZodObject ? Object.keys(node.shape as object) : [];
}

function unwrap(node: unknown): unknown {
  let inner = node;
  for (let depth = 0; depth < 10; depth += 1) {
    if (
      inner instanceof z.ZodOptional ||
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodPrefault ||
      inner instanceof z.ZodNullable
    )
      inner = inner.unwrap();
    else if (inner instanceof z.ZodPipe) inner = inner.in;
    else if (inner instanceof z.ZodLazy) inner = inner.unwrap();
    else if (inner instanceof z.ZodUnion) inner = inner.options.find((option) => unwrap(option) instanceof z.ZodObject);
    else break;
  }
  return inner;
}
