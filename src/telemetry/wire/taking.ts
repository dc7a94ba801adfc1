// What one record may take: each text, value and list of it is held to a bound, and what was longer is cut and named. A
// hostile sender can fill its own records, and neither the memory nor the disk of others.
import type { JsonValue, WireAttributes } from "./wire-span.ts";

export interface WireBounds {
  /** Spans, logs, points of metrics of one request, and their groups. */
  records_max: number;
  /** Of a record, of each of its events, and of each map within. */
  attributes_max: number;
  events_max: number;
  links_max: number;
  /** Of one value, of one text. */
  value_bytes_max: number;
  /** Of all values of a record together. */
  record_bytes_max: number;
  /** How deep maps and lists may stand in one another. */
  depth_max: number;
}

/** Made anew for each record. */
export interface Taking {
  readonly bounds: WireBounds;
  /** What may still come. */
  bytesLeft: number;
  readonly cut: string[];
  /** Which attributes are being read, and which of them: what is cut now is named so. Put together only where it is. */
  where: string;
  key: string;
  /** Of maps and lists in one another. */
  depth: number;
}

const CUTS_MAX = 20;
const NAME_LENGTH_MAX = 1024;
const KEY_LENGTH_MAX = 256;
/** Lists, maps and numbers take memory, too. */
const VALUE_BYTES = 8;

export function beginTaking(bounds: WireBounds): Taking {
  return { bounds, bytesLeft: bounds.record_bytes_max, cut: [], where: "", key: "", depth: 0 };
}

export function noteCut({ cut }: Pick<Taking, "cut">, what: string): void {
  if (cut.length < CUTS_MAX && !cut.includes(what)) cut.push(what);
}

/** That what is being read was cut. */
export function noteValueCut(taking: Taking): void {
  noteCut(taking, taking.key === "" ? taking.where : `${taking.where}.${taking.key}`);
}

/** A text of an attribute: well-formed, without NUL, which PostgreSQL has no place for, and within the bounds. */
export function takeText(taking: Taking, text: string): string {
  const kept = withinBounds(taking, text);
  if (kept.length < text.length) noteValueCut(taking);
  return cleanText(kept);
}

/** A name, of which nobody needs more. */
export function takeName(taking: Taking, text: string, what: string): string {
  const kept = withinBounds(taking, text.length > NAME_LENGTH_MAX ? text.slice(0, NAME_LENGTH_MAX) : text);
  if (kept.length < text.length) noteCut(taking, what);
  return cleanText(kept);
}

function withinBounds(taking: Taking, text: string): string {
  const max = Math.min(taking.bounds.value_bytes_max, Math.max(0, taking.bytesLeft));
  const kept = text.length > max ? text.slice(0, max) : text;
  taking.bytesLeft -= kept.length;
  return kept;
}

/** Keys recur, and are short but for a hostile sender's. */
export function cleanKey(text: string): string {
  return cleanText(text.length > KEY_LENGTH_MAX ? text.slice(0, KEY_LENGTH_MAX) : text);
}

function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes("\0") ? whole.replaceAll("\0", "\ufffd") : whole;
}

/** Counts a number, list or map; false when there is no room for it any more. */
export function takeValue(taking: Taking): boolean {
  taking.bytesLeft -= VALUE_BYTES;
  if (taking.bytesLeft >= 0) return true;
  noteValueCut(taking);
  return false;
}

/** Sets a key that a sender chose: one named __proto__ is a key like any other. */
export function setAttribute(attributes: WireAttributes, key: string, value: JsonValue): void {
  if (key === "__proto__")
    Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
  else attributes[key] = value;
}

/** JSON has no words for some numbers, and OTLP says them in words. */
export function numberInWords(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
