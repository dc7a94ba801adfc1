// A text as it can be read in other ways: with its escapes resolved, or a stretch of base64 in it decoded. What is found there is
// told at its place in the text itself.

export interface TextView {
  text: string;
  /** Where a character of the view begins in the text; past the last, the text's end. */
  origin(place: number): number;
  /** Of a decoded stretch: whatever is found is all of it. */
  isStretch: boolean;
}

/** Undefined where nothing is escaped. */
export function unescapedView(text: string): TextView | undefined {
  if (!text.includes("\\")) return undefined;
  const places: number[] = [];
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const escape = text.charCodeAt(at) === BACKSLASH ? readEscape(text, at) : undefined;
    pieces.push(escape?.text ?? text.charAt(at));
    places.push(at);
    at += escape?.length ?? 1;
  }
  if (places.length === text.length) return undefined;
  places.push(text.length);
  return { text: pieces.join(""), origin: (place) => places[place] ?? text.length, isStretch: false };
}

const BACKSLASH = 92;
const SHORT: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  '"': '"',
  "/": "/",
  "\\": "\\",
};

function readEscape(text: string, at: number): { text: string; length: number } | undefined {
  const letter = text.charAt(at + 1);
  const short = SHORT[letter];
  if (short !== undefined) return { text: short, length: 2 };
  if (letter !== "u") return undefined;
  const digits = text.slice(at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(digits)
    ? { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 }
    : undefined;
}

const STRETCH = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** Longer ones are pictures and the like. */
const STRETCH_LENGTH_MAX = 8192;
const STRETCHES_MAX = 32;

/** Stretches that decode to readable text. */
export function decodedViews(text: string): TextView[] {
  if (text.length < STRETCH_LENGTH_MIN) return [];
  const views: TextView[] = [];
  for (const match of text.matchAll(STRETCH)) {
    if (views.length >= STRETCHES_MAX) break;
    const [stretch] = match;
    const decoded = stretch.length > STRETCH_LENGTH_MAX ? undefined : decode(stretch);
    if (decoded === undefined) continue;
    const [start, end] = [match.index, match.index + stretch.length];
    views.push({ text: decoded, origin: (place) => (place === 0 ? start : end), isStretch: true });
  }
  return views;
}

const STRETCH_LENGTH_MIN = 20;

function decode(stretch: string): string | undefined {
  const bytes = Buffer.from(stretch, "base64");
  for (const byte of bytes) if (byte < 32 && byte !== 10 && byte !== 13 && byte !== 9) return undefined;
  const text = bytes.toString();
  return text.includes("\uFFFD") ? undefined : text;
}
