// Whether a value fits a JSON schema, as far as such schemas are used to shape answers. The schema is a caller's: so there is a
// bound on the steps, and patterns and formats are not looked at. Pure.
type Schema = Record<string, unknown>;

interface Check {
  root: Schema;
  /** How many are left. */
  steps: number;
}

const STEPS_MAX = 100_000;
const DEPTH_MAX = 100;

/** What does not fit, with its place; undefined where all does. */
export function misfit(value: unknown, schema: Record<string, unknown>): string | undefined {
  return check(value, schema, { at: "$", depth: 0, state: { root: schema, steps: STEPS_MAX } });
}

interface Where {
  at: string;
  depth: number;
  state: Check;
}

function check(value: unknown, schema: unknown, where: Where): string | undefined {
  const { at, depth, state } = where;
  state.steps -= 1;
  if (state.steps < 0 || depth > DEPTH_MAX) return "it takes too long to check";
  if (schema === false) return `${at} must not be there`;
  if (!isObject(schema)) return undefined;
  const inner = { ...where, depth: depth + 1 };
  return (
    checkRef(value, schema, inner) ??
    checkKind(value, schema, at) ??
    checkAmount(value, schema, at) ??
    checkMembers(value, schema, inner) ??
    checkItems(value, schema, inner) ??
    checkChoices(value, schema, inner)
  );
}

function checkRef(value: unknown, { $ref }: Schema, where: Where): string | undefined {
  if (typeof $ref !== "string") return undefined;
  let found: unknown = where.state.root;
  for (const step of $ref.replace(/^#\/?/, "").split("/").filter(Boolean))
    found = isObject(found) ? found[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  return found === undefined ? `${$ref} is not in the schema` : check(value, found, where);
}

function checkKind(value: unknown, { type, enum: allowed, const: only }: Schema, at: string): string | undefined {
  const kinds = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === "string");
  if (kinds.length > 0 && !kinds.some((kind) => isOfKind(value, kind))) return `${at} is not ${kinds.join(" or ")}`;
  if (Array.isArray(allowed) && !allowed.some((each) => isSame(each, value))) return `${at} is none of what it may be`;
  return only !== undefined && !isSame(only, value) ? `${at} is not what it must be` : undefined;
}

function isOfKind(value: unknown, kind: string): boolean {
  if (kind === "integer") return Number.isInteger(value);
  if (kind === "null") return value === null;
  if (kind === "array") return Array.isArray(value);
  if (kind === "object") return isObject(value);
  return typeof value === kind;
}

function checkAmount(value: unknown, schema: Schema, at: string): string | undefined {
  const [amount, least, most] =
    typeof value === "number"
      ? [value, schema["minimum"], schema["maximum"]]
      : typeof value === "string"
        ? [[...value].length, schema["minLength"], schema["maxLength"]]
        : Array.isArray(value)
          ? [value.length, schema["minItems"], schema["maxItems"]]
          : [0, undefined, undefined];
  if (typeof least === "number" && amount < least) return `${at} is too small or short`;
  return typeof most === "number" && amount > most ? `${at} is too large or long` : undefined;
}

function checkMembers(value: unknown, schema: Schema, where: Where): string | undefined {
  if (!isObject(value)) return undefined;
  const { required, properties, additionalProperties } = schema;
  const { at } = where;
  const known = isObject(properties) ? properties : {};
  for (const name of Array.isArray(required) ? required : [])
    if (typeof name === "string" && !Object.hasOwn(value, name)) return `${at}.${name} is missing`;
  for (const [name, member] of Object.entries(value)) {
    const said = Object.hasOwn(known, name) ? known[name] : additionalProperties;
    const why = check(member, said, { ...where, at: `${at}.${name}` });
    if (why !== undefined) return why;
  }
  return undefined;
}

function checkItems(value: unknown, { items, prefixItems }: Schema, where: Where): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const first = Array.isArray(prefixItems) ? prefixItems : [];
  for (const [place, item] of value.entries()) {
    const said: unknown = place < first.length ? first[place] : items;
    const why = check(item, said, { ...where, at: `${where.at}[${place}]` });
    if (why !== undefined) return why;
  }
  return undefined;
}

function checkChoices(value: unknown, { allOf, anyOf, oneOf }: Schema, where: Where): string | undefined {
  for (const each of Array.isArray(allOf) ? allOf : []) {
    const why = check(value, each, where);
    if (why !== undefined) return why;
  }
  for (const choices of [anyOf, oneOf]) {
    if (!Array.isArray(choices)) continue;
    const fitting = choices.filter((each) => check(value, each, where) === undefined).length;
    const isRight = choices === oneOf ? fitting === 1 : fitting > 0;
    if (!isRight) return `${where.at} fits ${fitting === 0 ? "none" : "more than one"} of its choices`;
  }
  return undefined;
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
