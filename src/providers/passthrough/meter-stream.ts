// Watches a vendor's server-sent events on their way to the caller. Only whole events are let through. After the first
// content, events of the usual form are passed over by their first and last bytes, and only the last four of them are
// decoded, because decoding every event would cost more than everything else that happens to a stream
// (docs/decisions/0009-pass-through.md). Whatever is not of that form is looked at by itself.
import { type AnswerFacts, noFacts, takeFacts } from "./answer-facts.ts";

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const DATA = Buffer.from("data:");
const DONE = Buffer.from("[DONE]");
const ERROR_KEY = Buffer.from('"error":');
const USAGE_KEY = Buffer.from('"prompt_tokens"');
const DONE_EVENT = Buffer.from("data: [DONE]\n\n");
const BLANK_LINE = Buffer.from("\n\n");
const NOTHING = Buffer.alloc(0);

/** How many of the last events are decoded for finish reason and usage. */
const KEPT_EVENTS = 4;
const ERROR_LENGTH_MAX = 2000;

export type StreamFault = { kind: "malformed"; detail: string } | { kind: "vendor_error"; detail: string };

export interface StreamMeter {
  /** Takes the next bytes from the vendor; gives back the whole events among them that the caller should see. */
  push(chunk: Uint8Array): Uint8Array;
  /** The vendor closed: gives what is still to be sent. Afterwards `isComplete` says whether that was a proper end. */
  end(): Uint8Array;
  readonly facts: AnswerFacts;
  /** The first event with content has come. */
  readonly hasContent: boolean;
  /** `[DONE]` came, or a finish reason and then the end. */
  readonly isComplete: boolean;
  /** Set once something broke the stream; nothing after it is let through. */
  readonly fault: StreamFault | undefined;
}

export interface MeterOptions {
  /** Leave out the usage event, since the caller did not ask for one. */
  hideUsage: boolean;
  /** The longest event that is waited for. */
  eventBytesMax: number;
}

export function createStreamMeter(options: MeterOptions): StreamMeter {
  const state: MeterState = {
    ...options,
    facts: noFacts(),
    kept: [],
    carry: NOTHING,
    hasContent: false,
    isDone: false,
    fault: undefined,
  };
  return {
    facts: state.facts,
    get hasContent() {
      return state.hasContent;
    },
    get isComplete() {
      return state.isDone && state.fault === undefined;
    },
    get fault() {
      return state.fault;
    },
    push: (chunk) => push(state, chunk),
    end: () => end(state),
  };
}

interface MeterState extends MeterOptions {
  facts: AnswerFacts;
  /** The last few events' payloads. */
  kept: Buffer[];
  /** The beginning of an event whose end has not come yet. */
  carry: Buffer;
  hasContent: boolean;
  isDone: boolean;
  fault: StreamFault | undefined;
}

function push(state: MeterState, chunk: Uint8Array): Uint8Array {
  if (state.fault) return NOTHING;
  const bytes = state.carry.length === 0 ? asBuffer(chunk) : Buffer.concat([state.carry, chunk]);
  const suspectFrom = findSuspect(bytes, state.hideUsage);
  const shown: Uint8Array[] = [];
  let shownFrom = 0;
  let start = 0;
  while (!state.fault) {
    if (state.hasContent) start = passPlainEvents(state, bytes, { from: start, suspectFrom });
    const next = eventEnd(bytes, start);
    if (next === -1) break;
    if (!inspect(state, bytes.subarray(start, next))) {
      if (start > shownFrom) shown.push(bytes.subarray(shownFrom, start));
      shownFrom = next;
    }
    start = next;
  }
  if (start > shownFrom) shown.push(bytes.subarray(shownFrom, start));
  state.carry = bytes.subarray(start);
  if (state.carry.length > state.eventBytesMax) {
    state.fault = { kind: "malformed", detail: `an event longer than ${state.eventBytesMax} bytes` };
  }
  return join(shown);
}

function end(state: MeterState): Uint8Array {
  // Some vendors close after the last event without the empty line that should end it.
  const rest = state.carry.length > 0 ? push(state, BLANK_LINE) : NOTHING;
  readKept(state);
  if (state.isDone || state.fault || state.facts.finish_reason === null) return rest;
  state.isDone = true;
  return join([rest, DONE_EVENT]);
}

function readKept(state: MeterState): void {
  for (const payload of state.kept.splice(0)) takeFacts(state.facts, tryParse(payload));
}

/** The first place where an error may be told, or usage that must be hidden: no event is passed over from there on. */
function findSuspect(bytes: Buffer, hideUsage: boolean): number {
  const error = bytes.indexOf(ERROR_KEY);
  const usage = hideUsage ? bytes.indexOf(USAGE_KEY) : -1;
  return Math.min(error === -1 ? bytes.length : error, usage === -1 ? bytes.length : usage);
}

/**
 * Passes over events that look as nearly all do: one line, `data: {…}`, and an empty one. Returns the place after them.
 * An object is made for the last four only; with one for each event a stream would cost three times as much here.
 */
function passPlainEvents(
  state: MeterState,
  bytes: Buffer,
  { from, suspectFrom }: { from: number; suspectFrom: number },
) {
  const starts: number[] = [];
  let start = from;
  for (let end = bytes.indexOf(NEWLINE, start); end !== -1 && end <= suspectFrom; end = bytes.indexOf(NEWLINE, start)) {
    if (bytes[end + 1] !== NEWLINE || bytes[end - 1] !== CLOSE_BRACE || !opensObject(bytes, start)) break;
    starts.push(start);
    start = end + BLANK_LINE.length;
  }
  state.facts.contentEvents += starts.length;
  for (let place = Math.max(0, starts.length - KEPT_EVENTS); place < starts.length; place += 1)
    keep(state, bytes.subarray((starts[place] ?? 0) + DATA.length, (starts[place + 1] ?? start) - BLANK_LINE.length));
  return start;
}

/** `data:`, a space or none, and a brace. */
function opensObject(bytes: Buffer, at: number): boolean {
  const first = bytes[at + DATA.length];
  return startsWith(bytes, DATA, at) && (first === SPACE ? bytes[at + DATA.length + 1] : first) === OPEN_BRACE;
}

/** Looks at one event; says whether the caller may see it. */
function inspect(state: MeterState, event: Buffer): boolean {
  const payload = payloadOf(event);
  if (payload === undefined) return true;
  if (payload[0] === OPEN_BRACKET && payload.equals(DONE)) {
    // The caller takes this for the end, and so do we: the record is written before it leaves, from facts that are whole.
    readKept(state);
    state.isDone = true;
    return true;
  }
  if (payload[0] !== OPEN_BRACE || payload.at(-1) !== CLOSE_BRACE) {
    state.fault = { kind: "malformed", detail: `an event that is not JSON: ${payload.toString("utf8", 0, 80)}` };
    return false;
  }
  const error = payload.includes(ERROR_KEY) ? errorOf(payload) : undefined;
  if (error !== undefined) {
    state.fault = { kind: "vendor_error", detail: error };
    return false;
  }
  keep(state, payload);
  if (!state.hasContent) state.hasContent = carriesContent(payload, state.facts);
  if (state.hasContent) state.facts.contentEvents += 1;
  return !(state.hideUsage && payload.includes(USAGE_KEY) && isUsageOnly(payload));
}

function keep(state: MeterState, payload: Buffer): void {
  state.kept.push(payload);
  if (state.kept.length > KEPT_EVENTS) state.kept.shift();
}

/** The bytes after `data:`; undefined for comments, blank lines and events without data. */
function payloadOf(event: Buffer): Buffer | undefined {
  if (!startsWith(event, DATA, 0)) return longFormPayload(event);
  let start = DATA.length;
  let end = event.length;
  while (event[start] === SPACE) start += 1;
  while (end > start && isBlank(event[end - 1])) end -= 1;
  const payload = event.subarray(start, end);
  return payload.includes(NEWLINE) ? longFormPayload(event) : payload;
}

// Events that begin with a comment, a byte order mark, `event:` or `id:`, or that spread data over several lines, are rare: decode them the plain way.
function longFormPayload(event: Buffer): Buffer | undefined {
  const lines = event
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/);
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
  return data.length === 0 ? undefined : Buffer.from(data.join("\n"));
}

/** Where the event that starts at or after `from` ends, past its empty line; -1 while it has not come whole. */
function eventEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(NEWLINE, from); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
    const next = bytes[at + 1];
    if (next === NEWLINE) return at + 2;
    if (next === RETURN && bytes[at + 2] === NEWLINE) return at + 3;
  }
  return -1;
}

function carriesContent(payload: Buffer, facts: AnswerFacts): boolean {
  const event = tryParse(payload);
  takeFacts(facts, event);
  const choices = (event as { choices?: { delta?: Record<string, unknown> }[] } | undefined)?.choices;
  if (!Array.isArray(choices)) return false;
  return choices.some(
    ({ delta }) => delta && Object.entries(delta).some(([key, value]) => key !== "role" && hasValue(value)),
  );
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** A vendor's error in the middle of a stream, as JSON: alone in its event, or beside the usual fields (OpenRouter). */
function errorOf(payload: Buffer): string | undefined {
  const error = (tryParse(payload) as { error?: unknown } | undefined)?.error;
  return error === undefined || error === null ? undefined : JSON.stringify({ error }).slice(0, ERROR_LENGTH_MAX);
}

function isUsageOnly(payload: Buffer): boolean {
  const event = tryParse(payload) as { choices?: unknown[]; usage?: unknown } | undefined;
  return event?.choices?.length === 0 && typeof event.usage === "object" && event.usage !== null;
}

function tryParse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
}

function startsWith(bytes: Buffer, prefix: Buffer, from: number): boolean {
  for (let at = 0; at < prefix.length; at += 1) if (bytes[from + at] !== prefix[at]) return false;
  return true;
}

function isBlank(byte: number | undefined): boolean {
  return byte === NEWLINE || byte === RETURN || byte === SPACE;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function join(pieces: Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? (pieces[0] ?? NOTHING) : Buffer.concat(pieces);
}
