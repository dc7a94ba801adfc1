// A figure of a summary in a few numbers, as findings and baselines show it.
import type { Figures } from "../contract.ts";
import {
  type ShareFigure,
  shareFigures,
  type SizeFigure,
  sizeFigures,
  type Summary,
  type VersionFigure,
  versionFigures,
  type WordFigure,
  wordFigures,
} from "./summary.ts";
import { countOf, quantileOfSteps, stepsOf } from "./histogram.ts";

const NOTHING = { p50: null, p95: null, share: null, counts: null };
const COUNTS_MAX = 10;

/** Null where there is nothing of it. */
export function describeFigure(summary: Summary, figure: string): Figures | null {
  const described = describe(summary, figure);
  return described.samples === 0 ? null : described;
}

function describe(summary: Summary, figure: string): Figures {
  if (isOf(sizeFigures, figure)) return describeSize(summary, figure);
  if (isOf(shareFigures, figure)) return describeShare(summary, figure);
  if (isOf(versionFigures, figure)) return describeCounts(summary.versions[figure]);
  if (isOf(wordFigures, figure)) return { ...NOTHING, samples: summary.words[figure].texts };
  if (figure === "finish_reasons") return describeCounts(summary.finish_reasons);
  return { ...NOTHING, samples: figure === "answer_meaning" ? (summary.centroid?.texts ?? 0) : 0 };
}

function isOf<Name extends SizeFigure | ShareFigure | VersionFigure | WordFigure>(
  names: readonly Name[],
  figure: string,
): figure is Name {
  return names.some((name) => name === figure);
}

function describeSize(summary: Summary, figure: SizeFigure): Figures {
  const steps = stepsOf(summary.sizes[figure]);
  return {
    ...NOTHING,
    samples: countOf(summary.sizes[figure]),
    p50: quantileOfSteps(steps, 0.5),
    p95: quantileOfSteps(steps, 0.95),
  };
}

function describeShare({ shares }: Summary, figure: ShareFigure): Figures {
  const { hits, count } = shares[figure];
  return { ...NOTHING, samples: count, share: count === 0 ? null : hits / count };
}

function describeCounts(counts: Readonly<Record<string, number>>): Figures {
  const most = Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .slice(0, COUNTS_MAX);
  return { ...NOTHING, samples: countOf(counts), counts: Object.fromEntries(most) };
}

/** All that there is. */
export function describeSummary(summary: Summary): Record<string, Figures> {
  const figures = [
    ...sizeFigures,
    ...shareFigures,
    "finish_reasons",
    ...wordFigures,
    ...versionFigures,
    "answer_meaning",
  ];
  const described = figures.map((figure) => [figure, describeFigure(summary, figure)] as const);
  return Object.fromEntries(described.filter((entry): entry is [(typeof entry)[0], Figures] => entry[1] !== null));
}
