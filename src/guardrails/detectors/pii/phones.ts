// Telephone numbers: international ones that libphonenumber knows; national ones by words that announce them, by the form that they
// have in North America, or by a leading nought and the numbering plan of the operator's regions.
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { hasOneOf, wordsAfter, wordsBefore } from "../scanning/context-words.ts";
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";

const WORDS = ["phone", "tel", "telephone", "call", "mobile", "cell", "fax", "desk", "office", "whatsapp", "sms", "text me", "dial", "hotline", "contact number", "answering", "answer at", "messages to", "reach me", "reach us", "ring me", "handy", "telefon", "téléphone", "portable", "móvil", "teléfono", "telefono", "cellulare", "celular"]; // prettier-ignore
const WORDS_AFTER = ["phone", "tel", "mobile", "cell", "fax", "office", "desk"];
const NORTH_AMERICAN = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}([ .-]))[2-9]\d{2}(?:\1|[ .-])\d{4}$/;
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const LENGTH_MAX = 26;

export function createPhoneFinder(regions: readonly string[]): Finder {
  const known = regions.map((region) => region as CountryCode);
  return {
    kinds: ["phone"],
    find(scan, matches) {
      const { starts } = scan.digits;
      let done = 0;
      for (let first = 0; first < starts.length; first++) {
        if ((starts[first] ?? 0) < done) continue;
        const match = seekFrom(scan, first, known);
        if (match === undefined) continue;
        matches.push(match);
        done = match.end;
      }
    },
  };
}

function seekFrom(scan: Scan, first: number, regions: readonly CountryCode[]): Match | undefined {
  const found = longestFrom(scan, first);
  if (found === undefined) return undefined;
  const { text } = scan;
  const start = startWithSigns(text, found.start);
  const written = text.slice(start, found.end);
  const isInternational = written.includes("+");
  if (/[\w.]$/.test(text.slice(Math.max(0, start - 1), start)) || isOther(written)) return undefined;
  const end = endWithExtension(text, found.end);
  if (end === found.end && /^(?:[\p{L}_]|[.,]\d)/u.test(text.slice(end, end + 2))) return undefined;
  const judged = judge({ text, start, end, written, isInternational, digits: found.digits }, regions);
  return judged === undefined ? undefined : { kind: "phone", start, end, ...judged };
}

interface Candidate {
  text: string;
  start: number;
  end: number;
  written: string;
  isInternational: boolean;
  digits: string;
}

function judge(candidate: Candidate, regions: readonly CountryCode[]): { score: number; why: string } | undefined {
  const { text, start, end, written, isInternational, digits } = candidate;
  if (isInternational) {
    const number = parsePhoneNumberFromString(written);
    if (number?.isValid() === true) return { score: 0.95, why: "a valid international telephone number" };
    if (number?.isPossible() === true) return { score: 0.7, why: "an international telephone number" };
  }
  const isAnnounced = hasOneOf(wordsBefore(text, start, 32), WORDS) || hasOneOf(wordsAfter(text, end, 10), WORDS_AFTER);
  if (isAnnounced) return { score: 0.85, why: "announced as a telephone number" };
  if (NORTH_AMERICAN.test(written)) return { score: 0.7, why: "written as a North American telephone number" };
  const mayBeNational =
    written.startsWith("0") && /\d[ .-]\d/.test(written) && digits.length >= 9 && digits.length <= 11;
  if (!mayBeNational) return undefined;
  const isKnown = regions.some((region) => parsePhoneNumberFromString(written, region)?.isValid() === true);
  return isKnown ? { score: 0.55, why: "valid in the numbering plan of a region" } : undefined;
}

/** The most groups that still are no more than fifteen digits, without a second `+`. */
function longestFrom(
  { text, digits }: Scan,
  first: number,
): { start: number; end: number; digits: string } | undefined {
  const { starts, ends, chains } = digits;
  const start = starts[first] ?? 0;
  let joined = "";
  let end = start;
  for (let next = first; next < starts.length && chains[next] === chains[first]; next++) {
    const from = starts[next] ?? 0;
    const to = ends[next] ?? 0;
    if (joined.length + to - from > DIGITS_MAX || to - start > LENGTH_MAX) break;
    if (next > first && text.slice(end, from).includes("+")) break;
    joined += text.slice(from, to);
    end = to;
  }
  return joined.length < DIGITS_MIN ? undefined : { start, end, digits: joined };
}

function startWithSigns(text: string, from: number): number {
  let start = from;
  while (from - start < 3 && /[+(]/.test(text[start - 1] ?? "")) start--;
  return start;
}

function endWithExtension(text: string, end: number): number {
  const extension = /^ ?(?:x|ext\.?|extension|#) ?\d{1,6}\b/i.exec(text.slice(end, end + 18));
  return end + (extension?.[0].length ?? 0);
}

/** Dates, times, addresses of the network, amounts. */
function isOther(written: string): boolean {
  return (
    /^(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}/.test(written) ||
    /^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})$/.test(written) ||
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(written) ||
    /^\d+\.\d+$/.test(written) ||
    /^(?:19|20)\d{2} ?[-–/] ?(?:19|20)\d{2}$/.test(written)
  );
}
