// Writes a text that a regular expression should accept: literals, classes, groups, alternatives and repetitions.
// Look-around, back-references and \p{…} are not understood: a text for a pattern with those may not match it.
import type { Seeded } from "../answers/seeded.ts";

interface Draw {
  seeded: Seeded;
  /** How much longer than its minimum an open repetition may run. */
  slack: number;
  /** Characters that may still be written: nested repetitions must not write a book. */
  left: number;
}
type Writer = (draw: Draw) => string;
interface Source {
  tokens: string[];
  at: number;
}

const CHARACTERS_MAX = 10_000;
const REPEATS_MAX = 1000;
const TOKEN =
  /\\u[\da-f]{4}|\\x[\da-f]{2}|\\[\s\S]|\[\^?(?:\\[\s\S]|[^\]])*\]|\(\?(?:[:=!]|<[=!]|<\w+>)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[\s\S]/giu;
const DIGITS = span("0", "9");
const WORD = [...span("a", "z"), ...span("A", "Z"), ...DIGITS, "_"];
const PRINTABLE = span(" ", "~");
const CLASSES: Record<string, string[]> = {
  ".": WORD,
  "\\d": DIGITS,
  "\\w": WORD,
  "\\s": [" "],
  "\\D": PRINTABLE.filter((character) => !DIGITS.includes(character)),
  "\\W": PRINTABLE.filter((character) => !WORD.includes(character)),
  "\\S": PRINTABLE.slice(1),
};
const ESCAPES: Record<string, string> = {
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
  "\\f": "\f",
  "\\v": "\v",
  "\\0": "\0",
};
const WRITES_NOTHING = new Set(["^", "$", "\\b", "\\B"]);

/** Texts for one pattern: `slack` says how far `+` and `*` may go beyond their minimum. At most 10,000 characters. */
export function createPatternWriter(pattern: string): (seeded: Seeded, slack: number) => string {
  const write = readChoice({ tokens: pattern.match(TOKEN) ?? [], at: 0 });
  return (seeded, slack) => write({ seeded, slack, left: CHARACTERS_MAX });
}

function readChoice(source: Source): Writer {
  const branches = [readSequence(source)];
  while (source.tokens[source.at] === "|") {
    source.at += 1;
    branches.push(readSequence(source));
  }
  return (draw) => draw.seeded.pick(branches)(draw);
}

function readSequence(source: Source): Writer {
  const parts: Writer[] = [];
  for (let token = source.tokens[source.at]; token !== undefined && token !== "|" && token !== ")";) {
    source.at += 1;
    parts.push(readRepeat(source, readAtom(source, token)));
    token = source.tokens[source.at];
  }
  return (draw) => parts.map((part) => part(draw)).join("");
}

function readRepeat(source: Source, part: Writer): Writer {
  const bounds = repeatBounds(source.tokens[source.at] ?? "");
  if (!bounds) return part;
  source.at += 1;
  const [min, max] = bounds;
  return (draw) => {
    const count = draw.seeded.whole(min, Math.min(max, min + draw.slack));
    let text = "";
    for (let done = 0; done < count && draw.left > 0; done += 1) {
      draw.left -= 1;
      text += part(draw);
    }
    return text;
  };
}

function repeatBounds(token: string): [min: number, max: number] | undefined {
  if (/^[*+?]\??$/.test(token)) return [token[0] === "+" ? 1 : 0, token[0] === "?" ? 1 : REPEATS_MAX];
  const braces = /^\{(\d+)(,?)(\d*)\}/.exec(token);
  if (!braces) return undefined;
  const min = Math.min(Number(braces[1]), REPEATS_MAX);
  if (braces[2] === "") return [min, min];
  return [min, braces[3] === "" ? REPEATS_MAX : Math.min(Number(braces[3]), REPEATS_MAX)];
}

function readAtom(source: Source, token: string): Writer {
  if (token.startsWith("(")) return readGroup(source, /^\(\?<?[=!]/.test(token));
  if (WRITES_NOTHING.has(token)) return () => "";
  const characters = token.length > 1 && token.startsWith("[") ? charactersOfClass(token) : charactersOf(token);
  return (draw) => {
    draw.left -= 1;
    return characters.length === 0 ? "" : draw.seeded.pick(characters);
  };
}

function readGroup(source: Source, isLookAround: boolean): Writer {
  const inside = readChoice(source);
  source.at += 1; // the closing parenthesis
  return isLookAround ? () => "" : inside;
}

function charactersOf(token: string): string[] {
  if (/^\\[ux]./i.test(token)) return [String.fromCodePoint(Number.parseInt(token.slice(2), 16) || 0)];
  return CLASSES[token] ?? [ESCAPES[token] ?? token.replace(/^\\(?=.)/, "")];
}

function charactersOfClass(token: string): string[] {
  const negated = token.startsWith("[^");
  const members = new Set<string>();
  for (const [, first = "", last] of token
    .slice(negated ? 2 : 1, -1)
    .matchAll(/(\\u[\da-f]{4}|\\x[\da-f]{2}|\\[\s\S]|[\s\S])(?:-(\\?[\s\S]))?/giu)) {
    const from = first === "." ? ["."] : charactersOf(first);
    const to = last === undefined ? [] : charactersOf(last);
    const isRange = from.length === 1 && to.length === 1;
    for (const character of isRange ? span(from[0] ?? "", to[0] ?? "") : [...from, ...to]) members.add(character);
  }
  return negated ? PRINTABLE.filter((character) => !members.has(character)) : [...members];
}

/** The characters from one to another, at most 256 of them. */
function span(first: string, last: string): string[] {
  const start = first.codePointAt(0) ?? 0;
  const count = Math.min((last.codePointAt(0) ?? start) - start + 1, 256);
  return Array.from({ length: Math.max(count, 0) }, (_, index) => String.fromCodePoint(start + index));
}
