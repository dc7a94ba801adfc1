// Smaller things that tell of a person: age, nationality, postal code, dates and times, web addresses, driving licences, passports.
import { hasOneOf, wordsBefore } from "../../scanning/context-words.ts";
import type { Finder, Match } from "../../scanning/finder.ts";

interface Particular {
  kind: string;
  /** Its first group, or all of it, is what is told. */
  pattern: RegExp;
  score: number;
  why: string;
  /** Words of which one must stand before. */
  words?: readonly string[];
}

const MONTH = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"; // prettier-ignore
const NATIONALITIES = "american|british|english|scottish|irish|welsh|french|german|italian|spanish|portuguese|dutch|belgian|swiss|austrian|danish|swedish|norwegian|finnish|icelandic|polish|czech|slovak|hungarian|romanian|bulgarian|greek|turkish|russian|ukrainian|serbian|croatian|slovenian|estonian|latvian|lithuanian|albanian|canadian|mexican|brazilian|argentinian|chilean|colombian|peruvian|venezuelan|uruguayan|cuban|australian|chinese|japanese|korean|vietnamese|thai|indian|pakistani|bangladeshi|indonesian|malaysian|filipino|cambodian|israeli|egyptian|moroccan|algerian|tunisian|nigerian|kenyan|ethiopian|iranian|iraqi|syrian|lebanese|jordanian|saudi|afghan|muslim|jewish|christian|catholic|protestant|hindu|buddhist|sikh|sunni|shia|shii|democrat|republican|socialist|communist"; // prettier-ignore

const particulars: readonly Particular[] = [
  { kind: "age", pattern: /\b(\d{1,3})[ -](?:year|yr)s?[ -]old\b/gi, score: 0.85, why: "an age" },
  { kind: "age", pattern: /\b(\d{1,3}) ?(?:y\/o|yo|yrs old)\b/gi, score: 0.8, why: "an age" },
  { kind: "age", pattern: /\b(?:aged?:?|turned|turning|turn|age of|at age|i am|i'm|he was|she was|when he was|when she was) (\d{1,3})\b(?![:.,/-]?\d| ?%| ?[a-z]{3,12}s\b)/gi, score: 0.7, why: "an age" },
  { kind: "nationality", pattern: new RegExp(`\\b(?:${NATIONALITIES})s?\\b`, "gi"), score: 0.7, why: "a nationality or creed" },
  { kind: "date", pattern: /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?\b/g, score: 0.7, why: "a date" },
  { kind: "date", pattern: /\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b/g, score: 0.6, why: "a date" },
  { kind: "date", pattern: new RegExp(`\\b${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}\\b|\\b\\d{1,2}(?:st|nd|rd|th)? (?:of )?${MONTH}\\.?,? \\d{4}\\b`, "gi"), score: 0.7, why: "a date" }, // prettier-ignore
  { kind: "date", pattern: /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi, score: 0.55, why: "a day" },
  { kind: "date", pattern: /\b(?:in|during|since|until|by|from|of|a) ((?:19|20)\d{2})\b(?![-/.]?\d)/gi, score: 0.55, why: "a year" },
  { kind: "url", pattern: /\b(?:https?:\/\/|www\.)[\w.-]{3,120}(?:\/[\w./?=&%#~+-]{0,200})?/gi, score: 0.7, why: "a web address" },
  { kind: "postal_code", pattern: /\b(\d{3} \d{2}|\d{2}-\d{3}|\d{3,6}(?:-\d{3,4})?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b/gi, score: 0.75, why: "announced as a postal code", words: ["zip", "zip code", "postcode", "postal code", "plz", "code postal", "código postal", "cap"] },
  { kind: "driving_licence", pattern: /\b([a-z]{0,3}\d[\da-z-]{5,18})\b/gi, score: 0.8, why: "announced as a driving licence", words: ["driver's license", "drivers license", "driver license", "driving licence", "driving license", "driver's licence", "führerschein", "permis de conduire", "dl number"] },
  { kind: "passport", pattern: /\b([a-z]{0,2}\d{6,9})\b/gi, score: 0.8, why: "announced as a passport", words: ["passport", "reisepass", "passeport", "pasaporte", "passaporto"] },
]; // prettier-ignore

export const particularsFinder: Finder = {
  kinds: [...new Set(particulars.map(({ kind }) => kind))],
  find({ text }, matches) {
    for (const particular of particulars) seek(text, particular, matches);
  },
};

function seek(text: string, { kind, pattern, score, why, words }: Particular, matches: Match[]): void {
  if (words !== undefined && !words.some((word) => text.toLowerCase().includes(word))) return;
  for (const found of text.matchAll(pattern)) {
    const told = found[1] ?? found[0];
    const start = found.index + found[0].indexOf(told);
    if (words !== undefined && !hasOneOf(wordsBefore(text, start, 36), words)) continue;
    matches.push({ kind, start, end: start + told.length, score, why });
  }
}
