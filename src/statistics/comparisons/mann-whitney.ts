// Mann and Whitney's U: whether the values of one sample tend to be larger than those of another. Two-sided; exact where one
// sample is small and no two values are equal, otherwise by the normal distribution with corrections for ties and continuity.
import { ranksOf, tiesOf } from "../samples/ranks.ts";
import { normalTail } from "./normal.ts";

export interface MannWhitney {
  /** In how many of all pairs the one's value is the larger; equals count half. */
  u: number;
  p: number;
}

const EXACT_LENGTH_MAX = 8;
const EXACT_PRODUCT_MAX = 10_000;

export function mannWhitney(one: readonly number[], other: readonly number[]): MannWhitney {
  const [n, m] = [one.length, other.length];
  const both = [...one, ...other];
  const rankSum = ranksOf(both)
    .slice(0, n)
    .reduce((sum, each) => sum + each, 0);
  const u = rankSum - (n * (n + 1)) / 2;
  const ties = tiesOf(both);
  const larger = Math.max(u, n * m - u);
  const isExact = ties.length === 0 && Math.min(n, m) <= EXACT_LENGTH_MAX && n * m <= EXACT_PRODUCT_MAX;
  const p = isExact ? 2 * exactTail(larger, n, m) : 2 * normalTail(standardised(larger, { n, m, ties }));
  return { u, p: Math.min(p, 1) };
}

function standardised(u: number, { n, m, ties }: { n: number; m: number; ties: readonly number[] }): number {
  const all = n + m;
  const tied = ties.reduce((sum, count) => sum + count ** 3 - count, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - tied / (all * (all - 1))));
  return (u - (n * m) / 2 - 0.5) / deviation;
}

/** The share of all orders whose U is `least` or more. */
function exactTail(least: number, n: number, m: number): number {
  // ways[i][u]: orders of i of the one and j of the other with that U; j grows in the outer loop.
  const most = n * m;
  let ways = Array.from({ length: n + 1 }, () => startingAtNought(most));
  for (let others = 1; others <= m; others += 1) {
    const next = [startingAtNought(most)];
    for (let ones = 1; ones <= n; ones += 1) {
      const row = new Float64Array(most + 1);
      // The largest of all is either of the one, above all others, or of the other.
      const [shorter, without] = [next[ones - 1], ways[ones]];
      for (let u = 0; u <= most; u += 1)
        row[u] = (without?.[u] ?? 0) + (u >= others ? (shorter?.[u - others] ?? 0) : 0);
      next.push(row);
    }
    ways = next;
  }
  const counts = ways[n] ?? new Float64Array();
  const total = counts.reduce((sum, each) => sum + each, 0);
  return counts.slice(Math.ceil(least)).reduce((sum, each) => sum + each, 0) / total;
}

function startingAtNought(most: number): Float64Array {
  const row = new Float64Array(most + 1);
  row[0] = 1;
  return row;
}
