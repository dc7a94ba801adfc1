// What the attributes of one span or log say, by field: gathered in one pass over them, so that a span that says nothing of
// models costs next to nothing. It remembers which attributes were taken; the rest stays with the record.
import type { JsonValue, WireAttributes } from "../../wire/wire-span.ts";
import type { Field } from "./field-names.ts";
import { bagNames } from "./bags.ts";
import { type ListName, listNameOf } from "./list-names.ts";
import { readObject } from "./read-value.ts";

export interface Said {
  /** The first value of a field, by the order of its names, that can be read; the attribute counts as taken. */
  take<T>(field: Field, read: (value: JsonValue) => T | undefined): T | undefined;
  /** All values of a field with their names, the first name first. Nothing is taken. */
  all(field: Field): readonly SaidValue[];
  /** The entries of a list that is spread over many attributes (`llm.input_messages.0.message.role`). */
  list(name: ListName): readonly ListEntry[];
  /** Says that an attribute is on the record elsewhere. */
  drop(name: string): void;
  /** The value of an attribute by its own name. */
  get(name: string): JsonValue | undefined;
  /** The attributes that no field took, over these. */
  rest(under?: WireAttributes): WireAttributes;
}

export interface SaidValue {
  name: string;
  rank: number;
  value: JsonValue;
}

export interface ListEntry {
  /** The attribute's whole name. */
  name: string;
  index: number;
  /** After the index: `message.role`. */
  path: string;
  value: JsonValue;
}

export type NameIndex = ReadonlyMap<string, readonly { field: Field; rank: number }[]>;

export type NameTable = Readonly<Partial<Record<Field, readonly string[]>>>;

/** Every name of a table, with the fields that it serves. */
export function indexNames(table: NameTable): NameIndex {
  const index = new Map<string, { field: Field; rank: number }[]>();
  for (const field of Object.keys(table) as Field[])
    for (const [rank, name] of (table[field] ?? []).entries())
      index.set(name, [...(index.get(name) ?? []), { field, rank }]);
  return index;
}

export function gather(attributes: WireAttributes, index: NameIndex): Said {
  const fields = new Map<Field, SaidValue[]>();
  const lists = new Map<ListName, ListEntry[]>();
  const taken = new Set<string>();

  const note = (name: string, value: JsonValue): boolean => {
    const served = index.get(name);
    if (!served) return false;
    for (const { field, rank } of served) addTo(fields, field, { name, rank, value });
    return true;
  };

  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    note(name, value);
    if (bagNames.has(name)) openBag(name, value, note);
    const entry = listNameOf(name);
    if (entry) addTo(lists, entry.list, { name, index: entry.index, path: entry.path, value });
  }
  for (const values of fields.values()) if (values.length > 1) values.sort((a, b) => a.rank - b.rank);

  return {
    take(field, read) {
      const values = fields.get(field);
      if (!values) return undefined;
      for (const { name, value } of values) {
        const found = read(value);
        if (found === undefined) continue;
        taken.add(name);
        for (const other of values) if (other.value === value || read(other.value) === found) taken.add(other.name);
        return found;
      }
      return undefined;
    },
    all: (field) => fields.get(field) ?? [],
    list: (name) => lists.get(name) ?? [],
    drop: (name) => void taken.add(name),
    get: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    rest: (under) => without(attributes, taken, under),
  };
}

function without(attributes: WireAttributes, taken: ReadonlySet<string>, under: WireAttributes = {}): WireAttributes {
  if (taken.size === 0) return { ...under, ...attributes };
  const rest: WireAttributes = { ...under };
  for (const name of Object.keys(attributes)) if (!taken.has(name)) rest[name] = attributes[name] ?? null;
  return rest;
}

function addTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const kept = map.get(key);
  if (kept) kept.push(value);
  else map.set(key, [value]);
}

// A bag that is longer holds content and not a few words about the span.
const BAG_CHARACTERS_MAX = 8192;

function openBag(name: string, value: JsonValue, note: (name: string, value: JsonValue) => boolean): void {
  if (typeof value === "string" && value.length > BAG_CHARACTERS_MAX) return;
  const bag = readObject(value);
  if (!bag) return;
  for (const key of Object.keys(bag)) {
    const inside = bag[key];
    if (inside !== undefined && inside !== null) note(`${name}.${key}`, inside);
  }
}
