// IP addresses: four numbers to 255, and the groups of IPv6.
import { isIPv6 } from "node:net";
import { isLetterOrDigit } from "../scanning/character-classes.ts";
import { hasOneOf, wordsBefore } from "../scanning/context-words.ts";
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";

const VERSION_WORDS = ["version", "release", "v", "firmware", "build", "driver", "chapter", "section"];
const IPV6_MAX = 45;

export const ipFinder: Finder = {
  kinds: ["ip"],
  find(scan, matches) {
    seekVersionFour(scan, matches);
    seekVersionSix(scan, matches);
  },
};

function seekVersionFour({ text, digits }: Scan, matches: Match[]): void {
  const { starts, ends } = digits;
  for (let first = 0; first + 3 < starts.length; first++) {
    const start = starts[first] ?? 0;
    const end = ends[first + 3] ?? 0;
    if (end - start > 15 || end - start < 7) continue;
    const parts = text.slice(start, end).split(".");
    if (parts.length !== 4 || !parts.every(isByte)) continue;
    if (/[\w.]/.test(text[start - 1] ?? " ") || /^(?:\w|\.\d)/.test(text.slice(end, end + 2))) continue;
    const isVersion = hasOneOf(wordsBefore(text, start, 12), VERSION_WORDS);
    const score = isVersion ? 0.3 : 0.9;
    matches.push({ kind: "ip", start, end, score, why: "an IPv4 address" });
  }
}

function isByte(part: string): boolean {
  return /^\d{1,3}$/.test(part) && Number(part) < 256 && (part === "0" || !part.startsWith("0"));
}

function seekVersionSix({ text, colons }: Scan, matches: Match[]): void {
  let done = 0;
  for (let index = 0; index < colons.length; index++) {
    const colon = colons[index] ?? 0;
    const next = colons[index + 1] ?? Number.POSITIVE_INFINITY;
    if (colon < done || next - colon > 5) continue;
    const start = stretch(text, colon, -1);
    const end = stretch(text, colon, 1);
    done = end;
    if (end - start > IPV6_MAX || isLetterOrDigit(text.charCodeAt(start - 1) || 32)) continue;
    const trimmed = text.slice(start, end).replace(/[.:]$/, "");
    if (trimmed.length < 6 || !/\d/.test(trimmed) || !isIPv6(trimmed)) continue;
    matches.push({ kind: "ip", start, end: start + trimmed.length, score: 0.9, why: "an IPv6 address" });
  }
}

function stretch(text: string, from: number, step: 1 | -1): number {
  let index = from;
  let count = 0;
  while (count <= IPV6_MAX && isIpv6Character(text.charCodeAt(step === 1 ? index : index - 1))) {
    index += step;
    count++;
  }
  return index;
}

function isIpv6Character(code: number): boolean {
  const small = code | 32;
  return (code >= 48 && code <= 58) || (small >= 97 && small <= 102) || code === 46;
}
