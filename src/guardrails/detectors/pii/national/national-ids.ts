// Numbers that states give to people. A checksum alone lets one number in ten or a hundred through, so most are told only where a
// word announces them, or where they are written as only they are.
import { hasOneOf, wordsBefore } from "../../scanning/context-words.ts";
import type { Finder, Match } from "../../scanning/finder.ts";
import { eachNumber, standsAlone, type WrittenNumber } from "../../scanning/numbers.ts";
import type { Scan } from "../../scanning/scan-text.ts";
import { type NationalNumber, nationalNumbers } from "./numbers-by-country.ts";
import { letteredNumbers } from "./numbers-with-letters.ts";

const ANNOUNCED = 0.95;
const ALONE = 0.6;
const LENGTH_MAX = 24;

export function createNationalIdFinder(): Finder {
  const byLength = new Map<number, NationalNumber[]>();
  for (const entry of nationalNumbers)
    for (const length of entry.digits) byLength.set(length, [...(byLength.get(length) ?? []), entry]);

  return {
    kinds: ["national_id"],
    find(scan, matches) {
      eachNumber(scan, { digitsMin: 9, digitsMax: 18, groupsMax: 6 }, (number) => {
        if (!standsAlone(scan.text, number.start, number.end)) return;
        const match = judge(scan.text, number, byLength.get(number.digits.length) ?? []);
        if (match !== undefined) matches.push(match);
      });
      seekLettered(scan, matches);
    },
  };
}

function judge(text: string, number: WrittenNumber, entries: readonly NationalNumber[]): Match | undefined {
  if (entries.length === 0) return undefined;
  const { start, end } = number;
  const written = text.slice(start, end);
  const before = wordsBefore(text, start);
  for (const { words, country, isValid, alone } of entries) {
    const isAnnounced = hasOneOf(before, words);
    if (!isAnnounced && alone?.test(written) !== true) continue;
    if (!isValid(written.replaceAll(" ", ""))) continue;
    return matchOf(country, { start, end }, isAnnounced);
  }
  return undefined;
}

function matchOf(country: string, place: { start: number; end: number }, isAnnounced: boolean): Match {
  const why = isAnnounced
    ? `announced as a number of ${country}, and well formed`
    : `written as a number of ${country}`;
  return { kind: "national_id", ...place, score: isAnnounced ? ANNOUNCED : ALONE, why };
}

/** From the beginning of words with digits, and two letters and a space before digits (British numbers), and groups of digits. */
function seekLettered(scan: Scan, matches: Match[]): void {
  const { text, mixed, digits } = scan;
  for (const { start } of mixed) seekAt(text, start, matches);
  for (const start of digits.starts) {
    if (text[start - 1] === " " && /[a-z]{2}/i.test(text.slice(Math.max(0, start - 3), start - 1)))
      seekAt(text, start - 3, matches);
    else if (text[start + 2] === "." || text[start + 1] === ".") seekAt(text, start, matches);
    else if (text[start + 8] === "-") seekAt(text, start, matches);
  }
}

function seekAt(text: string, start: number, matches: Match[]): void {
  const written = text.slice(start, start + LENGTH_MAX);
  for (const { country, shape, isValid, words, isRare } of letteredNumbers) {
    const found = shape.exec(written)?.[0];
    if (found === undefined || !standsAlone(text, start, start + found.length) || !isValid(found)) continue;
    const isAnnounced = hasOneOf(wordsBefore(text, start), words);
    if (!isAnnounced && !isRare) continue;
    matches.push(matchOf(country, { start, end: start + found.length }, isAnnounced));
    return;
  }
}
