// Finds the phrases of rules.ts in a text that was read as words.
import { conceptsOf, type ConceptTable, DISGUISED } from "./concepts.ts";
import type { Words } from "../words/read-words.ts";
import { type Rule, rules } from "./rules.ts";

export interface RuleHit {
  rule: Rule;
  /** Places in the list of words. */
  first: number;
  last: number;
}

const HITS_MAX = 64;
const FIRST_STEPS = rules.reduce((bits, { steps }) => bits | (steps[0] ?? 0), 0);

/** At most 64: with so many nobody needs the rest. */
export function matchRules(words: Words, table: ConceptTable, isData: boolean): RuleHit[] {
  return followRules(readMeanings(words, table), isData);
}

export interface Meant {
  /** Of words that mean something, in the list of all words. */
  places: readonly number[];
  meanings: readonly number[];
  /** How many are attacks' words in disguise. */
  disguised: number;
}

export function readMeanings({ count, hashes, joined }: Words, table: ConceptTable): Meant {
  const places: number[] = [];
  const meanings: number[] = [];
  let disguised = 0;
  for (let index = 0; index < count; index++) {
    const hash = hashes[index] ?? 0;
    const whole = joined[index] ?? 0;
    const bits = conceptsOf(table, hash) | (whole === hash ? 0 : conceptsOf(table, whole));
    if (bits === 0) continue;
    if ((bits & DISGUISED) !== 0) disguised++;
    places.push(index);
    meanings.push(bits);
  }
  return { places, meanings, disguised };
}

/** `isData`: the text is a result or a document, which should not give orders. */
export function followRules({ places, meanings, disguised }: Meant, isData: boolean): RuleHit[] {
  const hits: RuleHit[] = [];
  for (let head = 0; head < places.length && hits.length < HITS_MAX; head++) {
    if (((meanings[head] ?? 0) & FIRST_STEPS) === 0) continue;
    for (const rule of rules) {
      if (((meanings[head] ?? 0) & (rule.steps[0] ?? 0)) === 0 || (rule.inDataOnly === true && !isData)) continue;
      const last = followSteps(rule, head, { places, meanings, disguised });
      if (last >= 0) hits.push({ rule, first: places[head] ?? 0, last });
    }
  }
  return hits;
}

/** The place of the word that ends the phrase; -1 where it is not said. Looks no further than the rule's few words. */
function followSteps({ steps, within }: Rule, head: number, { places, meanings }: Meant): number {
  const furthest = (places[head] ?? 0) + within;
  let step = 1;
  for (let next = head + 1; next < places.length && (places[next] ?? 0) <= furthest; next++) {
    if (((meanings[next] ?? 0) & (steps[step] ?? 0)) === 0) continue;
    step++;
    if (step === steps.length) return places[next] ?? -1;
  }
  return -1;
}
