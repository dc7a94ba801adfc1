// The text of a stored body, for its words to be found: what JSON says, without its keys. No dialect is known here; a
// streamed answer's pieces are joined by the names that all of them give to text.

export interface StoredBody {
  bytes: Uint8Array;
  mediaType: string;
}

const KEYS_AND_STRINGS = /"((?:[^"\\]|\\.)*)"(\s*:)?/gsu;
const STREAMED_TEXT = /"(?:content|text|delta|thinking|arguments|partial_json)"\s*:\s*"((?:[^"\\]|\\.)*)"/gsu;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.))/gsu;
/** Encoded images and the like: long, and without a blank. */
const OPAQUE = /^\S{200,}$/u;
/** Where a text that was cut into begins to be JSON again. */
const STRUCTURE = /[{,[]\s*"/u;
/** A streamed piece of four characters comes in an event of two hundred. */
const STREAM_FACTOR = 32;
const RAW_FACTOR = 2;

/** At most about `max` characters: half from the body's beginning, half from its end, where the latest message is. */
export function textOfBody({ bytes, mediaType }: StoredBody, max: number): string {
  if (mediaType.includes("event-stream")) return joinStreamed(decode(bytes.subarray(0, max * STREAM_FACTOR)), max);
  const isJson = mediaType.includes("json");
  const raw = isJson ? max * RAW_FACTOR : max;
  if (bytes.length <= raw) return (isJson ? readWhole(decode(bytes)) : decode(bytes)).slice(0, max);
  const read = isJson ? joinStrings : (text: string) => text;
  const half = Math.floor(max / 2);
  const head = decode(bytes.subarray(0, raw / 2));
  const tail = decode(bytes.subarray(bytes.length - raw / 2));
  const from = isJson ? Math.max(0, tail.search(STRUCTURE)) : 0;
  return `${read(head).slice(0, half)} ${read(tail.slice(from)).slice(-half)}`;
}

/** Several times as fast as looking for strings, and the same text. */
function readWhole(json: string): string {
  const strings: string[] = [];
  try {
    collectStrings(JSON.parse(json), strings);
  } catch {
    return joinStrings(json);
  }
  return strings.join(" ");
}

/** In their order. Throws RangeError where they lie too deep. */
function collectStrings(value: unknown, strings: string[]): void {
  if (typeof value === "string") {
    if (value !== "" && !OPAQUE.test(value)) strings.push(value);
  } else if (typeof value === "object" && value !== null)
    for (const item of Object.values(value)) collectStrings(item, strings);
}

/** Of JSON that was cut into, or is none. */
function joinStrings(json: string): string {
  const strings: string[] = [];
  for (const [, string = "", colon] of json.matchAll(KEYS_AND_STRINGS))
    if (colon === undefined && string !== "" && !OPAQUE.test(string)) strings.push(unescape(string));
  return strings.join(" ");
}

function joinStreamed(text: string, max: number): string {
  const pieces: string[] = [];
  for (const [, piece = ""] of text.matchAll(STREAMED_TEXT)) pieces.push(unescape(piece));
  return pieces.join("").slice(0, max);
}

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(ESCAPE, (_, code: string | undefined, character: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return character === '"' || character === "\\" || character === "/" ? character : " ";
  });
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
