// A whole number in parts that add up to it.

/** In proportion to the weights; what is left over goes to those who lose most by rounding. */
export function splitWhole(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, each) => all + each, 0);
  const exact = weights.map((weight) => (sum === 0 ? total / weights.length : (total * weight) / sum));
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((all, each) => all + each, 0);
  const byLoss = [...shares.keys()].toSorted((one, other) => lossAt(other) - lossAt(one));
  for (const place of byLoss.slice(0, left)) shares[place] = (shares[place] ?? 0) + 1;
  return shares;

  function lossAt(place: number): number {
    return (exact[place] ?? 0) - (shares[place] ?? 0);
  }
}
