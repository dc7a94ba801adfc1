// Schemas, both directions. Gemini has two forms: a part of OpenAPI's (`parameters`, `responseSchema`), which every model takes, and
// JSON schema (`parametersJsonSchema`, `responseJsonSchema`) for what the first cannot say.
import type { Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";
import { camelKey } from "./camel-keys.ts";

/** Schemas nested deeper are given on as they are. */
const DEPTH_MAX = 48;

const TYPES = new Set(["string", "number", "integer", "boolean", "array", "object"]);
const COUNTS = ["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"];
const PLAIN = new Set([
  "title",
  "description",
  "required",
  "propertyOrdering",
  "pattern",
  "minimum",
  "maximum",
  "default",
  ...COUNTS,
]);
const FORMATS: Record<string, readonly string[]> = {
  string: ["date-time", "enum"],
  integer: ["int32", "int64"],
  number: ["float", "double"],
};

/** JSON schema from OpenAPI's. */
export function schemaFromOpenApi(schema: unknown, depth = 0): unknown {
  if (!isObject(schema) || depth > DEPTH_MAX) return schema;
  const read = (each: unknown): unknown => schemaFromOpenApi(each, depth + 1);
  const said = Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]): [string, unknown][] => {
      const key = camelKey(name);
      if (key === "type") return typeof value === "string" ? typeEntry(value) : [[key, value]];
      if (key === "example") return [["examples", [value]]];
      if (key === "nullable") return [];
      if (key === "properties" && isObject(value))
        return [[key, Object.fromEntries(Object.entries(value).map(([property, each]) => [property, read(each)]))]];
      if ((key === "anyOf" || key === "prefixItems") && Array.isArray(value)) return [[key, value.map(read)]];
      if (key === "items" || key === "additionalProperties") return [[key, read(value)]];
      // Google writes 64-bit integers as text.
      if (COUNTS.includes(key) && typeof value === "string") return [[key, Number(value)]];
      return [[key, value]];
    }),
  );
  return schema["nullable"] === true ? withNull(said) : said;
}

function typeEntry(value: string): [string, unknown][] {
  if (value === "TYPE_UNSPECIFIED") return [];
  const lower = value.toLowerCase();
  return [["type", TYPES.has(lower) || lower === "null" ? lower : value]];
}

function withNull(schema: Extra): Extra {
  const values = Array.isArray(schema["enum"]) ? { enum: [...(schema["enum"] as unknown[]), null] } : {};
  if (typeof schema["type"] === "string") return { ...schema, ...values, type: [schema["type"], "null"] };
  return Array.isArray(schema["anyOf"])
    ? { ...schema, anyOf: [...(schema["anyOf"] as unknown[]), { type: "null" }] }
    : schema;
}

/** OpenAPI's schema from JSON schema; undefined for what it cannot say. */
export function openApiFromSchema(schema: unknown, depth = 0): Extra | undefined {
  if (!isObject(schema) || depth > DEPTH_MAX) return undefined;
  const { $schema: _, type, anyOf, nullable, ...rest } = schema;
  if (nullable !== undefined) return undefined;
  const head = anyOf === undefined ? writeType(type) : type === undefined ? writeAnyOf(anyOf, depth) : undefined;
  if (!head || (anyOf !== undefined && "enum" in rest)) return undefined;
  const kind = head.said["type"] === undefined ? "" : String(head.said["type"]).toLowerCase();
  const { said, isNullable } = head;
  for (const [key, value] of Object.entries(rest)) {
    const written = writeKeyword(key, value, { kind, isNullable, depth });
    if (written === undefined) return undefined;
    Object.assign(said, written);
  }
  if (kind === "array" && said["items"] === undefined) return undefined;
  // An object within, of which nothing is known, is refused.
  if (kind === "object" && depth > 0 && Object.keys((said["properties"] as Extra | undefined) ?? {}).length === 0)
    return undefined;
  return isNullable ? { ...said, nullable: true } : said;
}

interface Head {
  said: Extra;
  isNullable: boolean;
}

function writeType(type: unknown): Head | undefined {
  const names: unknown[] = Array.isArray(type) ? type : [type];
  const [name, ...others] = names.filter((each) => each !== "null");
  if (typeof name !== "string" || !TYPES.has(name) || others.length > 0) return undefined;
  return { said: { type: name.toUpperCase() }, isNullable: names.length > 1 };
}

function writeAnyOf(anyOf: unknown, depth: number): Head | undefined {
  if (!Array.isArray(anyOf)) return undefined;
  const isNull = (each: unknown): boolean =>
    isObject(each) && each["type"] === "null" && Object.keys(each).length === 1;
  const others = anyOf.filter((each) => !isNull(each));
  const written = others.map((each) => openApiFromSchema(each, depth + 1));
  if (written.length === 0 || written.includes(undefined)) return undefined;
  return { said: { anyOf: written }, isNullable: others.length < anyOf.length };
}

interface Place {
  kind: string;
  isNullable: boolean;
  depth: number;
}

/** Undefined for what cannot be said. */
function writeKeyword(key: string, value: unknown, { kind, isNullable, depth }: Place): Extra | undefined {
  if (PLAIN.has(key)) return { [key]: value };
  if (key === "format") return FORMATS[kind]?.includes(String(value)) ? { format: value } : undefined;
  if (key === "examples")
    return Array.isArray(value) && value.length === 1 ? { example: value[0] as unknown } : undefined;
  if (key === "enum") {
    const values = Array.isArray(value) ? value.filter((each) => !(isNullable && each === null)) : [null];
    return kind === "string" && values.every((each) => typeof each === "string") ? { enum: values } : undefined;
  }
  if (key === "items") {
    const items = openApiFromSchema(value, depth + 1);
    return items && { items };
  }
  if (key !== "properties" || !isObject(value)) return undefined;
  const entries = Object.entries(value).map(([name, each]) => [name, openApiFromSchema(each, depth + 1)] as const);
  return entries.some(([, each]) => each === undefined) ? undefined : { properties: Object.fromEntries(entries) };
}
