// The beginning of what was asked and answered, for lists: found in the bytes of a body, in about a microsecond. To parse bodies
// would take a hundred times as long. A body that is not understood has no preview; nothing but what is shown depends on one.
import type { Frame } from "../../journal/frame.ts";
import { CHARACTERS_MAX } from "./copy-text.ts";
import { createPreviewBuffer, type PreviewBuffer } from "./preview-buffer.ts";

export interface Previews {
  /** UTF-8, good until `clear`; null where there is none. */
  request: Uint8Array | null;
  response: Uint8Array | null;
}

export interface PreviewCutter {
  clear(): void;
  /** Of a program's own span, what is not understood is shown as it came: it is short as a rule, as a tool's arguments are. */
  cut(frame: Pick<Frame, "request" | "response">, isOwn: boolean): Previews;
}

/** Further from where it looks, a text is not worth the search. */
const SEARCHED_BYTES_MAX = 64 * 1024;
const BEGIN_BYTES_MAX = 8 * 1024;
/** A streamed text comes in pieces of a word or so. */
const PIECES_MAX = 36;
/** Messages that hold only what tools answered, in Anthropic's dialect, are not what a person said. */
const USERS_MAX = 4;
/** How far from a message's role its text may begin: after it as a rule, before it in some dialects. */
const AFTER_BYTES = 80;
const BEFORE_BYTES = 1024;

const [BRACE, BRACKET, COLON] = [0x7b, 0x5b, 0x3a];
const STREAMS = [Buffer.from("data:"), Buffer.from("event:")];
const ROLES = [Buffer.from('"role":"user"'), Buffer.from('"role": "user"')];
const TOOL_RESULT = Buffer.from('"tool_result"');
const MESSAGE_KEYS = keysOf(["content", "text"]);
const ANSWER_KEYS = keysOf(["content", "text", "delta"]);
const REQUEST_KEYS = keysOf(["prompt", "input", "query", "question", "text"]);

function keysOf(names: readonly string[]): Buffer[] {
  return names.map((name) => Buffer.from(`"${name}":`));
}

export function createPreviewCutter(): PreviewCutter {
  const buffer = createPreviewBuffer();

  function preview(body: Uint8Array, add: AddText, isOwn: boolean): Uint8Array | null {
    if (body.length === 0) return null;
    const bytes = bufferOf(body);
    const isKnown = isJson(bytes) || isStream(bytes);
    return buffer.take(() => (isKnown && add(buffer, bytes)) || ((!isOwn || !isKnown) && buffer.addRaw(bytes)));
  }

  return {
    clear: buffer.clear,
    cut: ({ request, response }, isOwn) => ({
      request: preview(request, addRequest, isOwn),
      response: preview(response.subarray(0, BEGIN_BYTES_MAX), addResponse, isOwn),
    }),
  };
}

type AddText = (to: PreviewBuffer, bytes: Buffer) => boolean;

/** The last thing that a user said. */
function addRequest(to: PreviewBuffer, bytes: Buffer): boolean {
  const tail = bytes.subarray(-SEARCHED_BYTES_MAX);
  for (let until = tail.length, tries = 0; tries < USERS_MAX; tries += 1) {
    const at = lastOf(tail.subarray(0, until), ROLES);
    if (at < 0) break;
    if (addAround(to, tail, at)) return true;
    until = at;
  }
  return addFirst(to, bytes.subarray(0, BEGIN_BYTES_MAX), REQUEST_KEYS);
}

function addAround(to: PreviewBuffer, bytes: Buffer, roleAt: number): boolean {
  const after = bytes.subarray(roleAt, roleAt + AFTER_BYTES);
  if (after.includes(TOOL_RESULT)) return false;
  for (const key of MESSAGE_KEYS) {
    const at = after.indexOf(key);
    if (at >= 0 && to.addText(bytes, roleAt + at + key.length) > 0) return true;
  }
  const before = bytes.subarray(Math.max(0, roleAt - BEFORE_BYTES), roleAt);
  const at = lastOf(before, MESSAGE_KEYS);
  return at >= 0 && to.addText(before, before.indexOf(COLON, at) + 1) > 0;
}

function addFirst(to: PreviewBuffer, bytes: Buffer, keys: readonly Buffer[]): boolean {
  for (const key of keys) {
    const at = bytes.indexOf(key);
    if (at >= 0 && to.addText(bytes, at + key.length) > 0) return true;
  }
  return false;
}

function addResponse(to: PreviewBuffer, bytes: Buffer): boolean {
  return isJson(bytes) ? addFirst(to, bytes, ANSWER_KEYS) : addStreamed(to, bytes);
}

function addStreamed(to: PreviewBuffer, bytes: Buffer): boolean {
  for (const key of ANSWER_KEYS) {
    let length = 0;
    let at = bytes.indexOf(key);
    for (let pieces = 0; at >= 0 && pieces < PIECES_MAX && length < CHARACTERS_MAX; pieces += 1) {
      length += to.addText(bytes, at + key.length, CHARACTERS_MAX - length);
      at = bytes.indexOf(key, at + key.length);
    }
    if (length > 0) return true;
  }
  return false;
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

function lastOf(bytes: Buffer, wanted: readonly Buffer[]): number {
  for (const each of wanted) {
    const at = bytes.lastIndexOf(each);
    if (at >= 0) return at;
  }
  return -1;
}
