// A text in JSON, copied as far as a preview goes, its escapes undone, in one pass over its bytes.

/** Characters of a preview. */
export const CHARACTERS_MAX = 200;
/** UTF-8 takes no more for one. */
export const CHARACTER_BYTES_MAX = 4;

const [QUOTE, BACKSLASH, SPACE, BRACKET, LETTER_U] = [0x22, 0x5c, 0x20, 0x5b, 0x75];
/** What a letter after a backslash stands for; other characters stand for themselves. */
const ESCAPED: Readonly<Partial<Record<number, number>>> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 };
const HEX_DIGITS = 4;
const UNKNOWN = 0xfffd;

export interface Copy {
  from: Uint8Array;
  /** Where the value begins, after its key and colon. */
  at: number;
  to: Uint8Array;
  toAt: number;
  charactersMax: number;
}

/** Bytes that were copied of the text, or of the first in a list; 0 where none stands there. */
export function copyText({ from, at, to, toAt, charactersMax }: Copy): number {
  let place = from[at] === SPACE ? at + 1 : at;
  if (from[place] === BRACKET) place += 1;
  if (from[place] !== QUOTE) return 0;
  let end = toAt;
  let characters = 0;
  for (place += 1; place < from.length; place += 1) {
    const byte = from[place] ?? QUOTE;
    if (byte === QUOTE) break;
    // Not the later bytes of a character.
    if ((byte & 0xc0) !== 0x80 && characters++ === charactersMax) break;
    if (byte !== BACKSLASH) {
      to[end++] = byte || SPACE;
      continue;
    }
    const letter = from[++place] ?? QUOTE;
    if (letter !== LETTER_U) {
      to[end++] = ESCAPED[letter] ?? (letter || SPACE);
      continue;
    }
    const code = codeAt(from, place + 1);
    place += code > 0xffff ? 2 * HEX_DIGITS + 2 : HEX_DIGITS;
    end = putCharacter(to, end, code);
  }
  return end - toAt;
}

/** The character of one escape, or of two that are its halves. What PostgreSQL cannot hold becomes U+FFFD. */
function codeAt(from: Uint8Array, at: number): number {
  const high = hexAt(from, at);
  if (high === 0) return UNKNOWN;
  if (high < 0xd800 || high > 0xdfff) return high;
  const isPair = high < 0xdc00 && from[at + HEX_DIGITS] === BACKSLASH && from[at + HEX_DIGITS + 1] === LETTER_U;
  const low = isPair ? hexAt(from, at + HEX_DIGITS + 2) : 0;
  return low >= 0xdc00 && low <= 0xdfff ? 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00) : UNKNOWN;
}

function hexAt(from: Uint8Array, at: number): number {
  const value = Number.parseInt(String.fromCharCode(...from.subarray(at, at + HEX_DIGITS)), 16);
  return Number.isNaN(value) ? UNKNOWN : value;
}

function putCharacter(to: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    to[at] = code;
    return at + 1;
  }
  const bytes = Buffer.from(String.fromCodePoint(code));
  to.set(bytes, at);
  return at + bytes.length;
}
