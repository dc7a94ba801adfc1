// A text in JSON, from its opening quote on, as far as a preview goes.

/** In UTF-16 units, so that to cut it is one step. */
export const TEXT_UNITS_MAX = 200;
/** Enough for that many characters, most of them escaped or of several bytes. */
const READ_BYTES_MAX = 800;
const QUOTE = 0x22;
const BRACKET = 0x5b;
const SPACE = 0x20;
const STRING = /^(?:[^"\\]|\\.)*/s;

/** The text whose value begins at `at`, after its key and colon, or the first of a list; undefined where none stands there. */
export function readText(bytes: Buffer, at: number): string | undefined {
  let from = bytes[at] === SPACE ? at + 1 : at;
  if (bytes[from] === BRACKET) from += 1;
  if (bytes[from] !== QUOTE) return undefined;
  const [written = ""] = STRING.exec(bytes.toString("utf8", from + 1, from + 1 + READ_BYTES_MAX)) ?? [];
  return cutText(written.includes("\\") ? unescape(written) : written);
}

export function cutText(text: string): string {
  return text.length <= TEXT_UNITS_MAX ? text : text.slice(0, TEXT_UNITS_MAX);
}

function unescape(written: string): string {
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    // Cut within an escape of several characters.
    return written.replaceAll(/\\u.{0,4}|\\.?/gs, " ");
  }
}
