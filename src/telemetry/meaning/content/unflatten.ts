// A list that a sender spread over many attributes, put together again: `0.message.role`, `0.message.content`, ….
import type { JsonValue } from "../../wire/wire-span.ts";
import type { ListEntry } from "../names/said.ts";
import type { JsonObject } from "../names/read-value.ts";

/** Names that are deeper than this are nobody's. */
const DEPTH_MAX = 12;

export function unflatten(entries: readonly ListEntry[], itemsMax: number): JsonValue[] {
  const items = new Map<number, JsonObject>();
  for (const { index, path, value } of entries) {
    const item = items.get(index) ?? emptyObject();
    items.set(index, item);
    put(item, path === "" ? ["content"] : path.split(".", DEPTH_MAX), value);
  }
  return [...items.entries()]
    .sort(([one], [other]) => one - other)
    .slice(0, itemsMax)
    .map(([, item]) => listsIn(item));
}

// Without a prototype: the names in it are a stranger's.
function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject;
}

function put(item: JsonObject, path: readonly string[], value: JsonValue): void {
  let at = item;
  for (const part of path.slice(0, -1)) {
    const kept = at[part];
    const next = typeof kept === "object" && kept !== null && !Array.isArray(kept) ? kept : emptyObject();
    at[part] = next;
    at = next;
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}

/** Objects whose names are all numbers were lists. */
function listsIn(value: JsonObject): JsonObject {
  for (const key of Object.keys(value)) {
    const inside = value[key];
    if (typeof inside !== "object" || inside === null || Array.isArray(inside)) continue;
    const whole = listsIn(inside);
    const keys = Object.keys(whole);
    const isList = keys.length > 0 && keys.every((one) => /^\d{1,5}$/.test(one));
    value[key] = isList ? keys.map((one) => whole[one] ?? null) : whole;
  }
  return value;
}
