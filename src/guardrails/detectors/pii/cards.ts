// Numbers of payment cards: issuer ranges with their lengths (ISO/IEC 7812; the networks' published ranges), and Luhn's checksum.
import { hasOneOf, wordsAfter, wordsBefore } from "../scanning/context-words.ts";
import type { Finder } from "../scanning/finder.ts";
import { eachNumber, hasLuhnChecksum, standsAlone, type WrittenNumber } from "../scanning/numbers.ts";

interface Issuer {
  name: string;
  /** Ranges of the first four digits. */
  ranges: readonly (readonly [number, number])[];
  lengths: readonly number[];
  /** Other numbers look alike: only with words that speak of cards. */
  isWeak?: boolean;
}

const ISSUERS: readonly Issuer[] = [
  { name: "Visa", ranges: [[4000, 4999]], lengths: [13, 16, 19] },
  // prettier-ignore
  { name: "Mastercard", ranges: [[2221, 2720], [5100, 5599]], lengths: [16] },
  // prettier-ignore
  { name: "American Express", ranges: [[3400, 3499], [3700, 3799]], lengths: [15] },
  // prettier-ignore
  { name: "Discover", ranges: [[6011, 6011], [6440, 6599]], lengths: [16, 17, 18, 19] },
  // prettier-ignore
  { name: "Diners Club", ranges: [[3000, 3059], [3095, 3095], [3600, 3699], [3800, 3999]], lengths: [14, 16, 19] },
  // prettier-ignore
  { name: "JCB", ranges: [[3528, 3589], [2131, 2131], [1800, 1800]], lengths: [15, 16, 17, 18, 19] },
  { name: "UnionPay", ranges: [[6200, 6299]], lengths: [16, 17, 18, 19] },
  { name: "Mir", ranges: [[2200, 2204]], lengths: [16, 17, 18, 19] },
  // prettier-ignore
  { name: "Maestro", ranges: [[5000, 5099], [5600, 5899], [6000, 6999]], lengths: [12, 13, 14, 15, 16, 17, 18, 19], isWeak: true },
];

/** A new range, or a card that is none of payment: with the checksum and a word for cards it is told. */
const UNKNOWN: Issuer = { name: "no known issuer's", ranges: [], lengths: [], isWeak: true };

const CONTEXT = ["card", "cards", "visa", "mastercard", "amex", "credit", "debit", "cc", "pan", "karte", "kreditkarte", "carte", "tarjeta", "carta", "cvv", "cvc", "maestro"]; // prettier-ignore

export const cardFinder: Finder = {
  kinds: ["card"],
  find(scan, matches) {
    eachNumber(scan, { digitsMin: 12, digitsMax: 19, groupsMax: 19 }, (number) => {
      if (!hasLuhnChecksum(number.digits) || isOneDigit(number.digits)) return;
      const issuer = issuerOf(number.digits) ?? UNKNOWN;
      const score = scoreOf(scan.text, number, issuer);
      if (score === 0) return;
      const why = `${issuer.name} range and length, and the checksum of cards`;
      matches.push({ kind: "card", start: number.start, end: number.end, score, why });
    });
  },
};

function issuerOf(digits: string): Issuer | undefined {
  const head = Number(digits.slice(0, 4));
  return ISSUERS.find(
    ({ ranges, lengths }) => lengths.includes(digits.length) && ranges.some(([from, to]) => head >= from && head <= to),
  );
}

/** Sixteen zeros have a good checksum, too. */
function isOneDigit(digits: string): boolean {
  return digits === (digits[0] ?? "").repeat(digits.length);
}

function scoreOf(text: string, { digits, start, end, groups }: WrittenNumber, { isWeak }: Issuer): number {
  const speaksOfCards = hasOneOf(wordsBefore(text, start), CONTEXT) || hasOneOf(wordsAfter(text, end), CONTEXT);
  if (speaksOfCards) return 0.98;
  if (isWeak === true || !standsAlone(text, start, end)) return 0;
  const isCut = text[start - 1] === "." || (text[end] === "." && /\d/.test(text[end + 1] ?? ""));
  if (isCut || isMixedUp(text.slice(start, end), groups)) return 0;
  return digits.length >= 15 ? 0.9 : 0.6;
}

/** Columns of figures: more than five groups, unless each is a single digit, or separators of different kinds. */
function isMixedUp(written: string, groups: number): boolean {
  if (groups === 1) return false;
  const separators = new Set(written.replace(/\d/g, ""));
  const isUneven = /\d\d/.test(written) && written.split(/\D+/).some((group) => group.length < 3);
  return separators.size > 1 || isUneven || (groups > 5 && /\d\d/.test(written));
}
