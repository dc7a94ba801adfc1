// Values that validate against a JSON schema, filled from the prompt where the prompt has something to give. Depth and
// size are bounded: beyond them only what is required is written, and choices take their smallest branch.
import type { PromptFacts } from "../answers/prompt-facts.ts";
import { isObject } from "../../formats/fields.ts";
import { mergeSchemas, resolveSchema, type JsonSchema } from "./resolve-schema.ts";
import { numberForSchema } from "./schema-number.ts";
import { stringForSchema, type StringSource } from "./schema-string.ts";
import type { Seeded } from "../answers/seeded.ts";

/** Beyond this depth nothing optional is written. */
const OPTIONAL_DEPTH_MAX = 6;
/** Beyond this depth nothing at all is written: the schema asks for itself without end. */
const DEPTH_MAX = 40;
/** After this many values nothing optional is written, and after twice as many nothing at all. */
const VALUES_MAX = 1000;
const ITEMS_MAX = 200;

export interface ValueSource extends StringSource {
  /** Numbers of the prompt that no value has used yet. */
  unusedNumbers: number[];
}

export function createValueSource(facts: PromptFacts, seeded: Seeded): ValueSource {
  return { facts, seeded, unused: [...new Set([...facts.names, ...facts.topics])], unusedNumbers: [...facts.numbers] };
}

interface Writing {
  root: JsonSchema;
  source: ValueSource;
  valuesLeft: number;
}

/** A value for the schema. Keywords that are not read: see resolve-schema.ts. */
export function valueForSchema(schema: JsonSchema, source: ValueSource): unknown {
  return writeValue(schema, { root: schema, source, valuesLeft: VALUES_MAX }, { depth: 0, field: "" });
}

interface Place {
  depth: number;
  field: string;
}

function isSpare(writing: Writing, { depth }: Place): boolean {
  return depth < OPTIONAL_DEPTH_MAX && writing.valuesLeft > 0;
}

function writeValue(node: unknown, writing: Writing, place: Place): unknown {
  writing.valuesLeft -= 1;
  if (place.depth > DEPTH_MAX || writing.valuesLeft < -VALUES_MAX) return null;
  const schema = chooseBranch(resolveSchema(node, writing.root), writing, place);
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"]) && schema["enum"].length > 0) return chooseMember(schema["enum"], writing.source);
  switch (chooseType(schema, isSpare(writing, place))) {
    case "null":
      return null;
    case "boolean":
      return writing.source.seeded.next() < 0.5;
    case "integer":
      return numberForSchema({ ...schema, type: "integer" }, writing.source);
    case "number":
      return numberForSchema(schema, writing.source);
    case "array":
      return writeArray(schema, writing, place);
    case "object":
      return writeObject(schema, writing, place);
    default:
      return stringForSchema(schema, place.field, writing.source);
  }
}

/** Folds one branch of `anyOf` or `oneOf` in: any that says something while there is room, else the smallest. */
function chooseBranch(schema: JsonSchema, writing: Writing, place: Place): JsonSchema {
  const { anyOf, oneOf, ...rest } = schema;
  const branches = Array.isArray(anyOf) ? anyOf : oneOf;
  if (!Array.isArray(branches) || branches.length === 0 || place.depth > DEPTH_MAX) return schema;
  const plain = branches.map((branch) => mergeSchemas(rest, resolveSchema(branch, writing.root)));
  const telling = plain.filter((branch) => branch["type"] !== "null");
  const chosen = isSpare(writing, place)
    ? writing.source.seeded.pick(telling.length > 0 ? telling : plain)
    : plain.reduce((smallest, branch) => (sizeOf(branch) < sizeOf(smallest) ? branch : smallest));
  const other = Array.isArray(anyOf) && Array.isArray(oneOf) ? { oneOf } : {};
  return chooseBranch({ ...chosen, ...other }, writing, { ...place, depth: place.depth + 1 });
}

/** A rough order only: nothing, scalars, arrays, objects by what they require. */
function sizeOf(schema: JsonSchema): number {
  const type = chooseType(schema, false);
  if ("anyOf" in schema || "oneOf" in schema) return 10;
  if (type === "null" || "const" in schema) return 0;
  if (type === "array") return 2 + countOf(schema["minItems"]) * 10;
  if (type === "object") return 10 + (Array.isArray(schema["required"]) ? schema["required"].length * 10 : 0);
  return 1;
}

function chooseMember(members: unknown[], { facts, seeded }: ValueSource): unknown {
  const question = facts.question.toLowerCase();
  const mentioned = members.find(
    (member) => typeof member === "string" && member !== "" && question.includes(member.toLowerCase()),
  );
  return mentioned ?? seeded.pick(members);
}

function chooseType(schema: JsonSchema, spare: boolean): string {
  const type = schema["type"];
  if (typeof type === "string") return type;
  if (Array.isArray(type) && type.length > 0) {
    if (!spare && type.includes("null")) return "null";
    return String(type.find((each) => each !== "null") ?? "null");
  }
  if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return "array";
  if ("minimum" in schema || "maximum" in schema || "multipleOf" in schema) return "number";
  return "string";
}

function countOf(value: unknown): number {
  return typeof value === "number" && value > 0 ? Math.min(Math.ceil(value), ITEMS_MAX) : 0;
}

function writeArray(schema: JsonSchema, writing: Writing, place: Place): unknown[] {
  const first = Array.isArray(schema["prefixItems"])
    ? schema["prefixItems"]
    : Array.isArray(schema["items"])
      ? schema["items"]
      : [];
  const rest = Array.isArray(schema["items"]) ? schema["additionalItems"] : schema["items"];
  const min = countOf(schema["minItems"]);
  const max = typeof schema["maxItems"] === "number" ? Math.min(schema["maxItems"], ITEMS_MAX) : ITEMS_MAX;
  const wished = isSpare(writing, place) ? Math.max(first.length, rest === undefined || rest === false ? 0 : 2) : 0;
  const count = Math.min(Math.max(min, wished), max);
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let tries = 0; items.length < count && tries < count * 10; tries += 1) {
    const value = writeValue(first[items.length] ?? rest, writing, { depth: place.depth + 1, field: place.field });
    const key = schema["uniqueItems"] === true ? JSON.stringify(value) : String(tries);
    if (!seen.has(key)) items.push(value);
    seen.add(key);
  }
  return items;
}

function writeObject(schema: JsonSchema, writing: Writing, place: Place): Record<string, unknown> {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const names = isSpare(writing, place) ? [...Object.keys(properties), ...required] : required;
  const wanted = new Set(names);
  for (const name of extraNames(schema, writing.source)) {
    if (wanted.size >= countOf(schema["minProperties"])) break;
    wanted.add(name);
  }
  const extra = schema["additionalProperties"];
  return Object.fromEntries(
    [...wanted].map((name) => {
      const node = Object.hasOwn(properties, name) ? properties[name] : extra;
      return [name, writeValue(node, writing, { depth: place.depth + 1, field: name })];
    }),
  );
}

/** Names for properties that the schema counts but does not name. */
function extraNames(schema: JsonSchema, { facts }: ValueSource): string[] {
  const names = isObject(schema["propertyNames"]) ? schema["propertyNames"]["enum"] : undefined;
  if (Array.isArray(names)) return names.map(String);
  return [
    ...facts.topics,
    ...Array.from({ length: countOf(schema["minProperties"]) }, (_, index) => `field_${index + 1}`),
  ];
}
