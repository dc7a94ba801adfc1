// Attributes as OTLP has them; what is not known is left out.
import type { AnyValue, KeyValue } from "./otlp.ts";

/** A whole number is an integer unless it is marked as a double. */
export type Attribute = string | number | boolean | readonly string[] | { double: number } | null | undefined;

export function attributesOf(values: Readonly<Record<string, Attribute>>): KeyValue[] {
  const attributes: KeyValue[] = [];
  for (const [key, given] of Object.entries(values)) {
    const value = valueOf(given);
    if (value !== undefined) attributes.push({ key, value });
  }
  return attributes;
}

function valueOf(given: Attribute): AnyValue | undefined {
  if (given === null || given === undefined) return undefined;
  if (typeof given === "string") return { stringValue: given.toWellFormed() };
  if (typeof given === "boolean") return { boolValue: given };
  if (typeof given === "number")
    return Number.isSafeInteger(given) ? { intValue: String(given) } : { doubleValue: given };
  if ("double" in given) return { doubleValue: given.double };
  return given.length === 0 ? undefined : { arrayValue: { values: given.map((text) => ({ stringValue: text })) } };
}
