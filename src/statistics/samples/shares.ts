// Counts of kinds as shares of the whole.

/** Half a count is added to every kind where `pseudoCount` is 0.5, so that one never seen has no share of nought. */
export function sharesOf(counts: readonly number[], pseudoCount = 0): number[] {
  const total = counts.reduce((sum, each) => sum + each + pseudoCount, 0);
  return counts.map((each) => (each + pseudoCount) / total);
}

/** Two counts by name as two lists of one order, nought where one has none. */
export function alignCounts(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): { names: string[]; one: number[]; other: number[] } {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return { names, one: names.map((name) => one[name] ?? 0), other: names.map((name) => other[name] ?? 0) };
}
