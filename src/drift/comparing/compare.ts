// Two summaries of one profile, figure by figure.
import {
  shareFigures,
  sizeFigures,
  type Summary,
  type VersionFigure,
  versionFigures,
  wordFigures,
  OTHER_NAMES,
} from "../summaries/summary.ts";
import { countOf } from "../summaries/histogram.ts";
import { measureCentroids, measureMix, measureShares, measureWords } from "./counts.ts";
import type { Measure } from "./measures.ts";
import { measureSizes } from "./sizes.ts";

export const comparedFigures = [
  ...sizeFigures,
  ...shareFigures,
  "finish_reasons",
  ...wordFigures,
  "answer_meaning",
] as const;
export type ComparedFigure = (typeof comparedFigures)[number];

export type Comparison = Measure & {
  figure: ComparedFigure;
  /** How many of the figure's values are new. */
  samples: number;
};

export interface CompareRules {
  /** Figures with fewer values on either side are left out. */
  samplesMin: number;
  /** So many calls count as one for what chance can do: those of one conversation are alike. */
  alike: number;
}

export function compareSummaries(before: Summary, now: Summary, { samplesMin, alike }: CompareRules): Comparison[] {
  const comparisons: Comparison[] = [];
  const add = (figure: ComparedFigure, counts: [number, number], measure: () => Measure[]): void => {
    if (Math.min(...counts) < samplesMin) return;
    comparisons.push(...measure().map((each) => ({ ...each, figure, samples: counts[1] })));
  };
  for (const figure of sizeFigures) {
    const [one, other] = [before.sizes[figure], now.sizes[figure]];
    add(figure, [countOf(one), countOf(other)], () => measureSizes(one, other, alike));
  }
  for (const figure of shareFigures) {
    const [one, other] = [before.shares[figure], now.shares[figure]];
    add(figure, [one.count, other.count], () => measureShares(one, other, alike));
  }
  const reasons: [number, number] = [countOf(before.finish_reasons), countOf(now.finish_reasons)];
  add("finish_reasons", reasons, () => measureMix(before.finish_reasons, now.finish_reasons, alike));
  for (const figure of wordFigures) {
    const [one, other] = [before.words[figure], now.words[figure]];
    add(figure, [one.texts, other.texts], () => measureWords(one, other, alike));
  }
  const texts: [number, number] = [before.centroid?.texts ?? 0, now.centroid?.texts ?? 0];
  add("answer_meaning", texts, () => measureCentroids(before.centroid, now.centroid, alike));
  return comparisons;
}

export interface NewVersion {
  figure: VersionFigure;
  names: string[];
}

/** Names that were not there before, of figures that had some. */
export function newVersions(before: Summary, now: Summary): NewVersion[] {
  return versionFigures.flatMap((figure) => {
    const known = before.versions[figure];
    if (countOf(known) === 0) return [];
    const names = Object.keys(now.versions[figure]).filter(
      (name) => !Object.hasOwn(known, name) && name !== OTHER_NAMES,
    );
    return names.length > 0 ? [{ figure, names: names.sort() }] : [];
  });
}
