// Where schemas stand within a JSON schema: all members hold schemas, or lists of them, but for these.

/** Their values are schemas by name. */
export const BY_NAME: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependencies",
]);

/** Their values are no schemas. */
export const VALUES: ReadonlySet<string> = new Set([
  "enum",
  "const",
  "default",
  "examples",
  "example",
  "required",
  "dependentRequired",
  "$vocabulary",
]);

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
