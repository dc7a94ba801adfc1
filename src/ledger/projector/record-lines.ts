// How a record stands in a frame: on one line what PostgreSQL keeps in columns of its own, on the next the record. The first
// line is written when the call closes, where all of it is at hand: to parse the record later only for ten fields would cost
// 5 µs here, or 15 µs over there. Frames of earlier versions have no such line, and are parsed.
import type { CallRecord } from "../contract.ts";

interface RecordLines {
  /** JSON: the columns that are filtered and summed. */
  columns: Uint8Array;
  /** JSON: the whole record. */
  record: Uint8Array;
}

type Unchecked = Partial<Record<string, unknown>>;

const NEW_LINE = 0x0a;

/** The text that goes into the frame. JSON has no line breaks of its own. */
export function joinRecordLines(record: CallRecord, json: string): string {
  return `${JSON.stringify(columnsOf(record))}\n${json}`;
}

/** Both lines as PostgreSQL can hold them. Throws SyntaxError where there is no JSON. */
export function splitRecordLines(text: Uint8Array): RecordLines {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const end = bytes.indexOf(NEW_LINE);
  // Records hardly ever escape a character, and only such a one may be more than PostgreSQL can hold.
  const isPlain = end >= 0 && !bytes.includes("\\u");
  return isPlain ? { columns: bytes.subarray(0, end), record: bytes.subarray(end + 1) } : parseLines(bytes, end + 1);
}

function parseLines(bytes: Buffer, recordAt: number): RecordLines {
  const json = bytes.toString("utf8", recordAt);
  const isClean = !json.includes("\\u0000") && !json.includes("\\ud");
  const record = JSON.parse(json, isClean ? undefined : cleanValue) as unknown;
  return {
    // A record of another version need not even be an object.
    columns: Buffer.from(JSON.stringify(columnsOf(Object(record) as Unchecked))),
    record: isClean ? bytes.subarray(recordAt) : Buffer.from(JSON.stringify(record)),
  };
}

/** PostgreSQL says whether these will do: a record of another version may lack one. */
function columnsOf({ id, started_at_ms, who, model, route, answer, outcome, tokens, cost }: Unchecked) {
  return {
    id,
    started_at_ms,
    key_id: fieldOf(who, "key_id"),
    model,
    route: fieldOf(route, "name"),
    vendor: fieldOf(answer, "vendor"),
    outcome,
    input_tokens: fieldOf(tokens, "input"),
    output_tokens: fieldOf(tokens, "output"),
    cost_usd_micros: fieldOf(cost, "usd_micros"),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Unchecked)[name] : undefined;
}

function cleanValue(_: string, value: unknown): unknown {
  return typeof value === "string" ? cleanText(value) : value;
}

/** The text as PostgreSQL can hold it, without U+0000 and half surrogate pairs: those show as U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
