// Postal addresses: a number beside a word for a street, in several languages; flats, suites and boxes; and what follows them.
import type { Finder, Match } from "../../scanning/finder.ts";

const STREET = "(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|pl|square|sq|terrace|crescent|close|parkway|pkwy|highway|hwy|alley|trail|row|grove|gardens?|circle|loop|walk|wharf|quay)"; // prettier-ignore
const SUFFIX = "(?:stra(?:ß|ss)e|str\\.|gasse|weg|platz|allee|ring|damm|ufer|gatan|gata|gade|vej|veien|vegen|vägen|stien|katu|tie|kuja|polku|straat|laan|plein|gracht|kade|utca|utja|ulica|street|stræti|stígur|tér|tere|u\\.)"; // prettier-ignore
const PREFIX = "(?:rue|avenue|boulevard|place|chemin|quai|impasse|via|viale|piazza|corso|calle|avenida|paseo|plaza|carrer|rua|travessa|largo|praça|ul\\.|ulica|aleja|os\\.|trg|náměstí|strada|bulevardul)"; // prettier-ignore
const WORD = "\\p{L}[\\p{L}'’.-]{0,24}";

const PATTERNS: readonly { pattern: RegExp; score: number }[] = [
  { pattern: new RegExp(`(?<![\\w.,-])\\d{1,6}[a-z]?,? (?:${WORD} ){1,4}${STREET}\\b\\.?`, "giu"), score: 0.85 },
  {
    pattern: new RegExp(
      `(?<![\\p{L}-])(?:\\d{1,6}[a-z]? )?(?:${WORD} ){0,2}\\p{L}{2,24} ?${SUFFIX},? \\d{1,5}[a-z]?\\b`,
      "giu",
    ),
    score: 0.75,
  },
  {
    pattern: new RegExp(`(?<![\\w.,-])\\d{1,6} (?:${WORD} ){0,2}\\p{L}{2,24}${SUFFIX}(?!\\p{L})(?: \\d{1,5})?`, "giu"),
    score: 0.7,
  },
  {
    pattern: new RegExp(`(?<![\\p{L}-])(?:\\d{1,6},? )?${PREFIX} (?:${WORD} ?){1,5},? ?\\d{1,5}\\b`, "giu"),
    score: 0.75,
  },
  { pattern: new RegExp(`(?<![\\w.,-])\\d{1,6},? ${PREFIX} (?:${WORD} ?){1,5}`, "giu"), score: 0.75 },
  { pattern: /\b(?:P\.? ?O\.? ?Box|Postfach|Apartado|Boîte postale)\.? \d{1,8}\b/giu, score: 0.85 },
  { pattern: /\b(?:Apt|Suite|Unit|Flat|Apartment)\.? #?\d{1,5}[a-z]?\b/gi, score: 0.7 },
  { pattern: /\b(?:APO|FPO|DPO) (?:AA|AE|AP)[ ,]{1,2}\d{5}\b/g, score: 0.85 },
  {
    pattern: /(?<![\w.,-])\d{2,6} \p{Lu}[\p{L}'’.-]{2,24}(?: \p{L}[\p{L}'’.-]{1,24}){0,3} \d{1,5}(?![\d.,])/gu,
    score: 0.55,
  },
];

/** What the words before call an address; its first group is told. */
const ANNOUNCED = /\b(?:lives? (?:at|on)|lived (?:at|on)|address(?: is|:)|located (?:at|on)|office is (?:at|on)|ship(?:ped)? to|deliver(?:ed)? to)\s{1,2}([^\n.,;:?!]{0,48}\d{1,6}[^\n,.;:?!]{0,32})/giu; // prettier-ignore

/** Flat, town, state, code and country, as long as it goes on like an address. */
const REST = /^(?:[,\s]{1,3}(?:(?:Apt|Suite|Unit|Flat)\.? #?\d{1,5}[a-z]?|\p{Lu}[\p{L}'’.-]{1,24}|\d{4,6}(?:-\d{3,4})?|[A-Z]{2})\b){0,9}/u; // prettier-ignore
const REST_MAX = 140;

export const addressFinder: Finder = {
  kinds: ["address"],
  find({ text, digits }, matches) {
    if (digits.starts.length === 0) return;
    for (const stretch of stretchesAround(text, digits)) seekIn(text, stretch, matches);
  },
};

const AROUND = 110;

/** Only where digits are: addresses without a number are not told. */
function stretchesAround(
  text: string,
  { starts, ends }: { starts: number[]; ends: number[] },
): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (let index = 0; index < starts.length; index++) {
    const from = Math.max(0, (starts[index] ?? 0) - AROUND);
    const to = Math.min(text.length, (ends[index] ?? 0) + AROUND);
    const last = stretches.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else stretches.push({ from, to });
  }
  return stretches;
}

function seekIn(text: string, { from, to }: { from: number; to: number }, matches: Match[]): void {
  const part = text.slice(from, to);
  for (const { index, 0: all, 1: told = "" } of part.matchAll(ANNOUNCED)) {
    const start = from + index + all.length - told.length;
    matches.push({
      kind: "address",
      start,
      end: from + index + all.length,
      score: 0.65,
      why: "announced as an address",
    });
  }
  for (const { pattern, score } of PATTERNS) {
    for (const found of part.matchAll(pattern)) {
      const start = from + found.index;
      const close = start + found[0].trimEnd().length;
      const rest = REST.exec(text.slice(close, close + REST_MAX))?.[0] ?? "";
      matches.push({
        kind: "address",
        start,
        end: close + rest.length,
        score,
        why: "a number beside a word for a street or flat",
      });
    }
  }
}
