// What PostgreSQL keeps of a record in columns of its own, in the order in which a frame's first line says it, and how that
// line is written: as the text of a row of PostgreSQL's type `ledger_line_4` (migrations/0014). To read 30 columns of that takes
// it 4 µs; from JSON it was 13.
// https://www.postgresql.org/docs/18/rowtypes.html#ROWTYPES-IO-SYNTAX

import { cleanText, cutName, NAME_LENGTH_MAX } from "../../clean-text.ts";

export const lineColumns = [
  "is_own",
  "id",
  "trace_id",
  "parent_span_id",
  "span_id",
  "started_at_ms",
  "kind",
  "is_counted",
  "name",
  "key_id",
  "session",
  "user_name",
  "team",
  "project",
  "tags",
  "service",
  "environment",
  "model",
  "answer_model",
  "route",
  "vendor",
  "prompt",
  "pattern",
  "operation",
  "outcome",
  "error_code",
  "finish_reason",
  "cache",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "cost_usd_micros",
  "saved_usd_micros",
  "wasted_usd_micros",
  "duration_ms",
  "first_token_ms",
  "organisation",
  "response_id",
] as const;

/**
 * All of them, in their order. Unchecked, as a record of another version may have them: PostgreSQL says whether they will do;
 * what is undefined is null over there.
 */
export type LineColumns = Record<(typeof lineColumns)[number], unknown>;

/** Of these characters alone, a text stands in a row as it is. */
const PLAIN = /^[\w.:/@-]+$/;
/** These need quotes around them. */
const SIMPLE = /^[\w.:/@ ,;+=()[\]{}'!?#$%&*<>|~^-]*$/;
const QUOTED = /["\\]/g;

/** Rises with the columns and their order. It follows the bracket, so that a line of another version is known for one. */
const VERSION = "4";
export const LINE_BEGIN = `(${VERSION},`;
/** No text that PostgreSQL holds has it. */
export const LINE_END = "\0";

export function writeLine(columns: LineColumns): string {
  let line = `(${VERSION}`;
  // By their names, one after the other, they would cost three times as much, on the path of every call.
  for (const value of Object.values(columns)) line += `,${fieldText(value)}`;
  return `${line})${LINE_END}`;
}

function fieldText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.length <= NAME_LENGTH_MAX && PLAIN.test(value) ? value : quote(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? quoteList(value as unknown[]) : quote("?");
}

/** Each in quotes of its own, which stand escaped within those of the list. */
function quoteList(items: readonly unknown[]): string {
  return `"{${items.map((item) => quote(String(item)).replace(QUOTED, "\\$&")).join(",")}}"`;
}

function quote(text: string): string {
  // This is on the path of every call, and names hardly ever need more than their quotes.
  if (text.length <= NAME_LENGTH_MAX && SIMPLE.test(text)) return `"${text}"`;
  return `"${cutName(cleanText(text)).replace(QUOTED, "\\$&")}"`;
}
