// Looks for vendors' keys at the long runs of letters and digits, by their first two characters.
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";
import { dottedKeys, vendorKeys, type VendorKey } from "./vendor-keys.ts";

const KEY_MAX = 260;
const SURE = 0.95;
const WRONG_CHECKSUM = 0.6;

export function createVendorKeyFinder(): Finder {
  const byHead = new Map<string, VendorKey[]>();
  const headless = vendorKeys.filter(({ prefix }) => prefix === "");
  for (const key of vendorKeys) {
    if (key.prefix === "") continue;
    const head = key.prefix.slice(0, 2);
    byHead.set(head, [...(byHead.get(head) ?? []), key]);
  }
  return {
    kinds: ["secret"],
    find(scan, matches) {
      for (const { start, end } of scan.long) {
        const keys = byHead.get(scan.text.slice(start, start + 2));
        if (keys !== undefined && seekAt(scan.text, start, { keys, matches })) continue;
        if (end - start >= 36) seekAt(scan.text, start, { keys: headless, matches });
        seekDotted(scan, start, matches);
        seekBotToken(scan, start, matches);
      }
    },
  };
}

function seekAt(
  text: string,
  start: number,
  { keys, matches }: { keys: readonly VendorKey[]; matches: Match[] },
): boolean {
  for (const { vendor, prefix, shape, score, isValid } of keys) {
    if (!text.startsWith(prefix, start)) continue;
    const found = shape.exec(text.slice(start, start + KEY_MAX))?.[0];
    if (found === undefined) continue;
    const isSound = isValid?.(found) ?? true;
    const why = isSound ? `a key or token of ${vendor}` : `in the form of a token of ${vendor}, with a wrong checksum`;
    matches.push({
      kind: "secret",
      start,
      end: start + found.length,
      score: isSound ? (score ?? SURE) : WRONG_CHECKSUM,
      why,
    });
    return true;
  }
  return false;
}

/** "SG." and its like stand right before the long run. */
function seekDotted({ text }: Scan, start: number, matches: Match[]): void {
  if (text[start - 1] !== ".") return;
  for (const key of dottedKeys) {
    const from = start - key.prefix.length;
    if (seekAt(text, from, { keys: [key], matches })) return;
  }
}

/** Telegram: the bot's number, a colon, 35 characters that begin with AA. */
function seekBotToken({ text }: Scan, start: number, matches: Match[]): void {
  if (text[start - 1] !== ":" || !/^AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9])/.test(text.slice(start, start + 36))) return;
  const number = /\d{8,10}:$/.exec(text.slice(Math.max(0, start - 11), start))?.[0];
  if (number === undefined) return;
  matches.push({
    kind: "secret",
    start: start - number.length,
    end: start + 35,
    score: SURE,
    why: "a bot's token of Telegram",
  });
}
