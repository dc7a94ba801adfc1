// Private keys in PEM, from their first line to their last, or as far as the text still is base64.
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";

const BEGIN = "-----BEGIN ";
const HEADER = /^-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const HEADER_MAX = 80;
/** A key of 16,384 bits has some 12,500 characters. */
const BODY_MAX = 16_384;

export const privateKeyFinder: Finder = {
  kinds: ["secret"],
  find(scan, matches) {
    const { text } = scan;
    for (let start = text.indexOf(BEGIN); start >= 0;) {
      const header = HEADER.exec(text.slice(start, start + HEADER_MAX))?.[0];
      const end = header === undefined ? start + BEGIN.length : endOfBody(text, start + header.length);
      if (header !== undefined) matches.push({ kind: "secret", start, end, score: 0.99, why: "a private key" });
      start = text.indexOf(BEGIN, end);
    }
    seekLines(scan, matches);
  },
};

const LINE_MAX = 80;
const LINE_WIDTHS = new Set([64, 70, 76]);

/** Where the first line is not at hand any more, as in a stream: two lines of base64 in the width of keys. */
function seekLines({ text, long }: Scan, matches: Match[]): void {
  let done = 0;
  for (const run of long) {
    if (run.start < done) continue;
    const first = lineAround(text, run.start);
    done = first.end;
    if (!LINE_WIDTHS.has(first.end - first.start)) continue;
    const next = lineAround(text, first.end + 1);
    const isNext = next.end - next.start === first.end - first.start || text.startsWith("-----END", next.end + 1);
    if (!isNext) continue;
    done = endOfBody(text, first.end);
    if (isCertificate(text, first.start)) continue;
    matches.push({
      kind: "secret",
      start: first.start,
      end: done,
      score: 0.55,
      why: "lines of a key in base64",
    });
  }
}

function lineAround(text: string, from: number): { start: number; end: number } {
  let start = from;
  while (from - start < LINE_MAX && isBase64(text.charCodeAt(start - 1))) start--;
  let end = from;
  while (end - from < LINE_MAX && isBase64(text.charCodeAt(end))) end++;
  return { start, end };
}

function isBase64(code: number): boolean {
  const small = code | 32;
  return (small >= 97 && small <= 122) || (code >= 47 && code <= 57) || code === 43 || code === 61;
}

/** Certificates and public keys are for everybody. */
function isCertificate(text: string, start: number): boolean {
  return /(?:CERTIFICATE|PUBLIC KEY|MESSAGE|SIGNATURE)-----\s{1,2}$/.test(text.slice(Math.max(0, start - 40), start));
}

function endOfBody(text: string, from: number): number {
  const last = Math.min(text.length, from + BODY_MAX);
  let index = from;
  while (index < last && isBody(text.charCodeAt(index))) index++;
  const footer = /^-----END [A-Z0-9 ]{2,40}-----/.exec(text.slice(index, index + HEADER_MAX))?.[0];
  return index + (footer?.length ?? 0);
}

/** Base64, white space, the escapes of JSON, and the colons and commas of headers within. */
function isBody(code: number): boolean {
  const small = code | 32;
  const isLetter = small >= 97 && small <= 122;
  const isDigitOrSign = (code >= 43 && code <= 58) || code === 61 || code === 92;
  return isLetter || (isDigitOrSign && code !== 45) || code === 10 || code === 13 || code === 32 || code === 9;
}
