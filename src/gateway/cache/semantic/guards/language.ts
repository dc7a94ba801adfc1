// Guard: both questions are in the same script, and as far as small words tell it, in the same language.
import { wordsOf } from "./words.ts";

const SCRIPTS = [
  "Latin",
  "Cyrillic",
  "Greek",
  "Arabic",
  "Hebrew",
  "Devanagari",
  "Han",
  "Hiragana",
  "Katakana",
  "Hangul",
  "Thai",
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, "u")] as const);

const SMALL_WORDS = Object.entries({
  en: "the is are what how why of to does do can which who when where",
  de: "der die das ist sind was wie warum und wer wann wo ich nicht ein eine für",
  fr: "le la les est sont que quel quelle comment pourquoi et qui quand où je des une pour",
  es: "el los las es son qué cómo por y quién cuándo dónde cuál una para del",
  it: "il gli è sono che come perché chi quando dove quale una per della",
  pt: "o os as é são que como por quem quando onde qual uma para da do",
  nl: "de het is zijn wat hoe waarom en wie wanneer waar ik een voor van",
}).map(([language, words]) => [language, new Set(words.split(" "))] as const);

export function isInSameLanguage(one: string, other: string): boolean {
  if (scriptsOf(one) !== scriptsOf(other)) return false;
  const [some, others] = [languageOf(one), languageOf(other)];
  return some === undefined || others === undefined || some === others;
}

function scriptsOf(text: string): string {
  return SCRIPTS.filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name)
    .join(" ");
}

/** Undefined where two are as likely. */
function languageOf(text: string): string | undefined {
  const words = wordsOf(text);
  const counted = SMALL_WORDS.map(([language, small]) => ({
    language,
    count: words.filter((word) => small.has(word)).length,
  })).toSorted((a, b) => b.count - a.count);
  const [first, second] = counted;
  return first && second && first.count > second.count ? first.language : undefined;
}
