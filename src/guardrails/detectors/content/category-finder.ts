// Categories of content by words and their neighbours. A list knows no irony, no fiction and no news: scores say how sure a list can be.
import type { Finder, Match } from "../scanning/finder.ts";
import { createLexicon, entriesFrom, type Entry, type Hit, type Lexicon } from "../words/lexicon.ts";
import { createWords, readWords, type Words } from "../words/read-words.ts";
import { categories, type Category, categoryWords, groupWords, hateStrong, hateWords, minorWords } from "./category-words.ts"; // prettier-ignore

export interface CategorySettings {
  categories: readonly Category[];
  /** Besides our own: each says its category alone. */
  words: readonly { category: Category; words: readonly string[] }[];
  /** One weak word is enough. */
  isStrict: boolean;
}

type Strength = "strong" | "weak" | "minor" | "group" | "against";
interface Meaning {
  category: Category;
  strength: Strength;
}

const NEAR = 40;
const NEAR_GROUP = 5;
const STRONG = 0.9;
const TWO_WEAK = 0.7;
const ONE_WEAK = 0.6;
const HELP = "; whoever answers should name help, such as a crisis line";

export function createCategoryFinder(settings: CategorySettings): Finder {
  const lexicon = createLexicon(allEntries(settings));
  const wanted = new Set(settings.categories);
  let words = createWords();
  return {
    kinds: categories.filter((category) => wanted.has(category)),
    find({ text }, matches) {
      words = readWords(text, words);
      const found = judge(words, lexicon, settings.isStrict).filter(({ kind }) => wanted.has(kind as Category));
      matches.push(...found);
    },
  };
}

function allEntries({ words }: CategorySettings): Entry<Meaning>[] {
  const entries: Entry<Meaning>[] = words.flatMap((own) =>
    entriesFrom(own.words, { category: own.category, strength: "strong" }),
  );
  for (const category of categories) {
    if (category === "hate" || category === "sexual_minors") continue;
    entries.push(...entriesFrom<Meaning>(categoryWords[category].strong, { category, strength: "strong" }));
    entries.push(...entriesFrom<Meaning>(categoryWords[category].weak, { category, strength: "weak" }));
  }
  entries.push(...entriesFrom<Meaning>(hateStrong, { category: "hate", strength: "strong" }));
  entries.push(...entriesFrom<Meaning>(hateWords, { category: "hate", strength: "against" }));
  entries.push(...entriesFrom<Meaning>(groupWords, { category: "hate", strength: "group" }));
  entries.push(...entriesFrom<Meaning>(minorWords, { category: "sexual_minors", strength: "minor" }));
  return entries;
}

function judge(words: Words, lexicon: Lexicon<Meaning>, isStrict: boolean): Match[] {
  const hits = lexicon.find(words);
  const matches: Match[] = [];
  const tell = (category: Category, from: Hit<Meaning>, rest: { to: Hit<Meaning>; score: number }): void => {
    const start = words.starts[Math.min(from.first, rest.to.first)] ?? 0;
    const end = words.ends[Math.max(from.last, rest.to.last)] ?? 0;
    const why = `words of ${category.replaceAll("_", " ")}${category === "self_harm" ? HELP : ""}`;
    matches.push({ kind: category, start, end, score: rest.score, why });
  };
  const last = new Map<string, Hit<Meaning>>();
  for (const hit of hits) {
    const { category, strength } = hit.meaning;
    if (strength === "strong") tell(category, hit, { to: hit, score: STRONG });
    if (strength === "weak") {
      const before = last.get(category);
      const isPair = isNear(before, hit, NEAR) && !isSameWord(before, hit, words);
      if (isPair) tell(category, before, { to: hit, score: TWO_WEAK });
      else if (isStrict) tell(category, hit, { to: hit, score: ONE_WEAK });
      last.set(category, hit);
    }
    tellTogether(hit, last, tell);
    last.set(strength === "strong" ? `${category} any` : strength, hit);
    if (category === "sexual") last.set("sexual any", hit);
  }
  return matches;
}

type Tell = (category: Category, from: Hit<Meaning>, rest: { to: Hit<Meaning>; score: number }) => void;

/** Two things that say nothing alone: children and sex, a group and what is said against it. */
function tellTogether(hit: Hit<Meaning>, last: ReadonlyMap<string, Hit<Meaning>>, tell: Tell): void {
  const { category, strength } = hit.meaning;
  const other = strength === "minor" ? last.get("sexual any") : category === "sexual" ? last.get("minor") : undefined;
  if (isNear(other, hit, NEAR)) tell("sexual_minors", other, { to: hit, score: STRONG });
  const against = strength === "group" ? last.get("against") : strength === "against" ? last.get("group") : undefined;
  if (isNear(against, hit, NEAR_GROUP)) tell("hate", against, { to: hit, score: 0.8 });
}

function isNear(before: Hit<Meaning> | undefined, hit: Hit<Meaning>, most: number): before is Hit<Meaning> {
  return before !== undefined && hit.first - before.last <= most;
}

function isSameWord(before: Hit<Meaning>, hit: Hit<Meaning>, words: Words): boolean {
  return words.hashes[before.first] === words.hashes[hit.first];
}
