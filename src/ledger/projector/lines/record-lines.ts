// How a record stands in a frame: first what PostgreSQL keeps in columns of its own, then the record as JSON. The first
// line is written when the call closes, where all of it is at hand: to parse the record later only for these fields would cost
// 5 µs here, or 15 µs over there. Frames of earlier versions have no such line, or another one, and are parsed.
import { cleanText } from "../../clean-text.ts";
import type { CallRecord, SpanRecord } from "../../contract.ts";
import { columnsOfCall } from "./columns-of-call.ts";
import { columnsOfSpan } from "./columns-of-span.ts";
import { LINE_BEGIN, LINE_END, type LineColumns, writeLine } from "./line-columns.ts";
import type { Unchecked } from "./unchecked.ts";

interface RecordLines {
  /** A row as text: the columns that are filtered and summed. */
  columns: Uint8Array;
  /** JSON: the whole record. */
  record: Uint8Array;
}

const BEGIN = Buffer.from(LINE_BEGIN);
const ROW = BEGIN[0];
const END = 0;
const NEW_LINE = 0x0a;

/** The text that goes into the frame. */
export function joinRecordLines(record: CallRecord | SpanRecord, json: string): string {
  return writeLine(columnsOf(record)) + json;
}

/** Both lines as PostgreSQL can hold them. Throws SyntaxError where there is no JSON. */
export function splitRecordLines(text: Uint8Array): RecordLines {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  // Lines of the first versions were JSON, and ended with a line break.
  const end = bytes.indexOf(bytes[0] === ROW ? END : NEW_LINE);
  const record = cleanRecord(bytes.subarray(end + 1));
  const isCurrent = end > 0 && BEGIN.every((byte, at) => bytes[at] === byte);
  return { columns: isCurrent ? bytes.subarray(0, end) : makeLine(record), record };
}

function makeLine(json: Buffer): Uint8Array {
  // A record of another version need not even be an object.
  const record = Object(JSON.parse(json.toString())) as Unchecked;
  return Buffer.from(writeLine(columnsOf(record)).slice(0, -LINE_END.length));
}

function columnsOf(record: Unchecked): LineColumns {
  return record.source !== undefined ? columnsOfSpan(record) : columnsOfCall(record);
}

function cleanRecord(json: Buffer): Buffer {
  // Records hardly ever escape a character, and only such a one may be more than PostgreSQL can hold.
  if (!json.includes("\\u0000") && !json.includes("\\ud")) return json;
  return Buffer.from(JSON.stringify(JSON.parse(json.toString(), cleanValue)));
}

function cleanValue(_: string, value: unknown): unknown {
  return typeof value === "string" ? cleanText(value) : value;
}
