// Reads the fields of a caller's JSON one by one, strictly: a wrong type is a `providers.bad_request` that says what
// is wrong, where, and how to mend it. Whatever nobody asked for is left over, for `extra`. Null counts as absent.
import type { Extra } from "../contract.ts";
import { providersErrors } from "../errors.ts";

export interface Fields {
  /** Where this object stands in the request, such as `messages.0`; empty at the top. */
  readonly path: string;
  text(key: string): string | undefined;
  /** A text that must be there. */
  needed(key: string): string;
  number(key: string): number | undefined;
  /** An integer of at least `min`. */
  integer(key: string, min?: number): number | undefined;
  flag(key: string): boolean | undefined;
  list(key: string): unknown[] | undefined;
  /** A JSON object, as it is. */
  object(key: string): Extra | undefined;
  /** Whatever is there; undefined for null. */
  any(key: string): unknown;
  /** What `typeof` says of it, without taking it; "undefined" for null. */
  peek(key: string): string;
  /** The path of a key, for errors about it. */
  at(key: string | number): string;
  /** What was not asked for; undefined when there is nothing. */
  rest(): Extra | undefined;
}

/** `what` finishes the sentence "must be …" when the value is no object. */
export function openFields(value: unknown, path: string, what: string): Fields {
  if (!isObject(value)) throw wrongType(path, what, value);
  const taken: string[] = [];
  const at = (key: string | number): string => (path === "" ? String(key) : `${path}.${key}`);
  const take = (key: string): unknown => {
    taken.push(key);
    return value[key] ?? undefined;
  };
  function typed<T>(key: string, what: string, fits: (found: unknown) => found is T): T | undefined {
    const found = take(key);
    if (found === undefined || fits(found)) return found;
    throw wrongType(at(key), what, found);
  }
  const text = (key: string): string | undefined => typed(key, "a string", (found) => typeof found === "string");
  return {
    path,
    at,
    any: take,
    peek: (key) => typeof (value[key] ?? undefined),
    text,
    needed(key) {
      const found = text(key);
      if (found === undefined) throw missing(at(key), "a string");
      return found;
    },
    number: (key) => typed(key, "a number", (found) => typeof found === "number"),
    integer: (key, min = Number.MIN_SAFE_INTEGER) =>
      typed(key, integerWords(min), (found): found is number => isIntegerFrom(found, min)),
    flag: (key) => typed(key, "true or false", (found) => typeof found === "boolean"),
    list: (key) => typed(key, "an array", (found): found is unknown[] => Array.isArray(found)),
    object: (key) => typed(key, "an object", isObject),
    rest() {
      let rest: Extra | undefined;
      for (const key in value) {
        // The one name that no object can be given by plain assignment says nothing in any dialect.
        if (value[key] === null || taken.includes(key) || key === "__proto__") continue;
        rest ??= {};
        rest[key] = value[key];
      }
      return rest;
    },
  };
}

/** The `providers.bad_request` for a value of the wrong type. `what` reads like "a string". */
export function wrongType(param: string, what: string, found: unknown) {
  return providersErrors.bad_request({
    param: param === "" ? null : param,
    problem: `must be ${what}, but is ${nameOf(found)}`,
    fix: param === "" ? `Send ${what}.` : `Set \`${param}\` to ${what}, or leave it out where it is optional.`,
  });
}

/** The `providers.bad_request` for something that must be there and is not. */
export function missing(param: string, what: string) {
  return providersErrors.bad_request({ param, problem: "is missing", fix: `Add \`${param}\`: ${what}.` });
}

/** For a request without a model; `listedAt` says where there are some. */
export function noModel(found: unknown, listedAt = "/v1/models") {
  return found === undefined || found === null
    ? missing("model", `the name of a route or a model; GET ${listedAt} lists them`)
    : wrongType("model", "a non-empty string", found);
}

/** For a conversation without messages. */
export function noMessages(found: unknown) {
  return found === undefined || found === null
    ? missing("messages", 'an array such as [{"role":"user","content":"Hello"}]')
    : wrongType("messages", "a non-empty array of messages", found);
}

export function isObject(value: unknown): value is Extra {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isIntegerFrom(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

/** The same object without its undefined members. */
export function definedOnly<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  // Deleting them would be shorter, and makes every later look at the object slow.
  const kept: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept as T;
}

/** What an object says beyond the known keys: neither null nor an empty list. Undefined when there is nothing. */
export function extraBeyond(source: Extra, known: ReadonlySet<string>): Extra | undefined {
  let extra: Extra | undefined;
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (known.has(key) || value === null || value === undefined || isEmptyList(value)) continue;
    extra ??= {};
    extra[key] = value;
  }
  return extra;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function integerWords(min: number): string {
  return min === Number.MIN_SAFE_INTEGER ? "an integer" : `an integer of at least ${min}`;
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === "object" ? "an object" : `the ${typeof value} ${String(value)}`;
}

/** A count of tokens as an answer gives it: a whole number, not below zero. */
export function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.round(value)) : undefined;
}

/** All members but these. */
export function without(object: Extra, names: readonly string[]): Extra {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
