// Attacks on instructions: rules for what they say, the classifier for how they sound, and both again on what a disguise hides.
// It is a signal, not the wall: docs/guide/guardrails-detection.md has the rates.
import type { FindContext } from "../../contract.ts";
import type { Finder, Match } from "../scanning/finder.ts";
import type { Scan } from "../scanning/scan-text.ts";
import { classifyWords, type Weights } from "./classify-words.ts";
import { createConceptTable } from "./concepts.ts";
import { type Signs, undisguise } from "./disguises.ts";
import { markers, widePhrases } from "./fixed-phrases.ts";
import { followRules, readMeanings } from "./match-rules.ts";
import { createWords, readWords, type Words } from "../words/read-words.ts";
import { attackKinds } from "./rules.ts";
import { weightsFrom } from "./stored-weights.ts";
import { directWeights, indirectWeights } from "./learned-weights.ts";

export interface InjectionSettings {
  /** From which probability on the classifier's word is told; above 1 it is not asked. */
  directMin: number;
  indirectMin: number;
}

/** Documents have more stretches than requests, so that one of them sounds wrong by chance more often. */
const DIRECT_IN_DATA_MIN = 0.9;
const REPEATED_MIN = 40;
const DISGUISE_ADDS = 0.1;

export function createInjectionFinder({ directMin, indirectMin }: InjectionSettings): Finder {
  const table = createConceptTable();
  const direct = { weights: weightsFrom(directWeights), least: directMin };
  const indirect = { weights: weightsFrom(indirectWeights), least: indirectMin };

  let words = createWords();

  function judge(text: string, isData: boolean): { matches: Match[]; signs: Signs } {
    words = readWords(text, words);
    const meant = readMeanings(words, table);
    const { starts, ends } = words;
    const matches: Match[] = followRules(meant, isData).map(({ rule, first, last }) => ({
      kind: rule.kind,
      start: starts[first] ?? 0,
      end: ends[last] ?? text.length,
      score: rule.score,
      why: rule.why,
    }));
    const least = isData ? Math.max(directMin, DIRECT_IN_DATA_MIN) : directMin;
    matches.push(
      ...classified(words, { ...direct, least }),
      ...(isData ? classified(words, indirect) : []),
      ...repeated(words),
    );
    return { matches, signs: { singles: words.singles, disguised: meant.disguised } };
  }

  return {
    kinds: attackKinds,
    find(scan, matches, context) {
      const isData = isFromOutside(context);
      const plain = judge(scan.text, isData);
      matches.push(...plain.matches);
      for (const { text, start, end, how } of undisguise(scan, plain.signs)) {
        const worst = surest(judge(text, isData).matches);
        if (worst === undefined) continue;
        matches.push({
          ...worst,
          start,
          end,
          score: Math.min(1, worst.score + DISGUISE_ADDS),
          why: `${worst.why}, ${how}`,
        });
      }
      seekFixed(scan, matches);
    },
  };
}

function isFromOutside({ side }: FindContext): boolean {
  return side === "tool_result" || side === "retrieved";
}

function classified(words: Words, { weights, least }: { weights: Weights; least: number }): Match[] {
  if (least > 1) return [];
  const { first, last, probability } = classifyWords(words, weights);
  if (probability < least) return [];
  const place = { start: words.starts[first] ?? 0, end: words.ends[last] ?? 0 };
  return [{ kind: "injection", ...place, score: probability, why: "sounds like an attack on instructions" }];
}

/** One word over and over, with which models have been made to repeat what they learned. */
function repeated({ count, hashes, starts, ends }: Words): Match[] {
  let first = 0;
  for (let index = 1; index <= count; index++) {
    if (index < count && hashes[index] === hashes[first]) continue;
    if (index - first >= REPEATED_MIN) {
      const place = { start: starts[first] ?? 0, end: ends[index - 1] ?? 0 };
      return [{ kind: "extraction", ...place, score: 0.7, why: "one word over and over" }];
    }
    first = index;
  }
  return [];
}

function surest(matches: readonly Match[]): Match | undefined {
  return matches.reduce<Match | undefined>(
    (best, match) => (best && best.score >= match.score ? best : match),
    undefined,
  );
}

function seekFixed({ text, hasDistant }: Scan, matches: Match[]): void {
  if (text.includes("<|") || text.includes("INST]") || text.includes("<<SYS") || text.includes("<start_of")) {
    for (const marker of markers) seekPhrase(text, { phrase: marker.text, why: marker.why, score: 0.8 }, matches);
  }
  if (!hasDistant) return;
  for (const phrase of widePhrases)
    seekPhrase(text, { phrase, why: "asks to ignore or show instructions", score: 0.8 }, matches);
}

function seekPhrase(
  text: string,
  { phrase, why, score }: { phrase: string; why: string; score: number },
  matches: Match[],
): void {
  const start = text.indexOf(phrase);
  if (start >= 0) matches.push({ kind: "injection", start, end: start + phrase.length, score, why });
}
