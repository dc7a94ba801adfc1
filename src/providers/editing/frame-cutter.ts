// The events of a stream one by one, with the bytes that each came in, whatever frames it: server-sent events, lines of JSON, a
// JSON array, Amazon's frames.
import { AMAZON_EVENT_STREAM, rewriteFrame, readFramePayload } from "../formats/bedrock-converse/frames.ts";
import { isEventStream } from "../exchange/exchange.ts";

export interface StreamFrame {
  bytes: Uint8Array;
  /** What it says, as JSON; undefined for comments, blanks and `[DONE]`. */
  json: string | undefined;
  /** The same frame around other JSON. */
  withJson(json: string): Uint8Array;
}

export interface StreamCutter {
  feed(bytes: Uint8Array): StreamFrame[];
  /** What is left at the end, as it is. */
  rest(): StreamFrame[];
}

type FindEnd = (bytes: Buffer) => number;

export function createStreamCutter(mediaType: string): StreamCutter {
  if (mediaType.startsWith(AMAZON_EVENT_STREAM)) return createCutter(amazonFrameEnd, readAmazonFrame);
  if (mediaType.startsWith("text/event-stream")) return createCutter(eventEnd, readEvent);
  if (isEventStream(mediaType)) return createCutter(lineEnd, readObjectFrame);
  return createCutter(objectEnd, readObjectFrame);
}

function createCutter(findEnd: FindEnd, read: (bytes: Buffer) => StreamFrame): StreamCutter {
  let held: Buffer = Buffer.alloc(0);
  return {
    feed(bytes) {
      held = held.length === 0 ? asBuffer(bytes) : Buffer.concat([held, bytes]);
      const frames: StreamFrame[] = [];
      for (let end = findEnd(held); end > 0; end = findEnd(held)) {
        frames.push(read(held.subarray(0, end)));
        held = held.subarray(end);
      }
      return frames;
    },
    rest() {
      const left = held;
      held = Buffer.alloc(0);
      return left.length === 0 ? [] : [read(left)];
    },
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const NEWLINE = 10;

/** Past the first empty line; 0 where it is not there yet. */
function eventEnd(bytes: Buffer): number {
  const at = bytes.indexOf("\n\n");
  const end = at === -1 ? 0 : at + 2;
  // Hardly anybody ends lines in another way.
  if (!(end === 0 ? bytes : bytes.subarray(0, end)).includes(RETURN)) return end;
  const ends = BLANK_LINES.flatMap((blank) => {
    const found = bytes.indexOf(blank);
    return found === -1 ? [] : [found + blank.length];
  });
  return ends.length === 0 ? 0 : Math.min(...ends);
}

const RETURN = 13;
const BLANK_LINES = ["\n\n", "\r\n\r\n", "\r\r"];

function lineEnd(bytes: Buffer): number {
  return bytes.indexOf(NEWLINE) + 1;
}

/** Of the first object that is whole. */
function objectEnd(bytes: Buffer): number {
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === QUOTE && depth > 0) {
      at = stringEnd(bytes, at);
      if (at < 0) return 0;
    } else if (code === OPEN_BRACE) depth += 1;
    else if (code === CLOSE_BRACE && (depth -= 1) === 0) return at + 1;
  }
  return 0;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

function stringEnd(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === QUOTE) return at;
  }
  return -1;
}

const DATA = /^data: ?(.*?)(\r\n|\r|\n|$)/gm;

function readEvent(bytes: Buffer): StreamFrame {
  const text = bytes.toString();
  const plain = plainData(text);
  if (!plain) return readLongEvent(bytes, text);
  const { start, end } = plain;
  return {
    bytes,
    json: text.charAt(start) === "{" ? text.slice(start, end) : undefined,
    withJson: (changed) => Buffer.from(`${text.slice(0, start)}${changed.replaceAll("\n", "")}${text.slice(end)}`),
  };
}

/** Where its data stands, of an event that has one line of it: nearly all are so. */
function plainData(text: string): { start: number; end: number } | undefined {
  const at = text.startsWith("data:") ? 0 : text.indexOf("\ndata:") + 1;
  if ((at === 0 && !text.startsWith("data:")) || text.includes("\r")) return undefined;
  const end = text.indexOf("\n", at);
  if (end === -1 || text.includes("\ndata:", end)) return undefined;
  const start = at + "data:".length;
  return { start: text.charAt(start) === " " ? start + 1 : start, end };
}

/** Data over several lines, or lines that end otherwise. */
function readLongEvent(bytes: Buffer, text: string): StreamFrame {
  const lines = [...text.matchAll(DATA)];
  const data = lines.map((line) => line[1] ?? "").join("\n");
  const json = data.trimStart().startsWith("{") ? data : undefined;
  const [first] = lines;
  return {
    bytes,
    json,
    withJson(changed) {
      if (!first) return bytes;
      // What was spread over several lines comes in one.
      const others = text.slice(first.index + first[0].length).replace(DATA, "");
      return Buffer.from(`${text.slice(0, first.index)}data: ${changed.replaceAll("\n", "")}${first[2]}${others}`);
    },
  };
}

/** Anything around an object is kept: commas, brackets, the end of the line. */
function readObjectFrame(bytes: Buffer): StreamFrame {
  const text = bytes.toString();
  const start = text.indexOf("{");
  const end = text.lastIndexOf("}") + 1;
  const json = start >= 0 && end > start ? text.slice(start, end) : undefined;
  return {
    bytes,
    json,
    withJson: (changed) => Buffer.from(`${text.slice(0, start)}${changed}${text.slice(end)}`),
  };
}

const LENGTH_BYTES = 4;

function amazonFrameEnd(bytes: Buffer): number {
  if (bytes.length < LENGTH_BYTES) return 0;
  const length = bytes.readUInt32BE(0);
  return bytes.length >= length ? length : 0;
}

function readAmazonFrame(bytes: Buffer): StreamFrame {
  const json = readFramePayload(bytes);
  return { bytes, json, withJson: (changed) => rewriteFrame(bytes, changed) };
}
