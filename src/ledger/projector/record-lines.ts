// How a record stands in a frame: on one line what PostgreSQL keeps in columns of its own, on the next the record. The first
// line is written when the call closes, where all of it is at hand: to parse the record later only for these fields would cost
// 5 µs here, or 15 µs over there. Frames of earlier versions have no such line, or a shorter one, and are parsed.
import type { CallRecord } from "../contract.ts";

interface RecordLines {
  /** JSON: the columns that are filtered and summed. */
  columns: Uint8Array;
  /** JSON: the whole record. */
  record: Uint8Array;
}

type Unchecked = Partial<Record<string, unknown>>;

const NEW_LINE = 0x0a;
/** `{"k`: lines of earlier versions began with the id, and had ten columns. */
const FIRST_COLUMN = 0x6b;
const FIRST_COLUMN_AT = 2;

/** The text that goes into the frame. JSON has no line breaks of its own. */
export function joinRecordLines(record: CallRecord, json: string): string {
  return `${JSON.stringify(columnsOf(record))}\n${json}`;
}

/** Both lines as PostgreSQL can hold them. Throws SyntaxError where there is no JSON. */
export function splitRecordLines(text: Uint8Array): RecordLines {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const end = bytes.indexOf(NEW_LINE);
  // Records hardly ever escape a character, and only such a one may be more than PostgreSQL can hold.
  const isPlain = end >= 0 && bytes[FIRST_COLUMN_AT] === FIRST_COLUMN && !bytes.includes("\\u");
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

/**
 * PostgreSQL says whether these will do: a record of another version may lack one. What is undefined is left out of the line,
 * and is null over there; `kind` comes first, by which a line is told from one of an earlier version.
 */
function columnsOf(record: Unchecked) {
  const { who, answer, tokens, timings, model, operation } = record;
  return {
    kind: operation === "embeddings" ? "embedding" : operation === "rerank" ? "rerank" : "call",
    id: record.id,
    started_at_ms: record.started_at_ms,
    trace_id: record.trace_id,
    span_id: record.span_id,
    parent_span_id: record.parent_span_id ?? undefined,
    key_id: fieldOf(who, "key_id"),
    session: record.session ?? undefined,
    user_name: fieldOf(who, "user"),
    team: fieldOf(who, "team"),
    project: fieldOf(who, "project"),
    tags: tagsOf(who),
    model,
    answer_model: fieldOf(answer, "model"),
    route: fieldOf(record.route, "name"),
    vendor: fieldOf(answer, "vendor"),
    prompt: nameOfPrompt(record.prompt),
    operation,
    outcome: record.outcome,
    error_code: fieldOf(record.error, "code"),
    finish_reason: fieldOf(answer, "finish_reason"),
    cache: record.cache,
    input_tokens: fieldOf(tokens, "input"),
    output_tokens: fieldOf(tokens, "output"),
    cache_read_tokens: fieldOf(tokens, "cache_read"),
    cache_write_tokens: fieldOf(tokens, "cache_write"),
    reasoning_tokens: fieldOf(tokens, "reasoning"),
    cost_usd_micros: fieldOf(record.cost, "usd_micros"),
    saved_usd_micros: fieldOf(record.cached, "saved_usd_micros"),
    wasted_usd_micros: wastedBy(record),
    duration_ms: fieldOf(timings, "total_ms"),
    first_token_ms: fieldOf(timings, "first_token_ms"),
  };
}

function tagsOf(who: unknown): unknown {
  const tags = fieldOf(who, "tags");
  return Array.isArray(tags) && tags.length > 0 ? tags : undefined;
}

function nameOfPrompt(prompt: unknown): string | undefined {
  const [id, version] = [fieldOf(prompt, "id"), fieldOf(prompt, "version")];
  if (typeof id !== "string") return undefined;
  return typeof version === "string" ? `${id}@${version}` : id;
}

/** What the attempts cost whose answers were not given, as far as they say so. Undefined rather than nothing. */
function wastedBy({ attempts, answer, continued }: Unchecked): number | undefined {
  if (!Array.isArray(attempts)) return undefined;
  let wasted = 0;
  for (const attempt of attempts as unknown[]) {
    const cost = fieldOf(attempt, "cost_usd_micros");
    if (typeof cost !== "number" || cost <= 0) continue;
    const isGiven = fieldOf(attempt, "outcome") !== "error" && fieldOf(attempt, "target") === fieldOf(answer, "target");
    if (!isGiven && !continued) wasted += cost;
  }
  return wasted > 0 ? wasted : undefined;
}

/** Undefined also where it is null. */
function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? ((value as Unchecked)[name] ?? undefined) : undefined;
}

function cleanValue(_: string, value: unknown): unknown {
  return typeof value === "string" ? cleanText(value) : value;
}

/** The text as PostgreSQL can hold it, without U+0000 and half surrogate pairs: those show as U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed();
}
