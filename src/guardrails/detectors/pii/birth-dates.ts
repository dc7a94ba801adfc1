// Days of birth: a date right after a word that speaks of birth.
import { isDigit } from "../scanning/character-classes.ts";
import { hasOneOf, wordsBefore } from "../scanning/context-words.ts";
import type { Finder } from "../scanning/finder.ts";

const WORDS = ["born", "birth", "dob", "d.o.b", "birthday", "birthdate", "geboren", "geburtsdatum", "geb", "né le", "née le", "naissance", "nacido", "nacida", "nacimiento", "nato il", "nata il", "nascita", "nascimento", "geboortedatum", "född", "født", "urodzony", "urodzenia"]; // prettier-ignore
const NUMERIC = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.] ?\d{1,2}[-/.] ?(?:\d{4}|\d{2}))(?!\d)/;
const DAY_FIRST = /^\d{1,2}(?:st|nd|rd|th|\.)? (?:of |de )?\p{L}{3,10}\.?,? (?:de )?\d{4}(?!\d)/u;
const MONTH_BEFORE = /\p{L}{3,9}\.? $/u;
const DAY_AFTER_MONTH = /^\d{1,2}(?:st|nd|rd|th)?,? \d{4}(?!\d)/;
const LENGTH_MAX = 32;

export const birthDateFinder: Finder = {
  kinds: ["date_of_birth"],
  find({ text, digits }, matches) {
    let done = 0;
    for (const start of digits.starts) {
      if (start < done || !mayBeginDate(text, start)) continue;
      const date = dateAt(text, start);
      if (date === undefined || !hasOneOf(wordsBefore(text, date.start, 28), WORDS)) continue;
      matches.push({ kind: "date_of_birth", ...date, score: 0.9, why: "a date announced as a day of birth" });
      done = date.end;
    }
  },
};

/** One, two or four digits, and then what stands within dates: most numbers are passed over here. */
function mayBeginDate(text: string, start: number): boolean {
  const after = text.charCodeAt(start + 1);
  if (!isDigit(after)) return isWithinDate(after);
  const third = text.charCodeAt(start + 2);
  return isDigit(third) ? !isDigit(text.charCodeAt(start + 4)) : isWithinDate(third);
}

/** Space, comma, dash, point, slash, or the letters of "1st". */
function isWithinDate(code: number): boolean {
  return code === 32 || (code >= 44 && code <= 47) || code === 115 || code === 110 || code === 114 || code === 116;
}

function dateAt(text: string, start: number): { start: number; end: number } | undefined {
  const rest = text.slice(start, start + LENGTH_MAX);
  const found = NUMERIC.exec(rest) ?? DAY_FIRST.exec(rest);
  if (found !== null) return { start, end: start + found[0].length };
  const dayAndYear = DAY_AFTER_MONTH.exec(rest);
  if (dayAndYear === null) return undefined;
  const month = MONTH_BEFORE.exec(text.slice(Math.max(0, start - 12), start));
  return month === null ? undefined : { start: start - month[0].length, end: start + dayAndYear[0].length };
}
