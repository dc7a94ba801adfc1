// Guard: the numbers of both questions are the same, in digits or in words, whatever their order.
import { hasSameMembers, wordsOf } from "./words.ts";

const DIGITS = /\d+(?:[.,:/-]\d+)*/g;
const THOUSANDS = /^\d{1,3}(?:,\d{2,3})+(?:\.\d+)?$/;
const SUFFIXED = /(\d)\s?k\b/gi;
const SPELT = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
    .split(" ")
    .map((word, number) => [word, String(number)]),
);
const FURTHER = new Map(
  Object.entries({ thirty: "30", forty: "40", fifty: "50", sixty: "60", seventy: "70", eighty: "80", ninety: "90" }),
);
/** Of no number of their own here, but no less a part of what is asked. */
const SCALES = new Set([
  "hundred",
  "thousand",
  "lakh",
  "crore",
  "million",
  "billion",
  "trillion",
  "half",
  "twice",
  "double",
  "first",
  "second",
  "third",
  "last",
]);

export function hasSameNumbers(one: string, other: string): boolean {
  return hasSameMembers(numbersOf(one), numbersOf(other));
}

function numbersOf(text: string): string[] {
  const written = (text.replace(SUFFIXED, "$1,000").match(DIGITS) ?? []).map((number) =>
    THOUSANDS.test(number) ? number.replaceAll(",", "") : number,
  );
  // "one" stands for a thing more often than for a number.
  const spelt = wordsOf(text).flatMap((word) => {
    if (SCALES.has(word)) return [word];
    const number = SPELT.get(word) ?? FURTHER.get(word);
    return number === undefined || word === "one" ? [] : [number];
  });
  return [...written, ...spelt];
}
