// A caller's schema without its regular expressions: one that never ends would hold up all calls of the process. What is left
// refuses less, and nothing that the whole would have accepted.

import { BY_NAME, type Fields, isFields, VALUES } from "./schema-places.ts";

/** With a pattern left out of them, they would refuse what they accepted. */
const TURNED_ROUND: ReadonlySet<string> = new Set(["not", "if"]);
/** They speak of all that `patternProperties` does not. */
const OF_THE_REST: ReadonlySet<string> = new Set(["additionalProperties", "unevaluatedProperties"]);

/** The same object where there are none. */
export function leaveOutPatterns(schema: Fields): Fields {
  return hasPattern(schema) ? (without(schema) as Fields) : schema;
}

function hasPattern(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(hasPattern);
  if (!isFields(schema)) return false;
  return Object.entries(schema).some(([name, value]) => {
    if (VALUES.has(name)) return false;
    if (name === "pattern" && typeof value === "string") return true;
    if (name === "patternProperties") return true;
    if (BY_NAME.has(name)) return isFields(value) && Object.values(value).some(hasPattern);
    return hasPattern(value);
  });
}

function without(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(without);
  if (!isFields(schema)) return schema;
  const left: Fields = {};
  for (const [name, value] of Object.entries(schema)) {
    if (name === "patternProperties" || (name === "pattern" && typeof value === "string")) continue;
    if (OF_THE_REST.has(name) && "patternProperties" in schema) continue;
    if (TURNED_ROUND.has(name) && hasPattern(value)) continue;
    if (VALUES.has(name)) left[name] = value;
    else if (BY_NAME.has(name) && isFields(value)) left[name] = eachWithout(value);
    // Where patterns told the one from the other, several may hold now.
    else left[name === "oneOf" && hasPattern(value) ? "anyOf" : name] = without(value);
  }
  return left;
}

function eachWithout(schemas: Fields): Fields {
  return Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, without(each)]));
}
