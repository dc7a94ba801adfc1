// Makes one JSON schema node plain: follows `$ref` within the document and folds `allOf` in, so that the generator sees
// keywords only. `not`, `if`, `patternProperties` and `contains` are not read: a value made beside them may break them.

import { isObject } from "../../formats/fields.ts";

export type JsonSchema = Record<string, unknown>;

/** References and parts followed for one node; a schema that refers to itself would go on for ever. */
const STEPS_MAX = 64;

/** A node without `$ref` and `allOf`. `true` and whatever is no schema become `{}`: anything goes. */
export function resolveSchema(node: unknown, root: JsonSchema): JsonSchema {
  return resolveWithin(node, root, { left: STEPS_MAX });
}

function resolveWithin(node: unknown, root: JsonSchema, steps: { left: number }): JsonSchema {
  if (!isObject(node)) return {};
  const { $ref, allOf, ...rest } = node;
  const parts = Array.isArray(allOf) ? [...allOf] : [];
  if (typeof $ref === "string") parts.unshift(findByPointer(root, $ref));
  let plain: JsonSchema = rest;
  for (const part of parts) {
    if (steps.left <= 0) break;
    steps.left -= 1;
    plain = mergeSchemas(resolveWithin(part, root, steps), plain);
  }
  return plain;
}

/** `#`, `#/$defs/node`: RFC 6901 pointers into the document. Undefined when nothing is there. */
function findByPointer(root: JsonSchema, ref: string): unknown {
  if (!ref.startsWith("#")) return undefined;
  let node: unknown = root;
  for (const step of ref.slice(1).split("/").slice(1)) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    node = Array.isArray(node) ? node[Number(key)] : isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return node;
}

/** Both must hold: the tighter bound wins, lists of allowed values intersect, properties and requirements add up. */
export function mergeSchemas(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...a };
  for (const [keyword, value] of Object.entries(b)) merged[keyword] = mergeKeyword(keyword, a[keyword], value);
  return merged;
}

const LOWER_BOUNDS = new Set(["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]);
const UPPER_BOUNDS = new Set(["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]);

function mergeKeyword(keyword: string, a: unknown, b: unknown): unknown {
  if (a === undefined) return b;
  if (typeof a === "number" && typeof b === "number") {
    if (LOWER_BOUNDS.has(keyword)) return Math.max(a, b);
    if (UPPER_BOUNDS.has(keyword)) return Math.min(a, b);
  }
  if (keyword === "required" && Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  if (keyword === "enum" && Array.isArray(a) && Array.isArray(b)) return a.filter((value) => b.includes(value));
  if (keyword === "properties" && isObject(a) && isObject(b)) return mergeProperties(a, b);
  return b;
}

function mergeProperties(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged = { ...a };
  for (const [name, schema] of Object.entries(b))
    merged[name] = Object.hasOwn(a, name) ? { allOf: [a[name], schema] } : schema;
  return merged;
}
