// Bank accounts as IBANs (ISO 13616): country, its length, and the checksum modulo 97.
import type { Finder } from "../scanning/finder.ts";
import { isDigit, isLetterOrDigit } from "../scanning/character-classes.ts";

/** Lengths from SWIFT's registry of IBANs. */
const LENGTHS: Record<string, number> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19, MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20, YE: 30,
}; // prettier-ignore

export const ibanFinder: Finder = {
  kinds: ["iban"],
  find({ text, digits }, matches) {
    for (const digitsAt of digits.starts) seekFrom(digitsAt);

    /** The two check digits are where a number begins, after the two letters of the country, which a space or dash may follow. */
    function seekFrom(digitsAt: number): void {
      const start = isSeparator(text.charCodeAt(digitsAt - 1)) ? digitsAt - 3 : digitsAt - 2;
      if (start < 0 || isLetterOrDigit(text.charCodeAt(start - 1) || 32)) return;
      const length = LENGTHS[text.slice(start, start + 2).toUpperCase()];
      if (length === undefined || !isDigit(text.charCodeAt(digitsAt + 1))) return;
      const account = readAccount(text, start, length);
      if (account === undefined || !hasRestOne(account.letters)) return;
      matches.push({
        kind: "iban",
        start,
        end: account.end,
        score: 0.98,
        why: "country, length and checksum of an IBAN",
      });
    }
  },
};

function isSeparator(code: number): boolean {
  return code === 32 || code === 45 || code === 46;
}

/** `length` letters and digits from a place on, single separators between; nothing that goes on after them. */
function readAccount(text: string, start: number, length: number): { letters: string; end: number } | undefined {
  let letters = "";
  let index = start;
  while (letters.length < length) {
    const code = text.charCodeAt(index);
    if (code < 128 && isLetterOrDigit(code)) letters += text[index] ?? "";
    else if (!isSeparator(code) || !isLetterOrDigit(text.charCodeAt(index - 1))) return undefined;
    index++;
  }
  return isLetterOrDigit(text.charCodeAt(index) || 32) ? undefined : { letters: letters.toUpperCase(), end: index };
}

function hasRestOne(letters: string): boolean {
  let rest = 0;
  for (const letter of letters.slice(4) + letters.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
