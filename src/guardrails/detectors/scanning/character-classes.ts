// What each character can be part of, as bits, and the few that hide others.

export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
/** `-` and `_`: within keys and numbers. */
export const JOINER = 8;
/** Part of a run of letters, digits and joiners. */
export const RUN = DIGIT | UPPER | LOWER | JOINER;
/** `@`, `:`, `=`, `[`, `(`: something may stand around it. */
export const MARK = 16;

/** Above 127. */
export const WIDE = 32;
/** Of scripts far from Latin, in whose languages some phrases are looked for as they stand. */
export const DISTANT = 64;

/** By UTF-16 unit: a table of all, for speed. */
export const classOf: Uint8Array = makeClasses();

function makeClasses(): Uint8Array {
  const classes = new Uint8Array(65_536)
    .fill(WIDE, 128)
    .fill(WIDE | DISTANT, 0x590, 0x1d00)
    .fill(WIDE | DISTANT, 0x3040, 0xd800);
  for (let code = 48; code <= 57; code++) classes[code] = DIGIT;
  for (let code = 65; code <= 90; code++) classes[code] = UPPER;
  for (let code = 97; code <= 122; code++) classes[code] = LOWER;
  for (const character of "-_") classes[character.charCodeAt(0)] = JOINER;
  for (const character of "@:=[(") classes[character.charCodeAt(0)] = MARK;
  return classes;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetterOrDigit(code: number): boolean {
  return code < 128 ? ((classOf[code] ?? 0) & (DIGIT | UPPER | LOWER)) !== 0 : isWideLetter(code);
}

/** Roughly: above 0xBF almost all that is in use below the punctuation blocks is a letter. */
export function isWideLetter(code: number): boolean {
  return (code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7) || (code >= 0x3040 && code < 0xfe00);
}

/** Characters without width or for layout only, with which words are cut where nobody sees it. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  );
}
