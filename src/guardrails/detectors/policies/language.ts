// Which languages may appear: by script, and among those in Latin letters by their small words. Rough, and sure only of sentences.
import type { Finder } from "../scanning/finder.ts";
import { createWords, hashOfWord, readWords } from "../words/read-words.ts";

// prettier-ignore
const SMALL_WORDS: Record<string, string> = {
  en: "the and of to is in that it for was with you are this have not be on as at what how can from they which would there their about please could will do i my",
  de: "der die und das ist nicht ein ich zu den mit sie auf für eine dem des sich auch von wie wir kann haben wird wenn oder bitte im sind mein was es bei",
  fr: "le la les et des est une que pour dans qui pas sur vous je il nous avec ce sont au plus par mais votre être cette quel comment du un",
  es: "el los que y las una por con para es del se como más pero su está muy cómo qué puede hacer tiene cuando mi lo un",
  it: "il che di è per una sono con non gli della come più questo anche ma nel alla quali mi si può cosa ho un le",
  pt: "que não uma para com os por mais como mas foi ao das seu sua ou quando muito já está eu também você pode um em do da",
  nl: "het een van en dat niet zijn met voor op te aan ook als naar bij maar hoe wat kan deze door je ik wij er uit",
  sv: "och att det som en på är av för med till den har inte om ett jag kan från vad hur eller ska du",
  pl: "nie się jest na to że jak ale czy tak co po od dla jego przez może być są mnie w z i do",
  tr: "ve bir bu için ile de da ne var mı çok gibi olarak daha ben nasıl olan değil kadar",
};

const SCRIPTS: readonly { code: string; pattern: RegExp }[] = [
  { code: "ja", pattern: /[\u3040-\u30ff]/g },
  { code: "zh", pattern: /[\u4e00-\u9fff]/g },
  { code: "ko", pattern: /[\uac00-\ud7af]/g },
  { code: "ru", pattern: /[\u0400-\u04ff]/g },
  { code: "ar", pattern: /[\u0600-\u06ff]/g },
  { code: "he", pattern: /[\u0590-\u05ff]/g },
  { code: "hi", pattern: /[\u0900-\u097f]/g },
  { code: "th", pattern: /[\u0e00-\u0e7f]/g },
  { code: "el", pattern: /[\u0370-\u03ff]/g },
];

export const knownLanguages = [...Object.keys(SMALL_WORDS), ...SCRIPTS.map(({ code }) => code)];

const WORDS_MIN = 4;
const SCRIPT_SHARE_MIN = 0.3;
const LOOKED_AT_MAX = 4096;

export function createLanguageFinder(allow: readonly string[]): Finder {
  const languageOf = createLanguageGuess();
  return {
    kinds: ["language"],
    find({ text }, matches) {
      const guess = languageOf(text);
      if (guess === undefined || allow.includes(guess.code)) return;
      const why = `in a language that is not allowed (${guess.code})`;
      matches.push({ kind: "language", start: 0, end: text.length, score: guess.score, why });
    },
  };
}

export function createLanguageGuess(): (text: string) => { code: string; score: number } | undefined {
  const byHash = new Map<number, string[]>();
  for (const [code, words] of Object.entries(SMALL_WORDS)) {
    for (const word of words.split(" ")) {
      const hash = hashOfWord(word);
      byHash.set(hash, [...(byHash.get(hash) ?? []), code]);
    }
  }
  let words = createWords();
  return (given) => {
    const text = given.slice(0, LOOKED_AT_MAX);
    const script = scriptOf(text);
    if (script !== undefined) return { code: script, score: 0.9 };
    words = readWords(text, words);
    if (words.count < WORDS_MIN) return undefined;
    const counts = new Map<string, number>();
    for (let index = 0; index < words.count; index++)
      for (const code of byHash.get(words.hashes[index] ?? 0) ?? []) counts.set(code, (counts.get(code) ?? 0) + 1);
    const [best, second] = [...counts].sort((a, b) => b[1] - a[1]);
    if (best === undefined || best[1] < 2 || best[1] < words.count * 0.1) return undefined;
    const margin = best[1] - (second?.[1] ?? 0);
    if (margin === 0) return undefined;
    return { code: best[0], score: Math.min(0.95, 0.5 + margin / words.count) };
  };
}

function scriptOf(text: string): string | undefined {
  if (!/[\u0370-\ud7af]/.test(text)) return undefined;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return SCRIPTS.find(({ pattern }) => (text.match(pattern)?.length ?? 0) > letters * SCRIPT_SHARE_MIN)?.code;
}
