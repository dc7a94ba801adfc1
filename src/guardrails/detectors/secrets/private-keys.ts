// Private keys in PEM, from their first line to their last, or as far as the text still is base64.
import type { Finder } from "../scanning/finder.ts";

const BEGIN = "-----BEGIN ";
const HEADER = /^-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
const HEADER_MAX = 80;
/** A key of 16,384 bits has some 12,500 characters. */
const BODY_MAX = 16_384;

export const privateKeyFinder: Finder = {
  kinds: ["secret"],
  find({ text }, matches) {
    for (let start = text.indexOf(BEGIN); start >= 0;) {
      const header = HEADER.exec(text.slice(start, start + HEADER_MAX))?.[0];
      const end = header === undefined ? start + BEGIN.length : endOfBody(text, start + header.length);
      if (header !== undefined) matches.push({ kind: "secret", start, end, score: 0.99, why: "a private key" });
      start = text.indexOf(BEGIN, end);
    }
  },
};

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
