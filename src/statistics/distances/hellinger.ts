// Hellinger's distance of two lists of shares: between 0 and 1.

export function hellingerDistance(one: readonly number[], other: readonly number[]): number {
  const squares = one.reduce((sum, each, place) => sum + (Math.sqrt(each) - Math.sqrt(other[place] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / 2);
}
