// Strings for JSON schemas: by format, by pattern, between the length bounds, and from the prompt where that will do.
import { speak } from "../answers/grammar.ts";
import { createPatternWriter } from "./pattern-text.ts";
import type { PromptFacts } from "../answers/prompt-facts.ts";
import type { JsonSchema } from "./resolve-schema.ts";
import type { Seeded } from "../answers/seeded.ts";

export interface StringSource {
  facts: PromptFacts;
  seeded: Seeded;
  /** Names and topics of the prompt that no string has used yet; taken from the front. */
  unused: string[];
}

const LENGTH_MAX = 10_000;
const PATTERN_TRIES = 24;
const PROSE_FIELDS = /reason|descri|summar|text|content|answer|explan|message|body|comment|note|thought|detail/i;

/** A string for a plain schema node; `field` is the property's name, a hint at what belongs there. */
export function stringForSchema(schema: JsonSchema, field: string, source: StringSource): string {
  const min = lengthBound(schema["minLength"], 0);
  const max = Math.max(min, lengthBound(schema["maxLength"], LENGTH_MAX));
  const formatted = textForFormat(schema["format"] ?? schema["contentEncoding"], source);
  if (formatted !== undefined) return formatted;
  if (typeof schema["pattern"] === "string") return textForPattern(schema["pattern"], { min, max }, source.seeded);
  return fitLength(freeText(field, source), { min, max }, source);
}

function lengthBound(value: unknown, fallback: number): number {
  return typeof value === "number" ? Math.min(Math.max(Math.ceil(value), 0), LENGTH_MAX) : fallback;
}

function freeText(field: string, source: StringSource): string {
  if (PROSE_FIELDS.test(field)) return speak("sentence", source.facts.topics, source.seeded);
  return source.unused.shift() ?? source.facts.topics[0] ?? speak("object", source.facts.topics, source.seeded);
}

interface Bounds {
  min: number;
  max: number;
}

/** JSON schema counts code points, and so does this. */
function fitLength(text: string, { min, max }: Bounds, { facts, seeded }: StringSource): string {
  let fitted = text;
  while ([...fitted].length < min) fitted += ` ${speak("sentence", facts.topics, seeded)}`;
  return [...fitted].length > max ? [...fitted].slice(0, max).join("") : fitted;
}

// The pattern is never run: it is the caller's, and a few bad ones keep a regular expression engine busy for ever.
function textForPattern(pattern: string, { min, max }: Bounds, seeded: Seeded): string {
  const write = createPatternWriter(pattern);
  let text = "";
  for (let attempt = 0; attempt < PATTERN_TRIES; attempt += 1) {
    text = write(seeded, attempt % 2 === 0 ? attempt : min + attempt);
    const { length } = [...text];
    if (length >= min && length <= max) break;
  }
  return text;
}

function textForFormat(format: unknown, { facts, seeded }: StringSource): string | undefined {
  const two = (max: number, min = 1): string => String(seeded.whole(min, max)).padStart(2, "0");
  const hex = (length: number): string => Array.from({ length }, () => seeded.whole(0, 15).toString(16)).join("");
  const date = (): string => `${seeded.whole(2020, 2029)}-${two(12)}-${two(28)}`;
  const time = (): string => `${two(23, 0)}:${two(59, 0)}:${two(59, 0)}`;
  const label = (facts.topics[0] ?? "binnacle").toLowerCase().replaceAll(/[^a-z0-9]/g, "") || "binnacle";
  const host = `${label}.example`;
  switch (format) {
    case "date-time":
      return `${date()}T${time()}Z`;
    case "date":
      return date();
    case "time":
      return `${time()}Z`;
    case "duration":
      return `PT${seeded.whole(1, 59)}M`;
    case "email":
    case "idn-email":
      return `${label}@example.com`;
    case "hostname":
    case "idn-hostname":
      return host;
    case "uri":
    case "url":
    case "iri":
    case "uri-reference":
    case "iri-reference":
      return `https://${host}/${seeded.whole(1, 999)}`;
    case "uuid":
      return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
    case "ipv4":
      return `192.0.2.${seeded.whole(1, 254)}`;
    case "ipv6":
      return `2001:db8::${seeded.whole(1, 9)}`;
    case "json-pointer":
      return `/${label}`;
    case "regex":
      return `^${label}$`;
    case "base64":
    case "byte":
      return btoa(label);
    default:
      return undefined;
  }
}
