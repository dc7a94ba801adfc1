// E-mail addresses, and those that are written "name [at] host [dot] org" so that nobody should find them.
import { isLetterOrDigit } from "../scanning/character-classes.ts";
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";

const LOCAL_MAX = 64;
const HOST_MAX = 96;

export const emailFinder: Finder = {
  kinds: ["email"],
  find(scan, matches) {
    for (const at of scan.ats) seekAround(scan.text, at, matches);
    for (const bracket of scan.brackets) seekSpelt(scan, bracket, matches);
  },
};

function seekAround(text: string, at: number, matches: Match[]): void {
  const start = startOfLocal(text, at);
  if (start === at) return;
  const end = endOfHost(text, at + 1);
  if (end === undefined) return;
  // "https://user:pass@host" is an address with credentials, which another finder tells of.
  if (text.slice(Math.max(0, start - 3), start).endsWith("//")) return;
  matches.push({ kind: "email", start, end, score: 0.97, why: "an e-mail address" });
}

function startOfLocal(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL_MAX && isLocal(text.charCodeAt(start - 1))) start--;
  while (start < at && !isLetterOrDigit(text.charCodeAt(start)) && text[start] !== "_") start++;
  return start;
}

function isLocal(code: number): boolean {
  return (
    isLetterOrDigit(code) || code === 46 || code === 95 || code === 45 || code === 43 || code === 37 || code === 39
  );
}

/** Labels with points between, the last of at least two letters; undefined where there are not two. */
function endOfHost(text: string, from: number): number | undefined {
  let end = from;
  while (end - from < HOST_MAX && isHost(text.charCodeAt(end))) end++;
  while (end > from && !isLetterOrDigit(text.charCodeAt(end - 1))) end--;
  const host = text.slice(from, end);
  const point = host.lastIndexOf(".");
  if (point <= 0 || host.startsWith(".") || host.includes("..")) return undefined;
  return /^(?:xn--[a-z0-9-]+|[^\d\W_]{2,24}|[\u00a1-\uffff]{1,24})$/i.test(host.slice(point + 1)) ? end : undefined;
}

function isHost(code: number): boolean {
  return isLetterOrDigit(code) || code === 46 || code === 45;
}

const SPELT = /^[[(]at[\])] {0,2}([a-z0-9-]{1,40}) {0,2}(?:\.|[[(]dot[\])]|[[(]\.[\])]) {0,2}([a-z]{2,12})\b/i;

function seekSpelt({ text }: Scan, bracket: number, matches: Match[]): void {
  const host = SPELT.exec(text.slice(bracket, bracket + HOST_MAX));
  if (host === null) return;
  let local = bracket;
  while (text[local - 1] === " " && bracket - local < 2) local--;
  const start = startOfLocal(text, local);
  if (start === local) return;
  const end = bracket + host[0].length;
  matches.push({ kind: "email", start, end, score: 0.9, why: "an e-mail address in words" });
}
