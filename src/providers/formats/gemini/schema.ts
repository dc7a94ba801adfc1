// Schemas. Google has two forms: a part of OpenAPI's (`parameters`, `responseSchema`), which is read here, and JSON schema
// (`parametersJsonSchema`, `responseJsonSchema`), which can say all that the first can and is the only one written.
import type { Extra } from "../../contract.ts";
import { isObject } from "../fields.ts";
import { camelKey } from "./camel-keys.ts";

/** Schemas nested deeper are given on as they are. */
const DEPTH_MAX = 48;

const TYPES = new Set(["string", "number", "integer", "boolean", "array", "object"]);
const COUNTS = ["minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"];

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
