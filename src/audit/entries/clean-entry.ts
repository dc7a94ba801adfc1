// Texts as JSON and PostgreSQL take them, and none longer than its bound: names may come from callers who are not known.
import type { CompleteEntry } from "../acting/acting.ts";
import type { JsonValue } from "./entry.ts";

/** Of a name or an id. */
const TEXT_LENGTH_MAX = 512;
const POLICIES_MAX = 32;

export const cleanText = (text: string): string => text.toWellFormed().replaceAll("\0", "\uFFFD");

const short = (text: string): string => {
  const clean = cleanText(text);
  return clean.length > TEXT_LENGTH_MAX ? `${clean.slice(0, TEXT_LENGTH_MAX - 1).toWellFormed()}…` : clean;
};

function cleanValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return cleanText(value);
  // JSON has no word for them; undefined comes where a type was got round.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value !== "object") return value ?? null;
  if (isList(value)) return value.map(cleanValue);
  return cleanFields(value);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const cleanFields = (fields: { readonly [name: string]: JsonValue }): { [name: string]: JsonValue } =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[cleanText(name), cleanValue(value)]],
    ),
  );

export function cleanEntry(entry: CompleteEntry): CompleteEntry {
  const { actor, resource, on_behalf_of, policies, request_id, details, personal, subject } = entry;
  return {
    ...entry,
    action: short(entry.action),
    actor: {
      kind: short(actor.kind),
      id: short(actor.id),
      name: short(actor.name),
      organisation: short(actor.organisation),
    },
    resource: { type: short(resource.type), id: short(resource.id) },
    organisation: short(entry.organisation),
    on_behalf_of: on_behalf_of === undefined ? undefined : short(on_behalf_of),
    policies: policies?.slice(0, POLICIES_MAX).map(short),
    request_id: request_id === undefined ? undefined : short(request_id),
    details: details && cleanFields(details),
    personal: personal && cleanFields(personal),
    subject: subject === undefined ? undefined : short(subject),
  };
}
