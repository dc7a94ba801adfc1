// Two counts of kinds: how calls ended, how often they declined, which words they use. Everywhere `alike` calls count as one.
import {
  alignCounts,
  chiSquareOfTable,
  chiSquareTail,
  jensenShannonDivergence,
  sharesOf,
} from "../../statistics/index.ts";
import { countOf } from "../summaries/histogram.ts";
import type { Centroid, Share, Words } from "../summaries/summary.ts";
import type { Measure } from "./measures.ts";

/** The effect is the difference of the shares. */
export function measureShares(before: Share, now: Share, alike: number): Measure[] {
  if (before.count === 0 || now.count === 0) return [];
  const effect = Math.abs(now.hits / now.count - before.hits / before.count);
  const rows = [before, now].map(({ hits, count }) => [hits, count - hits]);
  return [{ detector: "chi_square", effect, p: tailOf(rows, alike) }];
}

function tailOf(rows: readonly (readonly number[])[], alike: number): number {
  const { statistic, degrees } = chiSquareOfTable(rows);
  return chiSquareTail(statistic / alike, degrees);
}

/** Kinds that hardly ever come are one, as χ² wants it. */
const EXPECTED_MIN = 5;

/** The effect is the share of calls that ends otherwise than before. */
export function measureMix(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
  alike: number,
): Measure[] {
  const [n, m] = [countOf(before), countOf(now)];
  if (n === 0 || m === 0) return [];
  const { one, other } = alignCounts(before, now);
  const isRare = (place: number): boolean =>
    (((one[place] ?? 0) + (other[place] ?? 0)) * Math.min(n, m)) / (n + m) < EXPECTED_MIN;
  const joinRare = (counts: readonly number[]): number[] => [
    ...counts.filter((_, place) => !isRare(place)),
    counts.reduce((sum, count, place) => (isRare(place) ? sum + count : sum), 0),
  ];
  const rows = [joinRare(one), joinRare(other)];
  const isEmpty = (column: number): boolean => rows.every((row) => row[column] === 0);
  const columns = (rows[0] ?? []).map((_, column) => column).filter((column) => !isEmpty(column));
  if (columns.length < 2) return [];
  const table = rows.map((row) => columns.map((column) => row[column] ?? 0));
  const [were, are] = [sharesOf(one), sharesOf(other)];
  const effect = were.reduce((sum, each, place) => sum + Math.abs(each - (are[place] ?? 0)), 0) / 2;
  return [{ detector: "chi_square", effect, p: tailOf(table, alike) }];
}

/** The samples are words, each once a text. */
export function measureWords(before: Words, now: Words, alike: number): Measure[] {
  if (before.texts === 0 || now.texts === 0) return [];
  const { names, one, other } = alignCounts(before.buckets, now.buckets);
  if (names.length < 2) return [];
  const divergence = jensenShannonDivergence(sharesOf(one, 0.5), sharesOf(other, 0.5), Math.E);
  const noise = alike * (1 / countOf(before.buckets) + 1 / countOf(now.buckets));
  return [
    {
      detector: "jensen_shannon",
      effect: Math.sqrt(Math.max(divergence, 0) / Math.LN2),
      p: chiSquareTail((8 * divergence) / noise, names.length - 1),
    },
  ];
}

/** In so many directions texts are taken to differ: vectors of text do not fill the room that they have. */
const DIRECTIONS = 50;

/** The effect is how far the means are apart, in units of how far single texts are from theirs. */
export function measureCentroids(before: Centroid | null, now: Centroid | null, alike: number): Measure[] {
  if (!before || !now || before.model !== now.model || before.sum.length !== now.sum.length) return [];
  const mean = ({ sum, texts }: Centroid): number[] => sum.map((each) => each / texts);
  const [were, are] = [mean(before), mean(now)];
  const apart = were.reduce((sum, each, place) => sum + (each - (are[place] ?? 0)) ** 2, 0);
  const within = 1 - were.reduce((sum, each) => sum + each ** 2, 0);
  if (within <= 0) return [];
  const noise = alike * (1 / before.texts + 1 / now.texts) * within;
  return [
    {
      detector: "centroid",
      effect: Math.sqrt(apart / within),
      p: chiSquareTail((DIRECTIONS * apart) / noise, DIRECTIONS),
    },
  ];
}
