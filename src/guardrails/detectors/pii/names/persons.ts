// Names of people, without a model: a title before, a given name that is known, words that announce or follow a name. Half of all
// names and more stay unfound where nothing of that is there; docs/guide/guardrails-detection.md has the figures.
import type { Finder, Match } from "../../scanning/finder.ts";
import { firstNames, ordinaryWords } from "./first-names.ts";

const NAME_RUN = /(?<![\p{L}\p{N}@./_-])\p{Lu}[\p{L}'’-]{0,30}\.?(?: (?:(?:de|da|del|della|di|van|von|der|den|la|le|el|al|bin|ter) ){0,2}\p{Lu}[\p{L}'’-]{0,30}\.?){0,4}/gu; // prettier-ignore
const TITLE =
  /^(?:mr|mrs|ms|miss|dr|prof|professor|sir|lady|herr|frau|madame|monsieur|mme|señor|señora|sr|sra|signor|signora|dhr|mevr)\.?$/i;
const ANNOUNCED = /(?:\bname(?:d| is|:|'s)?|\bcalled|\bi am|\bi'm|\bthis is|\bdear|\bhi|\bhello|\bmeet|\bsigned|\bregards,?|\bsincerely,?|\bwritten by|\bdirected by|\bstarring|\bby|\bassistant to|\bcontact|\bpatient|\bclient|\bcustomer|\battn:?|\bwife|\bhusband|\bbrother|\bsister|\bson|\bdaughter|\bfriend|\bmaiden name is|\bich heiße|\bje m'appelle|\bme llamo)[:,]?\s{1,3}$/i; // prettier-ignore
const FOLLOWED = /^(?:'s\b|,? (?:said|says|asked|told|wrote|lives|lived|moved|spent|flew|listed|was born|has been|and his|and her|who|had given|works|worked)\b|\s?<[\w.+-]{1,64}@)/; // prettier-ignore
const ORGANISATION = /\b(?:inc|ltd|llc|gmbh|corp|group|bank|university|company|plc|sons|partners|holdings|institute|orchestra|club)\b/i; // prettier-ignore
const BEFORE = 24;
const AFTER = 24;
const TITLED = 0.85;
const KNOWN = 0.75;
const KNOWN_ALONE = 0.6;
const AROUND = 0.55;
/** Below what is told by default: so are places, firms and works written. */
const TWO_CAPITALS = 0.4;

export const personFinder: Finder = {
  kinds: ["person"],
  find({ text }, matches) {
    for (const found of text.matchAll(NAME_RUN)) {
      const match = judge(text, found.index, found[0]);
      if (match !== undefined) matches.push(match);
    }
  },
};

function judge(text: string, at: number, run: string): Match | undefined {
  const parts = partsOf(run);
  const first = parts.findIndex((part) => !isOrdinary(part.word) || TITLE.test(part.word));
  if (first < 0) return undefined;
  const titled = TITLE.test(parts[first]?.word ?? "");
  const named = parts.slice(titled ? first + 1 : first);
  const upTo = named.findIndex(({ word }) => isOrdinary(word));
  const name = upTo < 0 ? named : named.slice(0, upTo);
  const [head] = name;
  const tail = name.at(-1);
  if (head === undefined || tail === undefined) return undefined;
  const start = at + head.from;
  const end = at + tail.from + tail.word.replace(/(?:['’]s|[.'’-])$/, "").length;
  const told = (score: number, why: string): Match => ({ kind: "person", start, end, score, why });
  if (titled) return told(TITLED, "a name after a title");
  const written = text.slice(start, end);
  if (ORGANISATION.test(text.slice(start, end + 12))) return undefined;
  if (firstNames.has(plain(head.word))) return told(name.length > 1 ? KNOWN : KNOWN_ALONE, "a given name");
  if (/^\p{Lu}+$/u.test(written) && written.length > 3) return undefined;
  if (ANNOUNCED.test(text.slice(Math.max(0, start - BEFORE), start))) return told(AROUND, "announced as a name");
  if (name.length === 3 && /^\p{Lu}\.?$/u.test(name[1]?.word ?? "")) return told(0.65, "two names and an initial");
  if (name.length <= 3 && FOLLOWED.test(text.slice(end, end + AFTER))) return told(AROUND, "does what people do");
  const isWithin = name.length > 1 && name.length < 4 && /\p{Ll} $/u.test(text.slice(Math.max(0, start - 2), start));
  return isWithin ? told(TWO_CAPITALS, "two capitalised words within a sentence") : undefined;
}

function partsOf(run: string): { word: string; from: number }[] {
  const parts: { word: string; from: number }[] = [];
  let from = 0;
  for (const word of run.split(" ")) {
    parts.push({ word, from });
    from += word.length + 1;
  }
  return parts;
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replace(/(?:['’]s|[.'’])$/, "");
}

function isOrdinary(word: string): boolean {
  return ordinaryWords.has(word.toLowerCase().replace(/(?:['’]s|[.'’])$/, ""));
}
