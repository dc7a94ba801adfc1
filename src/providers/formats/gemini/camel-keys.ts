// Google takes every name of its JSON in two spellings, `maxOutputTokens` and `max_output_tokens`. Here the first becomes the only
// one, but for what is the caller's own: arguments, results, labels, and schemas, which see to themselves.
import { isObject } from "../fields.ts";

const OWN_WORDS = new Set([
  "args",
  "response",
  "parameters",
  "parametersJsonSchema",
  "responseSchema",
  "responseJsonSchema",
  "labels",
  "customConfigs",
  "partMetadata",
]);

/** Deeper than any request of this dialect. Below it names stay as they are. */
const DEPTH_MAX = 16;

/** The same JSON, its names in camelCase. Where a thing is said in both spellings, camelCase counts. */
export function camelKeys(value: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => camelKeys(each, depth + 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => {
    const key = camelKey(name);
    return [key, OWN_WORDS.has(key) ? each : camelKeys(each, depth + 1)];
  });
  const camel = entries.filter(([key]) => Object.hasOwn(value, key));
  return Object.fromEntries(camel.length === entries.length ? entries : [...entries, ...camel]);
}

export function camelKey(name: string): string {
  return name.includes("_")
    ? name.replaceAll(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name;
}
