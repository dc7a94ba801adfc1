// Values of attributes as what a field wants. Senders put numbers in texts, lists in JSON, and anything anywhere: what cannot be
// read is undefined, and nothing here throws.
import type { JsonValue } from "../../wire/wire-span.ts";

export type JsonObject = { [key: string]: JsonValue };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that says something; numbers too, since some number their sessions. */
export function readText(value: JsonValue): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}

/** A text, or the first of a list of them, also of one in JSON: finish reasons are said so. */
export function readFirstText(value: JsonValue): string | undefined {
  const [first] = readTexts(value) ?? [];
  return first;
}

/** Texts: a list, a list in JSON, or one with commas. */
export function readTexts(value: JsonValue): string[] | undefined {
  const list = Array.isArray(value) ? value : typeof value === "string" ? listIn(value) : undefined;
  const texts = list?.flatMap((one) => (typeof one === "string" && one !== "" ? [one] : []));
  return texts && texts.length > 0 ? texts : undefined;
}

function listIn(text: string): JsonValue[] {
  const parsed = text.startsWith("[") ? parseJson(text) : undefined;
  return Array.isArray(parsed) ? parsed : text.split(",").map((part) => part.trim());
}

export function readNumber(value: JsonValue): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A whole number of things, none below zero: tokens. */
export function readCount(value: JsonValue): number | undefined {
  const number = readNumber(value);
  return number !== undefined && number >= 0 && number <= COUNT_MAX ? Math.round(number) : undefined;
}

// A thousand billion tokens in one span are nobody's; sums of these stay whole numbers in PostgreSQL and here.
const COUNT_MAX = 1e12;

export function readBoolean(value: JsonValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

/** An object, or one in JSON. */
export function readObject(value: JsonValue): JsonObject | undefined {
  const parsed = typeof value === "string" ? parseJson(value) : value;
  return isObject(parsed) ? parsed : undefined;
}

/** What stands in a text that looks like JSON's object, list or text; undefined where it is none. */
export function parseJson(text: string): JsonValue | undefined {
  const first = text.trimStart()[0];
  if (first !== "{" && first !== "[" && first !== '"') return undefined;
  if (text.length > SHALLOW_CHARACTERS && isDeep(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

// A text that is shorter has no room for a depth that hurts: what is read is written again, level by level.
const SHALLOW_CHARACTERS = 4096;
const DEPTH_MAX = 500;

/** Brackets within texts count too: whoever writes that many of them unclosed has his text kept as it came. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN_LIST || code === OPEN_MAP) {
      depth += 1;
      if (depth > DEPTH_MAX) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_MAP) depth -= 1;
  }
  return false;
}

const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

/** Epoch milliseconds of a time as ISO text, quoted in JSON or not, or as a number. */
export function readTime(value: JsonValue): number | undefined {
  const said = typeof value === "string" ? (parseJson(value) ?? value) : value;
  const ms = typeof said === "string" ? Date.parse(said) : said;
  return typeof ms === "number" && Number.isFinite(ms) ? ms : undefined;
}
