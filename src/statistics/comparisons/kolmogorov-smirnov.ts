// Whether two samples are of one distribution: the greatest distance between their distribution functions. The probability is
// exact for small samples; beyond, that of one sample of n·m/(n+m), as scipy has it.
import { ascending } from "../samples/moments.ts";
import { finiteKolmogorovTail } from "./kolmogorov.ts";

export interface KolmogorovSmirnov {
  distance: number;
  /** Of such a distance or more where nothing differs. Ties make it too large, never too small. */
  p: number;
}

/** So many steps take a few milliseconds. */
const EXACT_PRODUCT_MAX = 250_000;

export function kolmogorovSmirnov(
  one: readonly number[],
  other: readonly number[],
  { exactProductMax = EXACT_PRODUCT_MAX }: { exactProductMax?: number } = {},
): KolmogorovSmirnov {
  const distance = greatestDistance(ascending(one), ascending(other));
  const [n, m] = [one.length, other.length];
  if (n * m <= exactProductMax) return { distance, p: exactTail(distance, n, m) };
  return { distance, p: finiteKolmogorovTail(distance, Math.round((n * m) / (n + m))) };
}

function greatestDistance(one: readonly number[], other: readonly number[]): number {
  let [here, there, greatest] = [0, 0, 0];
  while (here < one.length && there < other.length) {
    const value = Math.min(one[here] ?? 0, other[there] ?? 0);
    while (here < one.length && one[here] === value) here += 1;
    while (there < other.length && other[there] === value) there += 1;
    greatest = Math.max(greatest, Math.abs(here / one.length - there / other.length));
  }
  return greatest;
}

/** All orders of the values are paths from corner to corner of an n by m lattice; this is the share that leaves the band. */
function exactTail(distance: number, n: number, m: number): number {
  const [small, large] = [Math.min(n, m), Math.max(n, m)];
  // Between the distances that there can be, so that rounding decides nothing.
  const bound = (Math.round(distance * n * m) - 0.5) / (n * m);
  const isOutside = (row: number, column: number): boolean => Math.abs(row / small - column / large) > bound;
  const inside = new Float64Array(large + 1);
  for (let column = 0; column <= large; column += 1) inside[column] = isOutside(0, column) ? 0 : 1;
  for (let row = 1; row <= small; row += 1) {
    const weight = row / (row + large);
    inside[0] = isOutside(row, 0) ? 0 : weight * (inside[0] ?? 0);
    for (let column = 1; column <= large; column += 1)
      inside[column] = isOutside(row, column) ? 0 : weight * (inside[column] ?? 0) + (inside[column - 1] ?? 0);
  }
  return Math.min(Math.max(1 - (inside[large] ?? 0), 0), 1);
}
