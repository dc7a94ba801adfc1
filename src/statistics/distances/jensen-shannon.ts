// Jensen–Shannon: how far two lists of shares are from their middle. Between 0 and 1 to the base 2.

/** The square root of the divergence, which is a distance. `base` is 2 or e. */
export function jensenShannonDistance(one: readonly number[], other: readonly number[], base = 2): number {
  return Math.sqrt(Math.max(jensenShannonDivergence(one, other, base), 0));
}

export function jensenShannonDivergence(one: readonly number[], other: readonly number[], base = 2): number {
  const middle = one.map((each, place) => (each + (other[place] ?? 0)) / 2);
  return (relativeEntropy(one, middle) + relativeEntropy(other, middle)) / 2 / Math.log(base);
}

function relativeEntropy(shares: readonly number[], from: readonly number[]): number {
  return shares.reduce((sum, each, place) => (each > 0 ? sum + each * Math.log(each / (from[place] ?? 0)) : sum), 0);
}
