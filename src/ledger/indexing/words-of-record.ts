// All words by which a record is found: its names, its error, what it was asked and answered, and its attributes.
import type { CallRecord, SpanRecord } from "../contract.ts";
import { tsvectorOf } from "../filter/words.ts";
import type { CallBodies } from "../store/reading.ts";
import { textOfBody } from "./text-of-body.ts";

/** Deeper and more of an attribute is left out. */
const ATTRIBUTE_STRINGS_MAX = 200;

/** The words as a `tsvector` is written; `max` is for each of the bodies, and for the attributes. */
export function wordsOfRecord(record: CallRecord | SpanRecord, bodies: CallBodies | undefined, max: number): string {
  const parts: string[] = [];
  if (record.error) parts.push(record.error.code, record.error.message);
  if ("name" in record) parts.push(record.name, attributeText(record.attributes, max));
  for (const part of ["request", "response"] as const) {
    const bytes = bodies?.[part];
    if (bytes) parts.push(textOfBody({ bytes, mediaType: record.bodies[part]?.media_type ?? "" }, max));
  }
  return tsvectorOf(parts.join(" "));
}

function attributeText(attributes: unknown, max: number): string {
  const strings: string[] = [];
  const waiting: unknown[] = [attributes];
  for (let steps = 0; waiting.length > 0 && steps < 10 * ATTRIBUTE_STRINGS_MAX; steps += 1) {
    const value = waiting.shift();
    if (typeof value === "string") strings.push(value);
    else if (typeof value === "object" && value !== null)
      waiting.push(...Object.values(value).slice(0, ATTRIBUTE_STRINGS_MAX));
    if (strings.length >= ATTRIBUTE_STRINGS_MAX) break;
  }
  return strings.join(" ").slice(0, max);
}
