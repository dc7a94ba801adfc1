// A schema that counts how often it is looked at: schemas may refer to one another so that a short one takes longer to follow
// than anybody lives, and whoever checks against one that a caller wrote must be able to stop.
import { BY_NAME, type Fields, isFields, VALUES } from "./schema-places.ts";

/** A copy; `onStep` is told each time that a schema in it is followed, and may throw. */
export function countSteps(schema: Fields, onStep: () => void): Fields {
  const copy: Fields = {};
  for (const [name, value] of Object.entries(schema)) {
    if (VALUES.has(name)) copy[name] = value;
    else if (BY_NAME.has(name) && isFields(value))
      copy[name] = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each, onStep)]));
    else copy[name] = copyOf(value, onStep);
  }
  const { type } = schema;
  // Every schema is asked for its type, whether or not it has one.
  Object.defineProperty(copy, "type", {
    enumerable: true,
    get() {
      onStep();
      return type;
    },
  });
  return copy;
}

function copyOf(value: unknown, onStep: () => void): unknown {
  if (Array.isArray(value)) return value.map((each) => copyOf(each, onStep));
  return isFields(value) ? countSteps(value, onStep) : value;
}
