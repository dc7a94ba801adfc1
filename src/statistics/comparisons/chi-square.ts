// χ² tests of counts: whether two rows or more are of one mix, and whether one row is of an expected mix.
import cdf from "@stdlib/stats-base-dists-chisquare-cdf";

export interface ChiSquare {
  statistic: number;
  degrees: number;
  p: number;
}

export function chiSquareTail(statistic: number, degrees: number): number {
  return Math.max(1 - cdf(statistic, degrees), 0);
}

/** Rows of equal length. Yates's correction is for tables of two by two, where it is the default. */
export function chiSquareOfTable(
  rows: readonly (readonly number[])[],
  { yates = true }: { yates?: boolean } = {},
): ChiSquare {
  const rowSums = rows.map((row) => sumOf(row));
  const columnSums = (rows[0] ?? []).map((_, column) => sumOf(rows.map((row) => row[column] ?? 0)));
  const total = sumOf(rowSums);
  const degrees = (rowSums.length - 1) * (columnSums.length - 1);
  const correction = yates && degrees === 1 ? 0.5 : 0;
  let statistic = 0;
  for (const [place, row] of rows.entries())
    for (const [column, found] of row.entries()) {
      const expected = ((rowSums[place] ?? 0) * (columnSums[column] ?? 0)) / total;
      const difference = Math.abs(found - expected);
      if (expected > 0) statistic += (difference - Math.min(correction, difference)) ** 2 / expected;
    }
  return { statistic, degrees, p: chiSquareTail(statistic, degrees) };
}

/** All alike where nothing is expected. */
export function chiSquareOfFit(found: readonly number[], expected?: readonly number[]): ChiSquare {
  const even = sumOf(found) / found.length;
  const statistic = found.reduce((sum, each, place) => {
    const should = expected ? (expected[place] ?? 0) : even;
    return sum + (each - should) ** 2 / should;
  }, 0);
  const degrees = found.length - 1;
  return { statistic, degrees, p: chiSquareTail(statistic, degrees) };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, each) => sum + each, 0);
}
