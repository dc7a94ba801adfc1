// Attributes and their values in OTLP's JSON, and the few shapes that all of it is made of. Whatever is of another shape than
// it should be is left out: unknown fields are to be ignored, and a wrong one is hardly known.
import {
  cleanKey,
  noteCut,
  noteValueCut,
  numberInWords,
  setAttribute,
  type Taking,
  takeName,
  takeText,
  takeValue,
} from "../taking.ts";
import type { JsonValue, WireAttributes } from "../wire-span.ts";

export type JsonObject = Record<string, unknown>;

export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function nameIn(value: unknown, taking: Taking, what: string): string {
  return takeName(taking, textIn(value), what);
}

/** Digits or a number; NaN for what is neither. */
export function numberIn(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

/** A count: zero where it is not said. */
export function countIn(value: unknown): number {
  const count = numberIn(value);
  return Number.isFinite(count) && count > 0 ? Math.trunc(count) : 0;
}

/** Ids are hex here, where other JSON of protobuf has base64. One of a wrong length shows that it is wrong. */
export function hexIn(value: unknown, bytes: number): string {
  const text = textIn(value).slice(0, 2 * bytes + 2);
  return /^[0-9a-f]*$/i.test(text) ? text.toLowerCase() : "not hex";
}

/** Nanoseconds since 1970 as milliseconds with fraction; zero where they are not said, NaN for what is no time. */
export function nanosIn(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === "number") return value / 1e6;
  const digits = textIn(value);
  if (!/^\d{1,20}$/.test(digits)) return Number.NaN;
  // Of 19 digits, a number keeps 15 or 16: the whole milliseconds apart, their fraction is kept.
  return Number(digits.slice(0, -6)) + Number(digits.slice(-6)) / 1e6;
}

/** An enum's place: senders write its number, and some its name, as `SPAN_KIND_SERVER`. */
export function enumIn<Name extends string>(value: unknown, { names, prefix }: EnumNames<Name>): Name | undefined {
  if (typeof value === "number") return names[value];
  const text = textIn(value);
  if (/^\d{1,3}$/.test(text)) return names[Number(text)];
  return names.find((name) => text === prefix + name.toUpperCase());
}

interface EnumNames<Name> {
  names: readonly Name[];
  prefix: string;
}

export function attributesIn(value: unknown, taking: Taking, where: string): WireAttributes {
  taking.where = where;
  taking.key = "";
  return readPairs(listIn(value), taking);
}

function readPairs(pairs: readonly unknown[], taking: Taking): WireAttributes {
  const attributes: WireAttributes = {};
  const bound = taking.bounds.attributes_max;
  for (const each of pairs.length > bound ? pairs.slice(0, bound) : pairs) {
    const pair = objectIn(each);
    if (typeof pair?.["key"] !== "string") continue;
    if (taking.bytesLeft <= 0) {
      noteCut(taking, taking.where);
      break;
    }
    const key = cleanKey(pair["key"]);
    taking.bytesLeft -= key.length;
    if (taking.depth === 0) taking.key = key;
    setAttribute(attributes, key, anyValueIn(pair["value"], taking));
  }
  if (pairs.length > bound) noteCut(taking, taking.where);
  return attributes;
}

/** The same as its protobuf: past the bound of depth a value is null, and named as cut. */
export function anyValueIn(value: unknown, taking: Taking): JsonValue {
  const object = objectIn(value);
  if (!object) return null;
  taking.bytesLeft -= 1;
  if (taking.depth >= taking.bounds.depth_max) {
    noteValueCut(taking);
    return null;
  }
  if (typeof object["stringValue"] === "string") return takeText(taking, object["stringValue"]);
  if (typeof object["boolValue"] === "boolean") return object["boolValue"];
  if ("intValue" in object) return intIn(object["intValue"]);
  if ("doubleValue" in object) return doubleIn(object["doubleValue"]);
  if (typeof object["bytesValue"] === "string") return takeText(taking, object["bytesValue"]);
  taking.depth += 1;
  const inner = innerIn(object, taking);
  taking.depth -= 1;
  return inner;
}

function innerIn(object: JsonObject, taking: Taking): JsonValue {
  if ("arrayValue" in object) return readList(listIn(objectIn(object["arrayValue"])?.["values"]), taking);
  if ("kvlistValue" in object) return readPairs(listIn(objectIn(object["kvlistValue"])?.["values"]), taking);
  return null;
}

function readList(values: readonly unknown[], taking: Taking): JsonValue[] {
  const list: JsonValue[] = [];
  for (const value of values) {
    if (!takeValue(taking)) break;
    list.push(anyValueIn(value, taking));
  }
  return list;
}

function intIn(value: unknown): JsonValue {
  if (typeof value === "number") return numberInWords(value);
  const digits = textIn(value);
  if (!/^-?\d{1,20}$/.test(digits)) return null;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

const IN_WORDS = new Set(["NaN", "Infinity", "-Infinity"]);

/** A number, or one of the three that JSON has no digits for; null for anything else. */
export function doubleIn(value: unknown): number | string | null {
  if (typeof value === "string" && IN_WORDS.has(value)) return value;
  const number = numberIn(value);
  return Number.isFinite(number) ? number : null;
}
