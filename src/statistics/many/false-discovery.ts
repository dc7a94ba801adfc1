// Benjamini and Hochberg: probabilities of many tests, adjusted so that of those at or below q, a share of q is false at most.

/** In the order given. */
export function adjustForDiscovery(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((one, other) => (ps[other] ?? 0) - (ps[one] ?? 0));
  const adjusted: number[] = Array.from({ length: ps.length }, () => 1);
  let least = 1;
  for (const [place, which] of order.entries()) {
    least = Math.min(least, ((ps[which] ?? 1) * ps.length) / (ps.length - place));
    adjusted[which] = least;
  }
  return adjusted;
}
