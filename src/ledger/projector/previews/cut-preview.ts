// The beginning of what was asked and answered, for lists: found in the bytes of a body, in about a microsecond. To parse bodies
// would take a hundred times as long. A body that is not understood has no preview; nothing but lists depends on one.
import type { Frame } from "../../journal/frame.ts";
import { cutText, readText } from "./read-text.ts";

/** Further from where it looks, a text is not worth the search. */
const SEARCHED_BYTES_MAX = 64 * 1024;
const ANSWER_BYTES_MAX = 8 * 1024;
/** A streamed text comes in pieces of a word. */
const PIECES_MAX = 24;
/** Messages that hold only what tools answered, in Anthropic's dialect, are not what a person said. */
const USERS_MAX = 4;
const PIECES_UNITS = 80;
const PLAIN_BYTES_MAX = 600;
/** As far before a message's role its text may begin. */
const BEFORE_BYTES = 1024;
/** Between a message's role and its text. */
const NEAR_BYTES = 80;

const [BRACE, BRACKET] = [0x7b, 0x5b];
const COLON = 0x3a;
const STREAMS = [Buffer.from("data:"), Buffer.from("event:")];
const MESSAGE_KEYS = ["content", "text"].map((key) => Buffer.from(`"${key}":`));
const ROLES = [Buffer.from('"role":"user"'), Buffer.from('"role": "user"')];
const TOOL_RESULT = Buffer.from('"tool_result"');
const TEXT_KEYS = ["content", "text", "delta"].map((key) => Buffer.from(`"${key}":`));
const ASKED_KEYS = ["prompt", "input", "query", "question", "text"].map((key) => Buffer.from(`"${key}":`));

export interface Previews {
  request: string | undefined;
  response: string | undefined;
}

/** Of a program's own span, what is not understood is shown as it came: it is short as a rule, as a tool's arguments are. */
export function cutPreviews({ request, response }: Pick<Frame, "request" | "response">, isOwn: boolean): Previews {
  return {
    request: request.length === 0 ? undefined : (previewRequest(request) ?? (isOwn ? undefined : rawText(request))),
    response:
      response.length === 0 ? undefined : (previewResponse(response) ?? (isOwn ? undefined : rawText(response))),
  };
}

/** The last thing that a user said. */
export function previewRequest(body: Uint8Array): string | undefined {
  const bytes = bufferOf(body);
  if (!isJson(bytes)) return rawText(bytes);
  const tail = bytes.subarray(-SEARCHED_BYTES_MAX);
  for (let end = tail.length, tries = 0; tries < USERS_MAX; tries += 1) {
    const at = lastOf(tail.subarray(0, end), ROLES);
    if (at < 0) break;
    const text = textAround(tail, at);
    if (text) return text;
    end = at;
  }
  return firstText(bytes.subarray(0, ANSWER_BYTES_MAX), ASKED_KEYS);
}

/** The beginning of the answer. */
export function previewResponse(body: Uint8Array): string | undefined {
  const bytes = bufferOf(body).subarray(0, ANSWER_BYTES_MAX);
  if (isJson(bytes)) return firstText(bytes, TEXT_KEYS);
  return isStream(bytes) ? streamedText(bytes) : rawText(bytes);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function isJson(bytes: Buffer): boolean {
  return bytes[0] === BRACE || bytes[0] === BRACKET;
}

/** Server-sent events. */
function isStream(bytes: Buffer): boolean {
  return STREAMS.some((begin) => begin.every((byte, at) => bytes[at] === byte));
}

/** Undefined of what is no text. */
function rawText(bytes: Uint8Array): string | undefined {
  const text = cutText(bufferOf(bytes).toString("utf8", 0, PLAIN_BYTES_MAX));
  return text === "" || text.includes("\uFFFD\uFFFD") ? undefined : text;
}

function lastOf(bytes: Buffer, wanted: readonly Buffer[]): number {
  for (const each of wanted) {
    const at = bytes.lastIndexOf(each);
    if (at >= 0) return at;
  }
  return -1;
}

/** A message's text stands after its role as a rule, and before it in some dialects. */
function textAround(bytes: Buffer, roleAt: number): string | undefined {
  const after = bytes.subarray(roleAt, roleAt + NEAR_BYTES);
  if (after.includes(TOOL_RESULT)) return undefined;
  for (const key of MESSAGE_KEYS) {
    const at = after.indexOf(key);
    const text = at < 0 ? undefined : readText(bytes, roleAt + at + key.length);
    if (text) return text;
  }
  const before = bytes.subarray(Math.max(0, roleAt - BEFORE_BYTES), roleAt);
  const at = lastOf(before, MESSAGE_KEYS);
  return at < 0 ? undefined : readText(before, before.indexOf(COLON, at) + 1);
}

function firstText(bytes: Buffer, keys: readonly Buffer[]): string | undefined {
  for (const key of keys) {
    const at = bytes.indexOf(key);
    const text = at < 0 ? undefined : readText(bytes, at + key.length);
    if (text) return text;
  }
  return undefined;
}

/** The pieces of a streamed text joined. */
function streamedText(bytes: Buffer): string | undefined {
  for (const key of TEXT_KEYS) {
    let text = "";
    let at = bytes.indexOf(key);
    for (let pieces = 0; at >= 0 && pieces < PIECES_MAX && text.length < PIECES_UNITS; pieces += 1) {
      text += readText(bytes, at + key.length) ?? "";
      at = bytes.indexOf(key, at + key.length);
    }
    if (text !== "") return cutText(text);
  }
  return undefined;
}
