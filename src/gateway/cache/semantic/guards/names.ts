// Guard: what one question names, the other has too: words with a capital within a sentence, abbreviations, identifiers,
// addresses of pages and mail. How they are written does not matter.
import { wordsOf } from "./words.ts";

const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.-]+|(?:^|\s)[@#]\w+|\B\/[\w./-]+/g;
/** A word with the end of the one before it, by which the beginning of a sentence is told. */
const CAPITALISED = /(^|[^\p{L}\p{N}]+)(\p{Lu}[\p{L}\p{N}'’]*)/gu;
const SENTENCE_END = /[.!?:;"“”(\n]/;
const IDENTIFIER = /\b(?:\w*\p{Ll}\p{Lu}\w*|\p{Lu}{2,}\w*|\w+_\w+|\w+\.\w+\(?\)?|\w*\p{L}\d\w*|\w*\d\p{L}\w*)/gu;

export function hasSameNames(one: string, other: string): boolean {
  return hasAll(one, namesOf(other)) && hasAll(other, namesOf(one)) && hasSameAddresses(one, other);
}

function hasAll(text: string, names: readonly string[]): boolean {
  if (names.length === 0) return true;
  const words = new Set(wordsOf(text).map(withoutEnding));
  return names.every((name) => wordsOf(name).every((word) => words.has(withoutEnding(word))));
}

function namesOf(text: string): string[] {
  const capitalised = [...text.matchAll(CAPITALISED)].flatMap(([, before = "", word = ""]) =>
    before === "" || SENTENCE_END.test(before) || word === "I" || word.startsWith("I'") ? [] : [word],
  );
  return [...capitalised, ...(text.match(IDENTIFIER) ?? [])];
}

/** A name's genitive and its plural. */
function withoutEnding(word: string): string {
  return word.replace(/(?:'s|s)$/, "");
}

function hasSameAddresses(one: string, other: string): boolean {
  const said = (text: string): string =>
    (text.match(ADDRESS) ?? [])
      .map((each) => each.trim())
      .toSorted()
      .join(" ");
  return said(one) === said(other);
}
