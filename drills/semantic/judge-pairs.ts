// What a threshold comes to on labelled pairs: how many would be given the other's answer, and how many of these wrongly.
import type { Wording } from "../../src/gateway/cache/semantic/guards/index.ts";
import { createThresholds } from "../../src/gateway/cache/semantic/thresholds.ts";

export interface JudgedPair {
  similarity: number;
  /** With which wording no guard tells the two apart; `apart` where one does with any. */
  wording: Wording | "apart";
  isSame: boolean;
}

/** `none`: without any guard. */
export type Guarding = Wording | "none";

export interface Judged {
  hits: number;
  /** Of the hits, those that are wrong. */
  falseShare: number;
  /** Of all pairs that ask for the same, those that are hits. */
  found: number;
}

export function judgeAt(pairs: readonly JudgedPair[], threshold: number, guarding: Guarding): Judged {
  const hits = pairs.filter((pair) => pair.similarity >= threshold && isLetBy(pair, guarding));
  return judgedOf(hits, pairs);
}

function isLetBy({ wording }: JudgedPair, guarding: Guarding): boolean {
  return guarding === "none" || wording === "close" || wording === guarding;
}

function judgedOf(hits: readonly JudgedPair[], pairs: readonly JudgedPair[]): Judged {
  const right = hits.filter(({ isSame }) => isSame).length;
  const same = pairs.filter(({ isSame }) => isSame).length;
  return {
    hits: hits.length,
    falseShare: hits.length === 0 ? 0 : 1 - right / hits.length,
    found: same === 0 ? 0 : right / same,
  };
}

/** The lowest at which no more are wrong than that; undefined where there is none. */
export function chooseThreshold(
  pairs: readonly JudgedPair[],
  { thresholds, guarding, falseShareMax }: { thresholds: readonly number[]; guarding: Guarding; falseShareMax: number },
): number | undefined {
  return thresholds.find((threshold) => {
    const { hits, falseShare } = judgeAt(pairs, threshold, guarding);
    return hits > 0 && falseShare <= falseShareMax;
  });
}

export interface Learning {
  bound: number;
  floor: number;
  guarding: Guarding;
  sampleShare: number;
  random(): number;
}

/** As the cache does with a bound on errors: all are compared until the bound holds, then some; over several orders of the pairs. */
export function learnBound(
  pairs: readonly JudgedPair[],
  { orders, ...learning }: Learning & { orders: number },
): Judged {
  const all = Array.from({ length: orders }, () => learnInOrder(shuffled(pairs, learning.random), learning));
  const mean = (figure: (judged: Judged) => number) => all.reduce((sum, each) => sum + figure(each), 0) / orders;
  const hits = mean((each) => each.hits);
  const wrong = mean((each) => each.hits * each.falseShare);
  return { hits: Math.round(hits), falseShare: hits === 0 ? 0 : wrong / hits, found: mean((each) => each.found) };
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, lot: random() }))
    .toSorted((one, other) => one.lot - other.lot)
    .map(({ item }) => item);
}

function learnInOrder(pairs: readonly JudgedPair[], { bound, floor, guarding, sampleShare, random }: Learning): Judged {
  const thresholds = createThresholds({ threshold: floor, error_bound: bound });
  const hits: JudgedPair[] = [];
  for (const pair of pairs) {
    const { similarity, isSame } = pair;
    if (similarity < floor || !isLetBy(pair, guarding)) continue;
    if (similarity >= thresholds.for("") && random() >= sampleShare) hits.push(pair);
    else thresholds.judged("", { similarity, isCorrect: isSame });
  }
  return judgedOf(hits, pairs);
}

/** The area under the curve of right against wrong: how often a pair that is the same is nearer than one that is not. */
export function areaUnder(pairs: readonly JudgedPair[]): number {
  const sorted = pairs.toSorted((one, other) => one.similarity - other.similarity);
  let [apart, sum, same] = [0, 0, 0];
  for (const { isSame } of sorted) {
    if (isSame) {
      sum += apart;
      same += 1;
    } else apart += 1;
  }
  return sum / (same * apart);
}
