// JSON web tokens: a header that decodes to JSON with an algorithm, a payload, a signature.
import type { Finder } from "../scanning/finder.ts";

const PART_MAX = 8192;

export const webTokenFinder: Finder = {
  kinds: ["secret"],
  find({ text, long }, matches) {
    for (const { start, end } of long) {
      if (!text.startsWith("eyJ", start) || text[end] !== "." || !isHeader(text.slice(start, end))) continue;
      const payloadEnd = endOfPart(text, end + 1);
      if (payloadEnd - end < 4) continue;
      const signatureEnd = text[payloadEnd] === "." ? endOfPart(text, payloadEnd + 1) : payloadEnd;
      matches.push({ kind: "secret", start, end: signatureEnd, score: 0.97, why: "a JSON web token" });
    }
  },
};

function isHeader(part: string): boolean {
  if (part.length > 1024) return false;
  return /"(?:alg|enc|typ)"\s{0,4}:/.test(Buffer.from(part, "base64url").toString("latin1"));
}

function endOfPart(text: string, from: number): number {
  const last = Math.min(text.length, from + PART_MAX);
  let index = from;
  while (index < last && isPart(text.charCodeAt(index))) index++;
  return index;
}

function isPart(code: number): boolean {
  const small = code | 32;
  return (small >= 97 && small <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 95;
}
